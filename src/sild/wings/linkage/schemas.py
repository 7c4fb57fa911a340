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


class Stand(Shape):
    """What a need or an offer says at one time; `state` is the need's, or the answer to the offer; lines are counted."""

    title: str
    quantity: Amount | None
    unit: str
    needed_by: date | None
    state: str
    provisional: bool
    marking: Tlp
    lines: int
    accepted: int


class Foretold(Shape):
    """A need or an offer that would change: no `before` for a new one, no `after` for one that joins `into` another.

    `ruled`: a gate has ruled on it, or somebody answered; `reopened`: its endorsement would go back to the first gate.
    """

    id: UUID
    side: str
    before: Stand | None
    after: Stand | None
    into: UUID | None
    ruled: bool
    reopened: bool


class Resting(Shape):
    """What rests on a need or an offer now: `many` things of a kind ("plan": matches of the newest plan) that take `quantity`."""

    kind: str
    many: int
    quantity: Amount
    unit: str


class Touched(Shape):
    """A need or an offer that would change, and what rests on it now."""

    told: Foretold
    resting: list[Resting]


class Moving(Shape):
    """A line that would go to another need or offer; `into` null: to a new one. `out_of`: the need past a gate that it would leave for
    one that passed none."""

    line: UUID
    item: str
    message_name: str
    into: UUID | None
    out_of: UUID | None


class KeptFrom(Shape):
    """An organisation from whom a need or an offer would be kept, because lines come to it from one that is withheld from them."""

    subject: UUID
    organisation: str


class Foreseen(Shape):
    """What rulings would do, before anything is saved: `moved` lines, the first fifty of them in `moving`; `refused` why it cannot be.

    `losing` of the moved lines would leave a need that passed a gate for one that passed none.
    """

    touched: list[Touched]
    moving: list[Moving]
    moved: int
    losing: int
    kept_from: list[KeptFrom]
    taken_back: int
    refused: str


class Regrouped(Shape):
    """What joining or splitting would do; `version` is to be sent along when it is done."""

    foreseen: Foreseen
    version: int


class WantedJoining(Shape):
    """How the later one stands to the earlier, and which of them stays; left out: the one that people took furthest, or the earlier."""

    relation: Relation = Relation.SAME_AS
    keep: UUID | None = None


class Joining(Shape):
    """The other one, how the later stands to the earlier, which of them stays, and why."""

    other: UUID
    relation: Relation = Relation.SAME_AS
    keep: UUID | None = None
    version: Version
    reason: Reason


class Splitting(Shape):
    """The lines that speak of something else (not-the-same) or of a second batch, and why."""

    lines: list[UUID] = Field(min_length=1, max_length=2_000)
    relation: Relation = Relation.NOT_THE_SAME
    version: Version
    reason: Reason


class WantedSplitting(Shape):
    """Which lines would be split off, and what they are."""

    line: list[UUID] = Field(min_length=1, max_length=200)
    relation: Relation = Relation.NOT_THE_SAME


class Effect(Shape):
    """What a ruling would do: the groups of lines before and after, and all of it in `foreseen`; `refused` says why it cannot be."""

    joined: bool
    before: list[Group]
    after: list[Group]
    moved: int
    refused: str
    foreseen: Foreseen

    @field_validator("before", "after", mode="before")
    @classmethod
    def _named(cls, kept: Iterable[Any]) -> list[Any]:
        """The read tells a group as (words, lines)."""
        return [dict(zip(Group.model_fields, group, strict=True)) if isinstance(group, tuple) else group for group in kept]


class PairDeed(Shape):
    """What somebody ruled about a pair, or took back, and why; `undone`: that act was taken back since."""

    who: str
    at: datetime
    relation: str
    withdrawn: bool
    reason: str
    undone: bool


class Pair(Shape):
    """Two lines, the earlier first, with what speaks for and against, what people ruled, and what a ruling would do.

    `evidence` is the score without what people ruled, in bits; `conflict`: it says the other way than the ruling. `settled`: the
    mechanism's file joins them, as one message that came again byte for byte.
    """

    early: Side
    late: Side
    relation: str
    joined: bool
    proposed: bool
    score: float
    evidence: float
    conflict: bool
    settled: bool
    reasons: list[PairReason]
    why_apart: str
    ruling: Ruled | None
    history: list[PairDeed]
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
    without_vector: int
    findings: list[str]
