"""Links, pairs and rulings as programs are told of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints, field_validator

from sild.cores.linkage.problem import Relation
from sild.kernel.shapes import Amount, Reason, Shape, Tlp, Version, plain


class Side(Shape):
    """A line as it is compared; `belongs` names the need or offer that it speaks of, `words` are those that show it."""

    id: UUID
    version: int
    message_id: UUID
    message_name: str
    subject: str
    sent_at: datetime | None
    position: int
    kind: str
    state: str
    marking: Tlp
    category: str
    item: str
    quantity: Amount | None
    unit: str
    beneficiary: str
    provider: str
    sent_by: str
    needed_by: date | None
    available_from: date | None
    channel: str
    urgency: str
    language: str
    reference: str
    words: list[str]
    need_id: UUID | None
    offer_id: UUID | None
    belongs: str


class Link(Shape):
    """A line that the asked one is linked with, or looks like; `score` in bits, `ruled`: a person said so."""

    other: Side
    relation: str
    joined: bool
    score: float
    ruled: bool


class Change(Shape):
    """A field in which the later of two lines says otherwise; the units say what a quantity counts, each time."""

    field: str
    before: str
    after: str
    before_unit: str
    after_unit: str

    @field_validator("before", "after", mode="before")
    @classmethod
    def _said(cls, kept: Any) -> str:
        """An amount, a day or a word."""
        return plain(kept) if isinstance(kept, Decimal) else str(kept)


class Repeat(Shape):
    """A line that another may repeat; `score` in bits, the reasons in words, what the later of both says otherwise.

    `proposed`: the desk links the two; `joined`: both stand in one need or offer; `ruled`: a person said so. `joins`: the line was not
    linked yet, and linking would put it into the need or offer of the other.
    """

    other: Side
    relation: str
    score: float
    proposed: bool
    joined: bool
    ruled: bool
    joins: bool
    changes: list[Change]
    reasons_for: list[str]
    reasons_against: list[str]


class LineRepeats(Shape):
    """A line of a message with what it may repeat."""

    line: UUID
    repeats: list[Repeat]


class WantedRepeats(Shape):
    """From which line of the message on, counted from 0; twenty are checked at once."""

    first: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class OverlapBit(Shape):
    """All that is answered: `possible` overlap, ask the coordinator; or none known. `id` is the question's."""

    id: UUID
    possible: bool


class OverlapAsked(Shape):
    """A question across walls: about which record (`title` is empty where it is not there for you), by whom, and the one bit."""

    id: UUID
    subject_model: str
    subject_id: UUID
    title: str
    who: str
    organisation: str
    at: datetime
    possible: bool
    own: bool


class WantedOverlaps(Shape):
    """Only possible overlaps to which no coordinator said a word yet."""

    waiting: bool = False


class OverlapText(Shape):
    """What those who asked may know."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000, pattern=r"^[^\u0000]*$")]


class WantedLinks(Shape):
    """Of which line."""

    line: UUID


class PairReason(Shape):
    """One comparison of two lines and what it weighs, in bits."""

    comparison: str
    level: str
    value_a: str | None
    value_b: str | None
    weight: float
    sentence: str


class Ruled(Shape):
    """What a person ruled about a pair."""

    id: UUID
    relation: str
    judged_by: str
    judged_at: datetime
    reason: str


class Group(Shape):
    """A need or an offer by the words of its first line, and how many lines it has."""

    words: str
    lines: int


class Effect(Shape):
    """What a ruling would do: the groups of lines before and after; `refused` says why it cannot be."""

    joined: bool
    before: list[Group]
    after: list[Group]
    moved: int
    refused: str

    @field_validator("before", "after", mode="before")
    @classmethod
    def _named(cls, kept: Iterable[Any]) -> list[Any]:
        """The read tells a group as (words, lines)."""
        return [dict(zip(Group.model_fields, group, strict=True)) if isinstance(group, tuple) else group for group in kept]


class Pair(Shape):
    """Two lines, the earlier first, with what speaks for and against, what people ruled, and what a ruling would do."""

    early: Side
    late: Side
    relation: str
    joined: bool
    proposed: bool
    score: float
    reasons: list[PairReason]
    why_apart: str
    ruling: Ruled | None
    version: int
    effects: list[Effect]


class PairRuling(Shape):
    """How two lines stand to each other; `version` is the pair's, as it was read."""

    relation: Relation
    version: Version
    reason: Reason


class Withdrawal(Shape):
    """Why a ruling is taken back."""

    reason: Reason


class Linked(Shape):
    """What linking the register anew found, counted; `findings` is what the check of it has to say."""

    needs: int
    offers: int
    links: int
    look_alikes: int
    look_alikes_left_out: int
    findings: list[str]
