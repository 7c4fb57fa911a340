"""Tracks and decisions as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Name, Reason, Shape, Text, Version, Word
from sild.wings.attribution.actions import NewDecision, NewOpinion
from sild.wings.attribution.rules import BodyStand, DecisionKind, OpinionAnswer, Track

Ids = Annotated[list[UUID], Field(max_length=500)]


class CitedEvidence(Shape):
    """An item that something rests on; `withdrawn`: it was taken back since."""

    id: UUID
    title: str
    withdrawn: bool


class GuidedOpinion(Shape):
    """What was answered to a question."""

    id: UUID
    version: int
    answer: OpinionAnswer
    reasoning: str
    evidence: list[CitedEvidence]
    said_by: str
    said_at: datetime


class GuidedQuestion(Shape):
    """A guided question. `ours`, `ours_in` and `ours_year`: what the own State said on its topic, in which document of which year."""

    id: str
    track: Track
    text: str
    topic: str
    as_of: str
    sources: list[str]
    from_memory: bool
    own: bool
    ours: str
    ours_in: str
    ours_year: int | None
    opinion: GuidedOpinion | None


class PositionOfBody(Shape):
    """How a body stands; `newest`: it said nothing since."""

    id: UUID
    agency: str
    agency_name: str
    stand: BodyStand
    words: str
    said_at: datetime
    written_by: str
    newest: bool


class IncidentOfCase(Shape):
    """An incident that a case is about."""

    id: UUID
    version: int
    incident: UUID
    title: str
    why: str
    cited_by: str


class CaseTracks(Shape):
    """The tracks of a case. `silent` are the bodies that said nothing yet, by code."""

    questions: list[GuidedQuestion]
    positions: list[PositionOfBody]
    silent: list[str]
    incidents: list[IncidentOfCase]


class OpinionToWrite(Shape):
    """An answer to a guided question; `version` is that of the answer that it takes the place of."""

    question: Word
    answer: OpinionAnswer
    reasoning: Annotated[Text, Field(min_length=1)]
    evidence: Ids = []
    version: Version | None = None

    def new(self) -> NewOpinion:
        """As the act takes it."""
        return NewOpinion(question=self.question, answer=self.answer, reasoning=self.reasoning, evidence=tuple(self.evidence))


class PositionToWrite(Shape):
    """How a body stands, in its words."""

    agency: Word
    stand: BodyStand
    words: Text = ""


class IncidentToCite(Shape):
    """An incident that the case is about, and why."""

    incident: UUID
    reason: Reason


class DecidedDissent(Shape):
    """A dissent as it stood when it was decided."""

    agency: str
    words: str
    at: datetime


class DecidedOpinion(Shape):
    """An opinion as the decider read it; `anew`: it was answered anew since."""

    question: str
    answer: OpinionAnswer
    reasoning: str
    said_by: str
    said_at: datetime
    anew: bool


class CaseDecision(Shape):
    """A decision. `likelihood` and `confidence` are ids of estimative words, each by itself; `missing` counts what was lacking."""

    id: UUID
    kind: DecisionKind
    body: str
    person: str
    decided_at: datetime
    responsible: str
    likelihood: str
    confidence: str
    grounds: str
    evidence: list[CitedEvidence]
    hypotheses: list[str]
    opinions: list[DecidedOpinion]
    dissents: list[DecidedDissent]
    missing: dict[str, int]
    supersedes: UUID | None
    superseded_by: UUID | None
    written_by: str


class CaseDecisions(Shape):
    """The decisions of a case, the newest first. `late`, `awaited`, `unanswered` and `silent` count what is lacking now."""

    decisions: list[CaseDecision]
    late: int
    awaited: int
    unanswered: int
    silent: int


class DecisionToWrite(Shape):
    """A decision; `supersedes` is the one that stands, null where there is none."""

    kind: DecisionKind
    body: Annotated[Name, Field(min_length=1)]
    person: Annotated[Name, Field(min_length=1)]
    grounds: Annotated[Text, Field(min_length=1)]
    decided_at: datetime | None = None
    responsible: Annotated[Text, Field(max_length=2000)] = ""
    likelihood: Word = ""
    confidence: Word = ""
    evidence: Ids = []
    hypotheses: Annotated[list[Name], Field(max_length=20)] = []
    opinions: Ids = []
    supersedes: UUID | None = None
    reason: Reason

    def new(self) -> NewDecision:
        """As the act takes it."""
        told: dict[str, Any] = {name: getattr(self, name) for name in NewDecision.__dataclass_fields__}
        lists: dict[str, Any] = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
        return NewDecision(**(told | lists))
