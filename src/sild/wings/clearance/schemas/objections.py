"""Objections as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Name, Paging, Reason, Shape, Text, Tlp, Version
from sild.wings.clearance.actions import Closing, Raised
from sild.wings.clearance.rules import MOST_CONDITIONS, Ground, ObjectionState, Severity, Turn
from sild.wings.clearance.schemas.cases import Condition


class WantedObjections(Paging):
    """Which objections: `state` open, closed (any that is not open) or how it ended; `over`: whose silence procedure ended."""

    state: Literal["", "closed"] | ObjectionState = ""
    severity: Literal[""] | Severity = ""
    ground: Literal[""] | Ground = ""
    line: UUID | None = None
    q: Name = ""
    over: bool = False


class Objection(Shape):
    """An objection in a list. `stops`: nothing of its line is planned because of it; `silence_over`: a person has to close it now."""

    id: UUID
    version: int
    line_id: UUID
    item: str
    provider: str
    beneficiary: str
    raised_by: str
    ground: Ground
    severity: Severity
    asks: str
    state: ObjectionState
    since: date
    silence_until: date | None
    silence_over: bool
    conditions: list[str]
    decided_by: str
    stops: bool
    marking: Tlp
    created_at: datetime


class ObjectionTurn(Shape):
    """What happened, by whom of which organisation; `conditions` are those that it left."""

    on: date
    turn: Turn
    by: str
    office: str
    words: str
    state: ObjectionState
    conditions: list[str]


class WholeObjection(Shape):
    """One objection with its turns; `endings` are those that you may write down now."""

    objection: Objection
    line: UUID | None
    silence_says: str
    turns: list[ObjectionTurn]
    endings: list[ObjectionState]


class NewObjection(Shape):
    """An objection to raise; `raised_by` is read of officers and licence liaisons, who write down what others object."""

    ground: Ground
    severity: Severity
    asks: Text = ""
    raised_by: Name = ""
    reason: Reason

    def raised(self) -> Raised:
        """The objection without its words."""
        return Raised(**self.model_dump(exclude={"reason"}))


class ObjectionReply(Shape):
    """What somebody says to an objection."""

    breaks_silence: bool = False
    version: Version
    reason: Reason


class Silence(Shape):
    """The day until which everybody may speak, and (`reason`) what who does not speak agrees to."""

    until: date
    version: Version
    reason: Reason


class ObjectionEnd(Shape):
    """How an objection ends; mitigated needs conditions, overruled who decided it."""

    how: Literal["lifted", "mitigated", "overruled"]
    conditions: Annotated[list[Condition], Field(max_length=MOST_CONDITIONS)] = []
    decided_by: Name = ""
    version: Version
    reason: Reason

    def closing(self) -> Closing:
        """The end without its version and reason."""
        return Closing(how=ObjectionState(self.how), conditions=self.conditions, decided_by=self.decided_by)


class Reopening(Shape):
    """Why it is opened again."""

    version: Version
    reason: Reason


class LineCondition(Shape):
    """A condition on a line: what set it, that record, and who it is."""

    text: str
    source: Literal["licence", "objection", "donation"]
    record: UUID
    by: str


class ObjectionGround(Shape):
    """A ground of objections, what it says, and its source."""

    code: Ground
    says: str
    source: str
