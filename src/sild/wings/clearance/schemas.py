"""Licence cases as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from sild.kernel.shapes import Amount, Name, Paging, Reason, Shape, Text, Tlp, Version, Word
from sild.wings.clearance.actions import Closing, Raised
from sild.wings.clearance.actions import Description as Described
from sild.wings.clearance.actions import Move as Moved
from sild.wings.clearance.rules import (
    LONGEST_CONDITION,
    MOST_CONDITIONS,
    CaseState,
    Ground,
    Mover,
    ObjectionState,
    PaperKind,
    Severity,
    Turn,
)

Condition = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_CONDITION, pattern=r"^[^\u0000]*$")]
Jurisdiction = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class WantedCases(Paging):
    """Which cases: `mover` says whose move it is, `q` are words, `late` narrows to what is overdue or has expired."""

    state: Literal[""] | CaseState = ""
    mover: Literal["", "licence-liaison", "authority", "giver", "nobody"] = ""
    jurisdiction: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""
    category: Word = ""
    provider: Name = ""
    q: Name = ""
    late: bool = False


class LicenceCase(Shape):
    """A case in a list. `days` in its state; `lapsed`: it was granted, and has expired."""

    id: UUID
    version: int
    line_id: UUID
    item: str
    category: str
    quantity: Amount | None
    unit: str
    provider: str
    beneficiary: str
    jurisdiction: str
    authority: str
    reference: str
    state: CaseState
    mover: Mover
    since: date
    days: int
    due_on: date | None
    overdue: bool
    expires_on: date | None
    lapsed: bool
    marking: Tlp
    created_at: datetime


class Stay(Shape):
    """How long it was in a state; `until` null while it is."""

    state: CaseState
    since: date
    until: date | None
    days: int


class Clocks(Shape):
    """Days: with the authority in this round, in which it waited for information, and in all. `running`: the authority's clock runs."""

    stays: list[Stay]
    total: int
    authority: int
    paused: int
    running: bool


class Step(Shape):
    """What happened; `before` is empty for the opening, and the same as `state` where somebody asked again."""

    on: date
    before: str
    state: CaseState
    by: str
    reason: str
    due_on: date | None


class WholeCase(Shape):
    """One case with its clocks, its history and the states that may come next. `entries` were looked at, in the list of that version."""

    case: LicenceCase
    line: UUID | None
    offer: UUID | None
    conditions: list[str]
    term_days: int | None
    term_source: str
    term_left: int | None
    entries: list[str]
    entries_version: str
    clocks: Clocks
    steps: list[Step]
    following: list[CaseState]


class NewCase(Shape):
    """The case to open for a line of an offer."""

    jurisdiction: Jurisdiction
    authority: Name = ""
    reason: Reason


class CaseMove(Shape):
    """Where a case went, on which day (today where none is given), and what was granted."""

    state: CaseState
    on: date | None = None
    due_on: date | None = None
    conditions: Annotated[list[Condition], Field(max_length=MOST_CONDITIONS)] = []
    expires_on: date | None = None
    version: Version
    reason: Reason

    def move(self) -> Moved:
        """The move without its version and reason."""
        return Moved(state=self.state, on=self.on, due_on=self.due_on, conditions=self.conditions, expires_on=self.expires_on)


class Chasing(Shape):
    """Whom somebody asked again and what they said; `due_on` is when to ask the next time."""

    due_on: date | None = None
    version: Version
    reason: Reason


class CaseDetails(Shape):
    """What is known of a case besides its state; what is left out is emptied. A term needs its source."""

    authority: Name = ""
    reference: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\u0000]*$")] = ""
    term_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    term_source: Name = ""
    entries: Annotated[list[Word], Field(max_length=100)] = []
    version: Version
    reason: Text = ""

    def described(self) -> Described:
        """The details without version and reason."""
        return Described(**self.model_dump(exclude={"version", "reason"}))


class NewPaper(Shape):
    """Which paper to make, and in which language beside English."""

    kind: PaperKind
    language: Literal["uk", "en", "et", "pl"]
    version: Version


class CasePaper(Shape):
    """A paper that was made: of which version of the case; `unknown` fields are blanks, `stale` ones the case tells differently now."""

    id: UUID
    kind: PaperKind
    languages: list[str]
    made_by: str
    made_on: date
    case_version: int
    sha256: str
    size: int
    unknown: list[str]
    stale: list[str]
    erased: bool
    marking: Tlp


class WantedRoutes(Shape):
    """Which routes."""

    jurisdiction: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""
    category: Word = ""


class Round(Shape):
    """An answered application: days with the authority, without those in which it waited for information."""

    applied_on: date
    answered_on: date
    outcome: CaseState
    days: int
    paused: int


class PastCase(Shape):
    """A case behind a figure."""

    case: UUID
    item: str
    provider: str
    category: str
    round: Round


class PastRoute(Shape):
    """What an authority did with a category; `planned_with`: enough answers for a plan to go by the median."""

    jurisdiction: str
    authority: str
    category: str
    median: float
    shortest: int
    longest: int
    granted: int
    denied: int
    planned_with: bool
    rows: list[PastCase]


class ControlEntry(Shape):
    """An entry of the list, in paraphrase; `as_of` is the day or month of which its source speaks. Verify before use."""

    id: str
    code: str
    label: str
    kind: str
    description: str
    as_of: str
    relevance: str
    note: str
    state: str
    read_in: str
    sources: list[str]


class ControlList(Shape):
    """The list of one day. The desk never rules by it; `left_out` were known from memory alone."""

    version: str
    entries: list[ControlEntry]
    left_out: list[str]


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


class Reply(Shape):
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
