"""Messages and their lines as programs are told of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, field_validator

from sild.kernel.shapes import Amount, Name, Paging, Reason, Shape, Text, Tlp, Version, Word
from sild.wings.intake.rules import Waiting


class Message(Shape):
    """A message in the list, with its lines counted by state. `state` says what is to be done with it."""

    id: UUID
    title: str
    name: str
    sender: str
    moment: datetime
    channel: str
    state: Waiting
    drafts: int
    accepted: int
    rejected: int
    languages: list[str]
    resent: bool
    marking: Tlp


class WantedMessages(Paging):
    """Which messages; without a state all of them."""

    state: Waiting = Waiting.ALL
    channel: Word = ""
    language: Word = ""
    text: Word = ""


class Span(Shape):
    """A verbatim piece of the text: in block `block` of part `part` (of its cell `cell`, in a row), from `start` to `end`."""

    part: str
    locator: str
    block: int
    start: int
    end: int
    text: str
    cell: int | None
    page: int | None


class Money(Shape):
    """An amount of money."""

    amount: Amount
    currency: str


class ReadField(Shape):
    """A field of a line: its value, the words that it was read from (the whole line's, unless `own`), how surely, why.

    `value` of a quantity is a decimal string, of conditions a list of texts, of a value of money an amount with its currency.
    """

    name: str
    value: str | Amount | date | list[str] | Money | None
    spans: list[Span]
    own: bool
    confidence: float | None
    reason: str

    @field_validator("value", mode="before")
    @classmethod
    def _named(cls, kept: Any) -> Any:
        """The read tells money as (amount, currency)."""
        return Money(amount=kept[0], currency=kept[1]) if isinstance(kept, tuple) else kept


class Doubt(Shape):
    """What a person should look at before the line is accepted."""

    code: str
    field: str
    told: str


class ReadLine(Shape):
    """A line of a message as it stands now; `lost` counts spans that the kept text does not hold."""

    id: UUID
    number: int
    version: int
    state: Literal["draft", "accepted", "rejected"]
    kind: str
    category: str
    item: str
    marking: Tlp
    language: str
    need_id: UUID | None
    offer_id: UUID | None
    fields: list[ReadField]
    evidence: list[Span]
    doubts: list[Doubt]
    lost: int


class Cell(Shape):
    """One cell of a row; columns count from 0."""

    column: int
    text: str


class Block(Shape):
    """A paragraph, table row, chat line or form field of the text."""

    kind: str
    text: str
    locator: str
    cells: list[Cell]
    author: str | None
    said_at: datetime | None
    name: str | None
    page: int | None


class Part(Shape):
    """The body or an attachment; `unread` says why a part could not be read."""

    name: str
    media: str
    blocks: list[Block]
    unread: str | None


class OpenedMessage(Shape):
    """A message with its text (no parts: quarantined, or not kept), lines, remarks, and the names under which it was seen.

    `reference` is what its sender is told.
    """

    id: UUID
    reference: str
    version: int
    name: str
    digest: str
    size: int
    format: str
    channel: str
    subject: str
    sender: str
    sent_at: datetime | None
    arrived_at: datetime
    state: Waiting
    why: str
    again: bool
    own: bool
    marking: Tlp
    parts: list[Part]
    lines: list[ReadLine]
    remarks: list[str]
    seen_as: list[str]


class SentName(Shape):
    """What the file that is sent is called; a form tells it with the file."""

    name: Name = ""


class ReceivedMessage(Shape):
    """What was received: its reference for people, and where its state is told. Received does not mean accepted."""

    message: UUID
    reference: str
    state_at: str


class ReadVersion(Shape):
    """A line as you read it."""

    id: UUID
    version: Version


class Acceptance(Shape):
    """Lines of the message that are right; all of them are accepted, or none."""

    lines: Annotated[list[ReadVersion], Field(min_length=1, max_length=200)]
    reason: Text = ""


class Accepted(Shape):
    """How many lines were accepted."""

    lines: int


class Question(Shape):
    """What is to be asked of the sender; the desk sends nothing by itself."""

    version: Version
    question: Reason


class IntoCompartment(Shape):
    """The compartment, which you are in, and why."""

    compartment: UUID
    reason: Reason


class MovedMessage(Shape):
    """What moved: the message's new identifier, and how many lines, needs, offers, and plans that were made with them."""

    message: UUID
    lines: int
    needs: int
    offers: int
    plans: int
