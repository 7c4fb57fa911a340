"""Decisions of a case as its readers see them, and what is lacking before one is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.history_reads import HistoryEntry, history_of
from sild.wings.attribution.models import Case, Decision
from sild.wings.attribution.reads.cases import InputRow, case_record
from sild.wings.attribution.reads.citing import CitedItem, cited_items
from sild.wings.attribution.reads.tracks import OpinionRow, TracksView, tracks_of
from sild.wings.attribution.rules import DecisionKind, Fact, InputState, OpinionAnswer, confidence_words, likelihood_words, track_question


@dataclass(frozen=True, slots=True, kw_only=True)
class DissentRow:
    """A dissent as it stood when it was decided, in the words of the body."""

    agency: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedOpinion:
    """An opinion as the decider read it. `anew`: it was answered anew, or taken away, since."""

    question: str
    answer: OpinionAnswer
    reasoning: str
    said_by: str
    said_at: datetime
    anew: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision. `evidence` says what was taken back since; `superseded_by` is the later one that took its place.

    `likelihood` and `confidence` are words with their source, each by itself; None where none was said.
    """

    id: UUID
    version: int
    kind: DecisionKind
    body: str
    person: str
    decided_at: datetime
    responsible: str
    likelihood: Fact | None
    confidence: Fact | None
    grounds: str
    evidence: tuple[CitedItem, ...]
    hypotheses: tuple[str, ...]
    opinions: tuple[CitedOpinion, ...]
    dissents: tuple[DissentRow, ...]
    missing: Mapping[str, int]
    supersedes: UUID | None
    superseded_by: UUID | None
    written_by: str

    @property
    def withdrawn(self) -> tuple[CitedItem, ...]:
        """What it rests on and was taken back since."""
        return tuple(one for one in self.evidence if one.withdrawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """What is lacking before a decision: it forbids nothing, and is kept with the decision in numbers."""

    late: tuple[InputRow, ...]
    awaited: tuple[InputRow, ...]
    tracks: TracksView

    @property
    def counted(self) -> dict[str, int]:
        """In numbers, as a decision keeps it."""
        return {
            "late": len(self.late),
            "awaited": len(self.awaited),
            "unanswered": self.tracks.unanswered,
            "silent": len(self.tracks.silent),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsView:
    """The decisions of a case, the newest first, and what is lacking now."""

    case_id: UUID
    rows: tuple[DecisionRow, ...]
    lacking: Lacking
    history: tuple[HistoryEntry, ...]

    @property
    def current(self) -> DecisionRow | None:
        """The one that stands; None where nothing was decided."""
        return next((one for one in self.rows if one.superseded_by is None), None)


@read
def decisions_of(actor: Actor, case_id: UUID) -> DecisionsView:
    """All decisions of a case. Raises NotThere."""
    case: Case = Case.found(case_id)
    rows = list(Decision.objects.filter(case_id=case.id).order_by("-created_at", "-id"))
    after = {one.supersedes: one.id for one in rows if one.supersedes is not None}
    what = lacking(actor, case.id)
    items = cited_items(case.id)
    opinions = {str(one.opinion.id): one.opinion for one in what.tracks.questions if one.opinion is not None}
    return DecisionsView(
        case_id=case.id,
        rows=tuple(_row(one, items, opinions, after.get(one.id)) for one in rows),
        lacking=what,
        history=history_of(actor, [one.id for one in rows]),
    )


@read
def lacking(actor: Actor, case_id: UUID) -> Lacking:
    """What is lacking before a decision on a case. Raises NotThere."""
    inputs = case_record(actor, case_id).inputs
    return Lacking(
        late=tuple(one for one in inputs if one.state == InputState.LATE),
        awaited=tuple(one for one in inputs if one.state == InputState.WAITING),
        tracks=tracks_of(actor, case_id),
    )


def _row(one: Decision, items: Mapping[str, CitedItem], opinions: Mapping[str, OpinionRow], after: UUID | None) -> DecisionRow:
    return DecisionRow(
        id=one.id,
        version=one.version,
        kind=DecisionKind(one.kind),
        body=one.body,
        person=one.person,
        decided_at=one.decided_at,
        responsible=one.responsible,
        likelihood=next((word for word in likelihood_words() if word.id == one.likelihood), None),
        confidence=next((word for word in confidence_words() if word.id == one.confidence), None),
        grounds=one.grounds,
        evidence=tuple(items[key] for key in one.evidence if key in items),
        hypotheses=tuple(one.hypotheses),
        opinions=tuple(_cited(row, opinions.get(row["id"])) for row in one.opinions),
        dissents=tuple(DissentRow(agency=row["agency"], words=row["words"], at=datetime.fromisoformat(row["at"])) for row in one.dissents),
        missing=dict(one.missing),
        supersedes=one.supersedes,
        superseded_by=after,
        written_by=one.written_by_name,
    )


def _cited(told: Mapping[str, str], now: OpinionRow | None) -> CitedOpinion:
    asked, at = track_question(told["question"]), datetime.fromisoformat(told["at"])
    return CitedOpinion(
        question=asked.called(get_language() or "en") if asked is not None else told["question"],
        answer=OpinionAnswer(told["answer"]),
        reasoning=told["reasoning"],
        said_by=told["by"],
        said_at=at,
        anew=now is None or now.said_at != at,
    )
