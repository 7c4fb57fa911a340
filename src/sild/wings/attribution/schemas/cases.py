"""Cases as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Name, Paging, Reason, Shape, Text, Tlp, Version, Word
from sild.values.marking import Marking
from sild.wings.attribution.actions import NewCase, NewInput
from sild.wings.attribution.rules import MOST_HOURS, AttributionState, InputState


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
