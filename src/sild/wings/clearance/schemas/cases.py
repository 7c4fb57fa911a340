"""Licence cases as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from sild.kernel.shapes import Amount, Name, Paging, Reason, Shape, Text, Tlp, Version, Word
from sild.wings.clearance.actions import Description as Described
from sild.wings.clearance.actions import Move as Moved
from sild.wings.clearance.rules import LONGEST_CONDITION, MOST_CONDITIONS, CaseState, Mover, PaperKind
from sild.wings.clearance.rules.came import CameKind
from sild.wings.clearance.rules.conditions import ConditionStand

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
    """The case to open for a line of an offer; `apart`: also where another line of the offer has a case there."""

    jurisdiction: Jurisdiction
    authority: Name = ""
    apart: bool = False
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
    """A paper that was made: of which version of the case; `unknown` fields are blanks, `stale` ones the case tells differently now.

    A file that `came` has its name, and where it is a signed end-use statement the day of the signature; `made_on` is when it came.
    """

    id: UUID
    version: int
    kind: PaperKind | CameKind
    came: bool
    name: str
    signed_on: date | None
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


class WantedFile(Shape):
    """What a file is that came for a case: its name where it is sent bare, the day on which it came, that of the signature under it.

    It is at least as closed as its case; `marking` closes it further.
    """

    kind: CameKind
    name: Name = ""
    on: date | None = None
    signed_on: date | None = None
    marking: Tlp = "TLP:CLEAR"
    version: Version | None = None


class FileGone(Shape):
    """Why a file is taken away from its case, of the version that was read."""

    version: Version
    reason: Reason


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


class ConditionTold(Shape):
    """What is said of a condition: the `number`th of its record, from 0; met, or carried on by somebody; how, and who sees to it."""

    number: Annotated[int, Field(ge=0, lt=1000)]
    stand: ConditionStand
    reason: Reason
