"""What programs say when they do what an officer does with messages and lines, and what they are told."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from sild.kernel.shapes import Name, Reason, Shape, Text, Version, Word
from sild.wings.intake.rules import Waiting
from sild.wings.intake.schemas.answers import ReadLine, ReadVersion

Given = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,14}(\.[0-9]{1,3})?$")]
Thing = Annotated[str, StringConstraints(max_length=400, pattern=r"^[^\u0000]*$")]


class LineFields(Shape):
    """Fields of a line; those that are left out say nothing. Amounts are decimal strings."""

    kind: Literal["request", "offer", "update", "withdrawal", "question"] | None = None
    category: Word | None = None
    item: Thing | None = None
    quantity: Given | None = None
    unit: Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\u0000]*$")] | None = None
    beneficiary: Name | None = None
    provider: Name | None = None
    needed_by: date | None = None
    available_from: date | None = None
    available_until: date | None = None
    value_amount: Given | None = None
    value_currency: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] | None = None
    urgency: Literal["", "low", "normal", "high", "critical"] | None = None
    channel: Literal["civil", "military", "mixed", "undetermined"] | None = None
    reference: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\u0000]*$")] | None = None


class MissedLine(Shape):
    """A line that the reading missed. `words` are the words of the message that say it, each stretch on a line of its own, as they
    stand there; without words the reason says where it stands. With `accept` it is accepted at once.
    """

    words: Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\u0000]*$")] = ""
    fields: LineFields
    accept: bool = False
    reason: Text = ""


class MadeLine(Shape):
    """The line that was made."""

    id: UUID


class JoinedWith(Shape):
    """The other line of the message that says the same, and how both were read; `fields` are what is right where they differ."""

    version: Version
    other: ReadVersion
    fields: LineFields = Field(default_factory=LineFields)
    accept: bool = False
    reason: Text = ""


class SettingAside(Shape):
    """The message as you read it, and why nothing is asked or offered in it."""

    version: Version
    reason: Reason


class TakingUp(Shape):
    """The message as you read it, and why something is asked or offered in it after all."""

    version: Version
    reason: Text = ""


class LinesMoved(Shape):
    """How many lines were rejected, or are drafts again."""

    lines: int


class WantedSure(Shape):
    """Which drafts: of the messages of a list, read at least so surely."""

    least: Annotated[float, Field(ge=0.5, le=1)] = 0.9
    state: Waiting = Waiting.WAITING
    channel: Word = ""
    language: Word = ""
    text: Word = ""


class SureLine(Shape):
    """A draft without doubts; `sureness` is that of the field that was read least surely."""

    message_id: UUID
    message: str
    sureness: float
    line: ReadLine


class Level(Shape):
    """How many drafts without doubts were read at least so surely."""

    least: float
    lines: int


class SureLines(Shape):
    """The drafts that could be accepted at once, the least sure first. `drafts` were looked at; `more`: there are others behind them."""

    lines: list[SureLine]
    levels: list[Level]
    drafts: int
    more: bool


class SureAcceptance(Shape):
    """Drafts without doubts, of any messages, that were read at least so surely: all of them are accepted, or none."""

    lines: Annotated[list[ReadVersion], Field(min_length=1, max_length=200)]
    least: Annotated[float, Field(ge=0.5, le=1)]
    reason: Text = ""
