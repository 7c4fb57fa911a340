"""Verbs on tracks: answer a guided question, write down how a body stands, cite an incident and cite it no more."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere, Refused
from sild.wings.attribution.actions.cases import WORKERS
from sild.wings.attribution.models import BodyPosition, CitedIncident, TrackOpinion
from sild.wings.attribution.reads.citing import standing_evidence
from sild.wings.attribution.reads.procedure import procedure
from sild.wings.attribution.reads.standing import closed_as, open_one, reason_given
from sild.wings.attribution.rules import LONGEST_WORDS, MOST_CITED, MOST_POSITIONS, BodyStand, OpinionAnswer, track_question
from sild.wings.signals.public import incident_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOpinion:
    """An answer to a guided question, why, and on which items of evidence."""

    question: str
    answer: OpinionAnswer
    reasoning: str
    evidence: tuple[UUID, ...] = ()


@action("attribution.answer-question", roles=WORKERS)
def answer_question(actor: Actor, case_id: UUID, new: NewOpinion, *, version: int | None = None, reason: str = "") -> UUID:
    """Answer a guided question, or anew what was answered at `version`. Returns the opinion's id. Raises NotThere, Stale, Refused."""
    case, asked = open_one(case_id), track_question(new.question)
    if asked is None:
        raise Refused(_("There is no such question. Choose one of the track's own."))
    if not new.reasoning.strip():
        raise Refused(_("Say how it was reasoned, or why the question does not arise."))
    cited = standing_evidence(case, new.evidence)
    found = TrackOpinion.objects.filter(case_id=case.id, question=asked.id).first()
    if found is not None and found.version != version:
        raise found.stale()
    one = found or TrackOpinion(case_id=case.id, track=asked.track, question=asked.id, **closed_as(case))
    one.answer, one.reasoning, one.evidence = new.answer, new.reasoning.strip()[:LONGEST_WORDS], cited
    one.said_by_name, one.said_at = actor.name, clock.now()
    one.save()
    return one.id


@action("attribution.state-position", roles=WORKERS, recalled=True)
def state_position(actor: Actor, case_id: UUID, agency: str, stand: BodyStand, words: str = "", *, reason: str = "") -> UUID:
    """Write down how a body stands to a case; returns its id. A later word of the body stands beside it. Raises NotThere, Refused."""
    case, body = open_one(case_id), procedure(actor).agency(agency)
    if body is None:
        raise Refused(_("The procedure has no such body. Choose from its own, or have the mechanism's file changed."))
    if stand in (BodyStand.DISSENT, BodyStand.RESERVATION) and not words.strip():
        raise Refused(_("A dissent or a reservation is kept in the body's words: write them down."))
    if BodyPosition.objects.filter(case_id=case.id).count() >= MOST_POSITIONS:
        raise Refused(_("The case has {most} positions, the most there are.").format(most=MOST_POSITIONS))
    one = BodyPosition(
        case_id=case.id,
        agency=body.code,
        agency_name=body.name,
        stand=stand,
        words=words.strip()[:LONGEST_WORDS],
        said_at=clock.now(),
        written_by_name=actor.name,
        **closed_as(case),
    )
    one.save()
    return one.id


@action("attribution.cite-incident", roles=WORKERS)
def cite_incident(actor: Actor, case_id: UUID, incident_id: UUID, *, reason: str) -> UUID:
    """Say that a case is about an incident that the actor sees. Returns the citing's id. Raises NotThere, Refused."""
    case = open_one(case_id)
    incident = incident_rows(actor, [incident_id]).get(incident_id)
    if incident is None:
        raise NotThere(_("There is no such incident."))
    cited = CitedIncident.objects.filter(case_id=case.id)
    if cited.filter(incident_id=incident_id).exists():
        raise Refused(_("The case is about this incident already."))
    if cited.count() >= MOST_CITED:
        raise Refused(_("The case cites {most} incidents, the most there are.").format(most=MOST_CITED))
    closed = closed_as(case) | {"marking": max(case.marking, incident.marking)}
    one = CitedIncident(case_id=case.id, incident_id=incident_id, why=reason_given(reason), cited_by_name=actor.name, **closed)
    one.save()
    return one.id


@action("attribution.uncite-incident", roles=WORKERS)
def uncite_incident(actor: Actor, cited_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Say that a case is not about an incident after all. Raises NotThere, Stale, Refused."""
    one: CitedIncident = CitedIncident.found(cited_id, version=version)
    open_one(one.case_id)
    reason_given(reason)
    one.delete()
