"""Incidents and public statements as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from sild.kernel.shapes import Name, Paging, Reason, Shape, Text, Tlp, Version, Word
from sild.values.marking import Marking
from sild.wings.signals.actions import IncidentFacts, NewNotice, StatementFacts, Weighing
from sild.wings.signals.reads import IncidentFilter, StatementFilter, StudyQuestion
from sild.wings.signals.rules import Degree, IncidentKind, IncidentState, Odd, Precision, StatementKind, StudyState, TieKind, WhyNot

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400, pattern=r"^[^\u0000]*$")]
Summary = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=r"^[^\u0000]*$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000, pattern=r"^[^\u0000]*$")]
Year = Annotated[str, StringConstraints(pattern=r"^(-|[0-9]{4})?$")]


class WantedIncidents(Paging):
    """Which incidents: exact values, one country or sector among theirs, the year in which they began, `q` words."""

    kind: Literal[""] | IncidentKind = ""
    state: Literal[""] | IncidentState = ""
    sector: Word = ""
    country: Name = ""
    source: Name = ""
    year: Year = ""
    q: Name = ""

    def wanted(self) -> IncidentFilter:
        """The filter."""
        told = self.model_dump(include=set(IncidentFilter.__dataclass_fields__))
        return IncidentFilter(**{name: str(value) for name, value in told.items()}, text=self.q)


class Incident(Shape):
    """An incident in a list. A day is as exact as its precision says: of a month or year its first day. `odd`: what contradicts itself."""

    id: UUID
    version: int
    created_at: datetime
    title: str
    kind: IncidentKind
    state: IncidentState
    why_not: str
    begins: date | None
    begins_precision: Precision
    ends: date | None
    ends_precision: Precision
    place: str
    countries: list[str]
    sectors: list[str]
    victims: list[str]
    odd: list[Odd]
    source: str
    source_on: date | None
    key: str
    reading_of: UUID | None
    marking: Tlp


class IncidentFactor(Shape):
    """A severity factor with its source; `degree` null: nobody said anything. `memory`: a part of it was not read but remembered."""

    factor: str
    defined_by: str
    defined_on: str
    memory: bool
    degree: Degree | None
    said: str
    source: str
    on: str


class IncidentContradiction(Shape):
    """Two values of an incident that cannot both hold."""

    what: Odd
    one: str
    other: str


class IncidentTie(Shape):
    """A tie, as seen from this incident; `first`: it is the one that follows or repeats."""

    id: UUID
    version: int
    kind: TieKind
    first: bool
    other: Incident
    reason: str
    ruled_by: str


class IncidentStep(Shape):
    """What happened to an incident."""

    on: date
    what: str
    by: str
    state: IncidentState
    reason: str


class WholeIncident(Shape):
    """An incident with everything that is told of it."""

    incident: Incident
    summary: str
    factors: list[IncidentFactor]
    attributions: list[dict[str, Any]]
    contradictions: list[IncidentContradiction]
    ties: list[IncidentTie]
    readings: list[Incident]
    address: str
    digest: str
    raw: dict[str, str]
    steps: list[IncidentStep]
    following: list[IncidentState]


class IncidentTold(Shape):
    """What is told of an incident. A precision other than unknown wants its day."""

    title: Title
    kind: IncidentKind = IncidentKind.CYBER
    summary: Summary = ""
    begins: date | None = None
    begins_precision: Precision = Precision.UNKNOWN
    ends: date | None = None
    ends_precision: Precision = Precision.UNKNOWN
    place: Name = ""
    countries: Annotated[list[Name], Field(max_length=60)] = []
    victims: Annotated[list[Name], Field(max_length=60)] = []
    sectors: Annotated[list[Word], Field(max_length=60)] = []
    source: Name = ""
    source_on: date | None = None
    address: Line = ""

    def facts(self) -> IncidentFacts:
        """What is told, without the rest."""
        told: dict[str, Any] = {name: getattr(self, name) for name in IncidentTold.model_fields}
        told |= {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
        return IncidentFacts(**told)


class IncidentToWrite(IncidentTold):
    """An incident to be written down, in a compartment that you are in where one is named."""

    marking: Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER"] = "TLP:AMBER"
    compartment: UUID | None = None
    reason: Text = ""

    def marked(self) -> Marking:
        """Its marking."""
        return Marking.parse(self.marking)


class IncidentToMend(IncidentTold):
    """What is told of an incident, written down anew."""

    version: Version
    reason: Reason


class IncidentWeighing(Shape):
    """How grave a factor is."""

    factor: Word
    degree: Degree
    said: Name = ""
    source: Name = ""
    on: date | None = None
    version: Version
    reason: Text = ""

    def weighing(self) -> Weighing:
        """What is said."""
        return Weighing(factor=self.factor, degree=self.degree, said=self.said, source=self.source, on=self.on)


class IncidentMove(Shape):
    """Into which state; `why_not` and a reason where it is not pursued."""

    state: IncidentState
    why_not: WhyNot | None = None
    version: Version
    reason: Text = ""


class SignalIntoCompartment(Shape):
    """The compartment, which you are in, the version that you saw, and why."""

    compartment: UUID
    version: Version
    reason: Reason


class ClosedReadings(Shape):
    """How many readings of it moved into the compartment."""

    readings: int


class IncidentTieToRule(Shape):
    """That this incident follows or repeats another, or is of one campaign with it."""

    other: UUID
    kind: TieKind
    reason: Reason


class WantedImport(Shape):
    """A file of incidents: its `name` where it comes bare; `preview` writes nothing."""

    name: Name = ""
    preview: bool = False


class RefusedRow(Shape):
    """A row that is not taken."""

    place: int
    why: str


class IncidentImport(Shape):
    """What became of a file, or would: rows by outcome, those that contradict themselves, every refusal with its reason."""

    form: str
    rows: int
    fresh: int
    known: int
    changed: int
    differing: int
    odd: int
    passed_over: int
    refused: list[RefusedRow]


class IncidentUntie(Shape):
    """Why they do not hang together after all."""

    version: Version
    reason: Reason


class WantedPublicStatements(Paging):
    """Which statements: the kind, the State that speaks, one that is spoken of, the year, `q` words."""

    kind: Literal[""] | StatementKind = ""
    country: Name = ""
    about: Name = ""
    year: Year = ""
    q: Name = ""

    def wanted(self) -> StatementFilter:
        """The filter."""
        told = self.model_dump(include=set(StatementFilter.__dataclass_fields__))
        return StatementFilter(**{name: str(value) for name, value in told.items()}, text=self.q)


class PublicStatement(Shape):
    """A public statement in a list. `country` speaks, `countries` are spoken of; `on` is as exact as `precision` says."""

    id: UUID
    version: int
    created_at: datetime
    title: str
    kind: StatementKind
    who: str
    office: str
    country: str
    on: date | None
    precision: Precision
    countries: list[str]
    actor: str
    languages: list[str]
    source: str
    source_on: date | None
    withdrawn: bool
    marking: Tlp


class PublicStatementStep(Shape):
    """What happened to a statement."""

    on: date
    what: str
    by: str
    reason: str


class WholePublicStatement(Shape):
    """A statement with what stands beside it."""

    statement: PublicStatement
    summary: str
    address: str
    steps: list[PublicStatementStep]


class PublicStatementTold(Shape):
    """What was said, by whom and when. A precision other than unknown wants its day; countries by name or code."""

    title: Title
    who: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^\u0000]*$")]
    kind: StatementKind = StatementKind.OTHER
    office: Name = ""
    country: Name = ""
    on: date | None = None
    precision: Precision = Precision.UNKNOWN
    countries: Annotated[list[Name], Field(max_length=60)] = []
    actor: Name = ""
    summary: Summary = ""
    languages: Annotated[list[Word], Field(max_length=30)] = []
    source: Name = ""
    source_on: date | None = None
    address: Line = ""

    def facts(self) -> StatementFacts:
        """What is told, without the rest."""
        told: dict[str, Any] = {name: getattr(self, name) for name in PublicStatementTold.model_fields}
        told |= {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
        return StatementFacts(**told)


class PublicStatementToWrite(PublicStatementTold):
    """A statement to be written down, in a compartment that you are in where one is named."""

    marking: Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER"] = "TLP:AMBER"
    compartment: UUID | None = None
    reason: Text = ""

    def marked(self) -> Marking:
        """Its marking."""
        return Marking.parse(self.marking)


class PublicStatementToMend(PublicStatementTold):
    """What was said, written down anew."""

    version: Version
    reason: Reason


class PublicStatementWithdrawal(Shape):
    """Why a statement counts no longer, or counts again."""

    version: Version
    reason: Reason


class InfluenceQuestion(Shape):
    """Which statements and incidents (empty: all), from which day to which somebody looked, how many days after a statement count.

    `unwatched`: so many days in a row without an incident, or more, count as not watched; 0: every day was watched.
    """

    statement_kind: Literal[""] | StatementKind = ""
    speaker: Name = ""
    about: Name = ""
    incident_kind: Literal[""] | IncidentKind = ""
    country: Name = ""
    sector: Word = ""
    first: date
    last: date
    window: Annotated[int, Field(ge=0, le=14)] = 3
    unwatched: Annotated[int, Field(ge=0, le=3660)] = 0

    def asked(self) -> StudyQuestion:
        """The question."""
        told: dict[str, Any] = {name: getattr(self, name) for name in InfluenceQuestion.model_fields}
        told |= {name: str(value) for name, value in told.items() if isinstance(value, StrEnum)}
        return StudyQuestion(**told)


class InfluenceToAsk(InfluenceQuestion):
    """A study to be asked for."""

    reason: Text = ""


class InfluenceStudy(Shape):
    """A study in a list. `verdict` is empty until there is an answer that the independent check accepts."""

    id: UUID
    version: int
    state: StudyState
    verdict: str
    question: InfluenceQuestion
    statements: int
    incidents: int
    asked_by: str
    asked_on: date
    marking: Tlp


class InfluenceStudies(Shape):
    """The newest studies that you may see."""

    items: list[InfluenceStudy]


class WholeInfluenceStudy(Shape):
    """A study with the finding as the core told it, which statements and incidents it counts, and what was left out."""

    study: InfluenceStudy
    finding: dict[str, Any] | None
    observed_days: int
    left_out: dict[str, int]
    statements: list[UUID]
    incidents: list[UUID]
    faults: list[str]
    refusal: str


class InfluenceEnd(Shape):
    """That a study is not waited for any more."""

    version: Version
    reason: Text = ""


class NoticeReceiptRow(Shape):
    """Who read a notice, when, with which word."""

    by: str
    office: str
    at: datetime
    words: str


class SpeakingNotice(Shape):
    """Word before something is said in public. `to` and `study_id` are told to whoever gave it.

    `read`: you said that you read it, or gave it.
    """

    id: UUID
    version: int
    title: str
    at: datetime
    says: str
    earlier: str
    watch: str
    study_id: UUID | None
    to: list[str]
    written_by: str
    written_at: datetime
    recalled: bool
    recalled_why: str
    own: bool
    read: bool
    over: bool
    receipts: list[NoticeReceiptRow]
    marking: Tlp


class SpeakingNotices(Shape):
    """The notices that you see, those that were given last first."""

    notices: list[SpeakingNotice]


class NoticeToGive(Shape):
    """What will be said, when, what followed earlier, what to look for; `to` are organisations besides your own."""

    title: Title
    at: AwareDatetime
    says: Annotated[Summary, Field(min_length=1)]
    earlier: Summary = ""
    watch: Summary = ""
    study: UUID | None = None
    to: Annotated[list[UUID], Field(max_length=100)] = []
    marking: Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER"] = "TLP:AMBER"
    reason: Reason

    def new(self) -> NewNotice:
        """As the act takes it."""
        told = {name: getattr(self, name) for name in ("title", "at", "says", "earlier", "watch")}
        return NewNotice(**told, study_id=self.study, to=tuple(self.to), marking=Marking.parse(self.marking))


class NoticeRead(Shape):
    """A word back."""

    words: Annotated[Text, Field(max_length=2000)] = ""


class NoticeRecall(Shape):
    """A version and a reason."""

    version: Version
    reason: Reason
