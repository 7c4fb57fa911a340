"""Drafts of statements as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from sild.kernel.shapes import Name, Reason, Shape, Text, Tlp
from sild.values.marking import Marking
from sild.wings.attribution.actions import NewStatement, SentenceWords
from sild.wings.attribution.rules import EvidenceAudience
from sild.wings.attribution.rules.linting import SentenceKind
from sild.wings.attribution.rules.statement import StatementState
from sild.wings.attribution.schemas.statements import Key, Language, SentenceIn, StatementFinding
from sild.wings.attribution.schemas.tracks import CitedEvidence

Number = Annotated[int, Field(ge=0, le=1_000_000)]
Said = Annotated[Text, Field(max_length=2000)]


class CaseStatement(Shape):
    """A statement of a case. `approvals` stand on its newest version; `said_at` null: it was not said."""

    id: UUID
    version: int
    title: str
    audience: EvidenceAudience
    source: str
    languages: list[str]
    speaker: str
    country: str
    newest: int
    state: StatementState
    approvals: int
    drafted_by: str
    said_at: datetime | None
    said_where: str
    said_by: str
    said_why: str
    dropped_why: str


class CaseStatements(Shape):
    """The statements of a case, the newest first."""

    statements: list[CaseStatement]


class SentenceKept(Shape):
    """A sentence of a version, with what was found in it. `hidden`: items that it is bound to and its audience may not see."""

    key: UUID
    kind: SentenceKind
    text: list[SentenceIn]
    marking: Tlp
    norm: str
    older: list[str]
    evidence: list[CitedEvidence]
    hidden: list[UUID]
    findings: list[StatementFinding]


class VersionKept(Shape):
    """A version in the list of versions."""

    number: int
    written_by: str
    written_at: datetime
    why: str
    restores: int | None
    sentences: int
    digest: str


class ApprovalGiven(Shape):
    """Who approved which version."""

    id: UUID
    version: int
    number: int
    by: str
    at: datetime
    although: str
    withdrawn: bool
    withdrawn_why: str


class WholeStatement(Shape):
    """A statement with one of its versions (`shown`). `stops` of the findings would stop it; `waits`: T-hour of a round that is to come;
    `prints`: its words may leave, since none tells its audience what that may not know."""

    statement: CaseStatement
    shown: int
    digest: str
    sentences: list[SentenceKept]
    whole: list[StatementFinding]
    stops: int
    versions: list[VersionKept]
    approvals: list[ApprovalGiven]
    waits: datetime | None
    prints: bool


class WantedVersion(Shape):
    """Which version; null for the newest."""

    number: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class StatementToDraft(Shape):
    """What is to be said: to whom, by whom; `source` is the language that it is written in first, `country` the code of the one
    spoken of."""

    title: Annotated[Name, Field(min_length=1)]
    audience: EvidenceAudience
    source: Language
    languages: Annotated[list[Language], Field(max_length=10)] = []
    speaker: Name = ""
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""
    reason: Said = ""

    def new(self) -> NewStatement:
        """As the act takes it."""
        return NewStatement(
            **{name: getattr(self, name) for name in ("title", "audience", "source", "speaker", "country")}, languages=tuple(self.languages)
        )


class SentenceToKeep(Shape):
    """A sentence in its languages. `key` names the sentence of the version before that it takes the place of, null for a new one."""

    kind: SentenceKind
    text: Annotated[list[SentenceIn], Field(min_length=1, max_length=10)]
    marking: Tlp = "TLP:CLEAR"
    evidence: Annotated[list[UUID], Field(max_length=50)] = []
    norm: Key = ""
    key: UUID | None = None

    def written(self) -> SentenceWords:
        """As the act takes it."""
        return SentenceWords(
            kind=self.kind,
            text={one.language: one.words for one in self.text},
            marking=Marking.parse(self.marking),
            evidence=tuple(self.evidence),
            norm=self.norm,
            key=self.key,
        )


class VersionToKeep(Shape):
    """The sentences of the next version; `after` is the newest one that the writer read, 0 for none."""

    sentences: Annotated[list[SentenceToKeep], Field(min_length=1, max_length=100)]
    after: Number
    reason: Said = ""


class VersionToRestore(Shape):
    """Which version is to be the newest again; `after` is the newest one that was read."""

    number: Annotated[int, Field(ge=1, le=1_000_000)]
    after: Number
    reason: Said = ""


class VersionMade(Shape):
    """The number of the version that was made."""

    number: int


class ApprovalToGive(Shape):
    """Which version is approved, by the digest of the words that were read. `although`: an officer's reason where something stops it."""

    number: Annotated[int, Field(ge=1, le=1_000_000)]
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    although: Said = ""
    reason: Said = ""


class StatementSaid(Shape):
    """That a version was said, and where it can be read; `public` keeps it among what was said in public, outside the case's room."""

    number: Annotated[int, Field(ge=1, le=1_000_000)]
    where: Annotated[Text, Field(max_length=500)] = ""
    public: bool = False
    reason: Reason
