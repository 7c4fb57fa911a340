"""Cases as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from sild.cores.attribution.weighing import Aspect, ItemGrade, SourceGrade
from sild.kernel.shapes import Name, Paging, Reason, Shape, Text, Tlp, Version, Word
from sild.values.marking import Marking
from sild.wings.attribution.actions import NewCase, NewEvidence, NewInput, NewSource
from sild.wings.attribution.rules import MOST_HOURS, AttributionState, EvidenceAudience, InputState


class WantedAttributionCases(Paging):
    """Which cases."""

    state: Literal[""] | AttributionState = ""


class AttributionCase(Shape):
    """A case in a list. `late`, `waiting` and `delivered` count what bodies owe to it."""

    id: UUID
    version: int
    title: str
    stage: str
    stage_name: str
    state: AttributionState
    opened_at: datetime
    opened_by: str
    late: int
    waiting: int
    delivered: int
    next_due: datetime | None
    marking: Tlp


class CaseInput(Shape):
    """What a body owes or delivered. `hours`: until it is due (below 0: since then), or after its term when it came."""

    id: UUID
    version: int
    agency: str
    agency_name: str
    stage: str
    what: str
    state: InputState
    due_at: datetime
    delivered_at: datetime | None
    delivered_by: str
    hours: int
    text: str
    waived_why: str


class WholeAttributionCase(Shape):
    """A case with what bodies owe to it. `readers` are the seats in its compartment."""

    case: AttributionCase
    summary: str
    ended_why: str
    compartment: UUID | None
    readers: list[str]
    inputs: list[CaseInput]


class AttributionFact(Shape):
    """Where a fact of the procedure is from. `from_memory`: no source was read; check it before use."""

    as_of: str
    sources: list[str]
    from_memory: bool


class ProcedureStage(Shape):
    """A stage, with the question that it answers."""

    code: str
    name: str
    question: str


class ProcedureAgency(Shape):
    """A body with a part in the procedure."""

    code: str
    name: str
    role: str
    fact: AttributionFact | None


class AttributionProcedure(Shape):
    """The procedure; `own`: it stands in the mechanism's file, else it is the usual one."""

    own: bool
    source: str
    as_of: str
    stages: list[ProcedureStage]
    agencies: list[ProcedureAgency]


class AttributionCaseToOpen(Shape):
    """A case to be opened for some seats of one's own organisation, one's own among them."""

    title: Annotated[Name, Field(min_length=1)]
    summary: Text = ""
    marking: Tlp = "TLP:AMBER+STRICT"
    readers: Annotated[list[UUID], Field(max_length=100)] = []
    reason: Reason

    def new(self) -> NewCase:
        """The case as the act takes it."""
        return NewCase(title=self.title, summary=self.summary, marking=next(one for one in Marking if one.label == self.marking))


class StageMove(Shape):
    """To which stage a case moves."""

    stage: Word
    version: Version
    reason: Reason


class CaseEnd(Shape):
    """How a case ends."""

    state: Literal[AttributionState.CLOSED, AttributionState.NOT_PURSUED]
    version: Version
    reason: Reason


class CaseWord(Shape):
    """A version and a reason."""

    version: Version
    reason: Reason


class InputToAsk(Shape):
    """What is asked of a body."""

    agency: Word
    stage: Word
    what: Annotated[Name, Field(min_length=1)]
    hours: Annotated[int, Field(ge=1, le=MOST_HOURS)]

    def new(self) -> NewInput:
        """As the act takes it."""
        return NewInput(agency=self.agency, stage=self.stage, what=self.what, hours=self.hours)


class InputDelivery(Shape):
    """What a body delivered."""

    text: Annotated[Text, Field(min_length=1)]
    version: Version


class WantedEvidence(Shape):
    """As which audience may be shown it; empty: all, as the case's readers have it."""

    audience: Literal[""] | EvidenceAudience = ""


class CustodyLink(Shape):
    """A link of the chain of custody."""

    at: datetime
    by: str
    to: str
    note: str
    sha256: str


class EvidenceItem(Shape):
    """An item with its source's grade beside its own. `first`: the source that its source goes back to."""

    id: UUID
    version: int
    title: str
    text: str
    aspect: Aspect
    source: UUID
    source_name: str
    first: UUID
    reliability: SourceGrade
    credibility: ItemGrade
    shown_to: list[EvidenceAudience]
    file_name: str
    sha256: str
    size: int
    custody: list[CustodyLink]
    withdrawn: bool
    withdrawn_why: str


class EvidenceSourceRow(Shape):
    """A source. `named`: you are named in its seal."""

    id: UUID
    name: str
    reliability: SourceGrade
    first: UUID
    sealed: bool
    named: bool


class CaseEvidence(Shape):
    """The evidence of a case. `voices`: from how many first sources what counts comes."""

    rows: list[EvidenceItem]
    sources: list[EvidenceSourceRow]
    counting: int
    voices: int


class SourceToName(Shape):
    """A source; with an `identity` it is sealed for the seats in `named` and one's own."""

    name: Annotated[Name, Field(min_length=1)]
    reliability: SourceGrade
    stems_from: UUID | None = None
    identity: Annotated[Text, Field(max_length=2000)] = ""
    named: Annotated[list[UUID], Field(max_length=100)] = []
    reason: Annotated[Text, Field(max_length=2000)] = ""

    def new(self) -> NewSource:
        """As the act takes it."""
        return NewSource(name=self.name, reliability=self.reliability, stems_from=self.stems_from)


class EvidenceToEnter(Shape):
    """An item without a file; files are attached in the browser."""

    source: UUID
    title: Annotated[Name, Field(min_length=1)]
    text: Text = ""
    aspect: Aspect
    credibility: ItemGrade
    shown_to: Annotated[list[EvidenceAudience], Field(max_length=10)] = []

    def new(self) -> NewEvidence:
        """As the act takes it."""
        return NewEvidence(
            source_id=self.source,
            title=self.title,
            text=self.text,
            aspect=self.aspect,
            credibility=self.credibility,
            shown_to=frozenset(self.shown_to),
        )


class EvidenceAudiences(Shape):
    """Who may be shown an item."""

    shown_to: Annotated[list[EvidenceAudience], Field(max_length=10)]
    version: Version
    reason: Reason


class SealReason(Shape):
    """Why one has to know who a source is."""

    reason: Reason


class BehindSeal(Shape):
    """Who a source is; the answer is kept nowhere."""

    shown_once: ClassVar[bool] = True

    identity: str
