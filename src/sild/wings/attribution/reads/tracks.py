"""Tracks of a case as its readers see them: guided questions with the answers and the own State's word beside, positions, incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.history_reads import HistoryEntry, history_of
from sild.wings.attribution.models import BodyPosition, Case, CitedIncident, TrackOpinion
from sild.wings.attribution.reads.citing import CitedItem, cited_items
from sild.wings.attribution.reads.procedure import procedure
from sild.wings.attribution.rules import Agency, BodyStand, OpinionAnswer, Track, TrackQuestion, track_questions
from sild.wings.diplomacy.public import TopicRow, topic_rows
from sild.wings.signals.public import IncidentRow, incident_rows

CITED = "attribution.CitedIncident"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRow:
    """What was answered to a question, by whom and when, and what it cites."""

    id: UUID
    version: int
    question: str
    track: Track
    answer: OpinionAnswer
    reasoning: str
    evidence: tuple[CitedItem, ...]
    said_by: str
    said_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """A guided question. `ours` is what the own State said on its topic of law, where it has one; `opinion` None: nobody answered it."""

    asked: TrackQuestion
    ours: TopicRow | None
    opinion: OpinionRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow:
    """How a body stands. `newest`: it said nothing since."""

    id: UUID
    agency: str
    agency_name: str
    stand: BodyStand
    words: str
    said_at: datetime
    written_by: str
    newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedIncidentRow:
    """An incident that the case is about, and why."""

    id: UUID
    version: int
    incident: IncidentRow
    why: str
    cited_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TracksView:
    """The tracks of a case. `silent` are bodies that said nothing yet; `items` what can be cited."""

    case_id: UUID
    questions: tuple[QuestionRow, ...]
    positions: tuple[PositionRow, ...]
    bodies: tuple[Agency, ...]
    silent: tuple[Agency, ...]
    incidents: tuple[CitedIncidentRow, ...]
    items: tuple[CitedItem, ...]
    history: tuple[HistoryEntry, ...]

    @property
    def tracks(self) -> tuple[tuple[Track, tuple[QuestionRow, ...]], ...]:
        """The questions, track by track."""
        return tuple((track, tuple(one for one in self.questions if one.asked.track == track)) for track in Track)

    @property
    def unanswered(self) -> int:
        """How many questions nobody answered."""
        return sum(one.opinion is None for one in self.questions)

    @property
    def dissents(self) -> tuple[PositionRow, ...]:
        """Every dissent that was ever written down; a later word of the same body takes none away."""
        return tuple(one for one in self.positions if one.stand == BodyStand.DISSENT)


@read
def tracks_of(actor: Actor, case_id: UUID) -> TracksView:
    """The tracks of a case. Raises NotThere."""
    case: Case = Case.found(case_id)
    items, told = cited_items(case.id), procedure(actor)
    opinions = {one.question: one for one in TrackOpinion.objects.filter(case_id=case.id)}
    own = {row.topic.id: row for row in topic_rows(actor)}
    positions = _positions(case.id)
    cited = _incidents(actor, case.id)
    spoke = {one.agency for one in positions}
    written = [*(one.id for one in opinions.values()), *(one.id for one in positions), *(one.id for one in cited)]
    return TracksView(
        case_id=case.id,
        questions=tuple(
            QuestionRow(asked=one, ours=own.get(one.topic), opinion=_opinion(opinions.get(one.id), items)) for one in track_questions()
        ),
        positions=positions,
        bodies=told.agencies,
        silent=tuple(one for one in told.agencies if one.code not in spoke),
        incidents=cited,
        items=tuple(items.values()),
        history=history_of(actor, written),
    )


@read
def case_of_cited(actor: Actor, cited_id: UUID) -> UUID:
    """The case that cites an incident. Raises NotThere."""
    one: CitedIncident = CitedIncident.found(cited_id)
    return one.case_id


@read
def cases_about(actor: Actor, incident_id: UUID) -> list[tuple[UUID, str]]:
    """The cases, among those in the reader's compartments, that are about an incident: id and title, the newest first."""
    about = CitedIncident.objects.filter(incident_id=incident_id).values_list("case_id", flat=True)
    return list(Case.objects.filter(id__in=list(about)).order_by("-created_at", "-id").values_list("id", "title"))


@read
def cited_incidents(actor: Actor, case_id: UUID) -> list[UUID]:
    """The incidents that a case is about, in the order in which they were cited; some the reader may not see. Raises NotThere."""
    case: Case = Case.found(case_id)
    return list(CitedIncident.objects.filter(case_id=case.id).order_by("created_at", "id").values_list("incident_id", flat=True))


def _opinion(one: TrackOpinion | None, items: dict[str, CitedItem]) -> OpinionRow | None:
    if one is None:
        return None
    return OpinionRow(
        id=one.id,
        version=one.version,
        question=one.question,
        track=Track(one.track),
        answer=OpinionAnswer(one.answer),
        reasoning=one.reasoning,
        evidence=tuple(items[key] for key in one.evidence if key in items),
        said_by=one.said_by_name,
        said_at=one.said_at,
    )


def _positions(case_id: UUID) -> tuple[PositionRow, ...]:
    """The newest first."""
    rows = list(BodyPosition.objects.filter(case_id=case_id).order_by("said_at", "created_at", "id"))
    last = {one.agency: one.id for one in rows}
    return tuple(
        PositionRow(
            id=one.id,
            agency=one.agency,
            agency_name=one.agency_name,
            stand=BodyStand(one.stand),
            words=one.words,
            said_at=one.said_at,
            written_by=one.written_by_name,
            newest=last[one.agency] == one.id,
        )
        for one in reversed(rows)
    )


def _incidents(actor: Actor, case_id: UUID) -> tuple[CitedIncidentRow, ...]:
    rows = list(CitedIncident.objects.filter(case_id=case_id).order_by("created_at", "id"))
    seen = incident_rows(actor, [one.incident_id for one in rows])
    return tuple(
        CitedIncidentRow(id=one.id, version=one.version, incident=seen[one.incident_id], why=one.why, cited_by=one.cited_by_name)
        for one in rows
        if one.incident_id in seen
    )
