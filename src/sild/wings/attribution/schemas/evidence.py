"""Evidence and its sources as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from sild.cores.attribution.weighing import Aspect, ItemGrade, SourceGrade
from sild.kernel.shapes import Name, Reason, Shape, Text, Version
from sild.wings.attribution.actions import NewEvidence, NewSource
from sild.wings.attribution.rules import EvidenceAudience


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
