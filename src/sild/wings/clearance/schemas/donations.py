"""Decisions on dual-use donations as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Name, Paging, Reason, Shape, Text, Tlp, Version, Word
from sild.wings.clearance.actions import Outcome, Position, Precedent, Prepared
from sild.wings.clearance.rules import MOST_CONDITIONS, DonationState, Stance
from sild.wings.clearance.schemas.cases import Condition


class WantedDonations(Paging):
    """Which decisions."""

    state: Literal[""] | DonationState = ""
    category: Word = ""


class Donation(Shape):
    """A decision on giving a dual-use thing: what it is for, what else it could do, what was decided by whom and why."""

    id: UUID
    version: int
    line_id: UUID
    item: str
    category: str
    provider: str
    beneficiary: str
    purpose: str
    potential: str
    state: DonationState
    since: date
    decided_by: str
    reason: str
    conditions: list[str]
    marking: Tlp
    created_at: datetime


class StatePosition(Shape):
    """The last word of a state."""

    state: str
    stance: Stance
    words: str
    on: date
    by: str


class HeldPrecedent(Shape):
    """What was held beside a decision; `decision` null where it is none of this desk, or one that you may not see."""

    decision: Donation | None
    text: str
    source: str


class DonationTurn(Shape):
    """What happened on a day, by whom of which organisation."""

    on: date
    turn: str
    by: str
    office: str
    words: str


class WholeDonation(Shape):
    """One decision whole. `proposed` are earlier decisions on things of its category."""

    donation: Donation
    line: UUID | None
    positions: list[StatePosition]
    precedents: list[HeldPrecedent]
    proposed: list[Donation]
    turns: list[DonationTurn]


class NewDonation(Shape):
    """What those who decide are to have before them; both are needed before it is decided."""

    purpose: Text = ""
    potential: Text = ""
    conditions: Annotated[list[Condition], Field(max_length=MOST_CONDITIONS)] = []
    reason: Text = ""

    def prepared(self) -> Prepared:
        """The same without the reason."""
        return Prepared(purpose=self.purpose, potential=self.potential, conditions=self.conditions)


class DonationDetails(NewDonation):
    """The same anew; what is left out is emptied."""

    version: Version


class NewPosition(Shape):
    """What a state says, in words too; `state` is read of officers and licence liaisons, who write down what others say."""

    stance: Stance
    state: Name = ""
    version: Version
    reason: Reason

    def position(self) -> Position:
        """The position without version and words."""
        return Position(stance=self.stance, state=self.state)


class NewPrecedent(Shape):
    """An earlier decision of the desk, or words with their source."""

    decision: UUID | None = None
    text: Text = ""
    source: Name = ""
    version: Version

    def precedent(self) -> Precedent:
        """The precedent without its version."""
        return Precedent(decision=self.decision, text=self.text, source=self.source)


class DonationOutcome(Shape):
    """What was decided; under conditions needs at least one, the others none."""

    how: Literal["given", "under-conditions", "not-given"]
    conditions: Annotated[list[Condition], Field(max_length=MOST_CONDITIONS)] = []
    decided_by: Name = ""
    version: Version
    reason: Reason

    def outcome(self) -> Outcome:
        """The outcome without version and reason."""
        return Outcome(how=DonationState(self.how), conditions=self.conditions, decided_by=self.decided_by)
