"""Tracks and decisions for programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made
from sild.wings.attribution.actions import (
    OPENERS,
    WORKERS,
    answer_question,
    cite_incident,
    record_decision,
    state_position,
    uncite_incident,
)
from sild.wings.attribution.reads import DecisionRow, decisions_of, tracks_of
from sild.wings.attribution.reads.tracks import QuestionRow
from sild.wings.attribution.routes.mount import router
from sild.wings.attribution.schemas import cases as words
from sild.wings.attribution.schemas import tracks as schemas

CASE = {"case": "attribution.Case"}
CITED = {"cited": "attribution.CitedIncident"}


@route(router, "get", "/attribution-cases/{case}/tracks", roles=WORKERS, answer=schemas.CaseTracks, subjects=CASE)
def read_case_tracks(actor: Actor, case: UUID) -> schemas.CaseTracks:
    """The tracks of a case: guided questions with their answers, positions of bodies, incidents."""
    found = tracks_of(actor, case)
    return schemas.CaseTracks(
        questions=[_question(one) for one in found.questions],
        positions=[schemas.PositionOfBody.model_validate(one) for one in found.positions],
        silent=[one.code for one in found.silent],
        incidents=[
            schemas.IncidentOfCase(
                id=one.id,
                version=one.version,
                incident=one.incident.id,
                title=one.incident.title,
                why=one.why,
                cited_by=one.cited_by,
            )
            for one in found.incidents
        ],
    )


def _question(row: QuestionRow) -> schemas.GuidedQuestion:
    asked, ours, said = row.asked, row.ours.ours if row.ours is not None else None, row.opinion
    alike = ("id", "version", "answer", "reasoning", "said_by", "said_at")
    return schemas.GuidedQuestion(
        **{name: getattr(asked, name) for name in ("id", "track", "text", "topic", "as_of", "from_memory", "own")},
        sources=list(asked.sources),
        ours=ours.said if ours is not None else "",
        ours_in=ours.document if ours is not None else "",
        ours_year=ours.year if ours is not None else None,
        opinion=schemas.GuidedOpinion(
            **{name: getattr(said, name) for name in alike},
            evidence=[schemas.CitedEvidence.model_validate(one) for one in said.evidence],
        )
        if said is not None
        else None,
    )


@route(router, "post", "/attribution-cases/{case}/opinions", roles=WORKERS, answer=Made, subjects=CASE)
def answer_guided_question(actor: Actor, case: UUID, told: schemas.OpinionToWrite) -> Made:
    """Answer a guided question, or anew what was answered."""
    return Made(id=answer_question(actor, case, told.new(), version=told.version))


@route(router, "post", "/attribution-cases/{case}/positions", roles=WORKERS, answer=Made, subjects=CASE)
def state_body_position(actor: Actor, case: UUID, told: schemas.PositionToWrite) -> Made:
    """Write down how a body stands to a case. It stays on record."""
    return Made(id=state_position(actor, case, told.agency, told.stand, told.words))


@route(router, "post", "/attribution-cases/{case}/incidents", roles=WORKERS, answer=Made, subjects=CASE)
def cite_case_incident(actor: Actor, case: UUID, told: schemas.IncidentToCite) -> Made:
    """Say that a case is about an incident."""
    return Made(id=cite_incident(actor, case, told.incident, reason=told.reason))


@route(router, "post", "/cited-incidents/{cited}/removal", roles=WORKERS, answer=None, status=204, subjects=CITED)
def uncite_case_incident(actor: Actor, cited: UUID, told: words.CaseWord) -> None:
    """Say that a case is not about an incident after all."""
    uncite_incident(actor, cited, version=told.version, reason=told.reason)


@route(router, "get", "/attribution-cases/{case}/decisions", roles=WORKERS, answer=schemas.CaseDecisions, subjects=CASE)
def read_case_decisions(actor: Actor, case: UUID) -> schemas.CaseDecisions:
    """The decisions of a case, the newest first, and in numbers what is lacking now."""
    found = decisions_of(actor, case)
    return schemas.CaseDecisions(decisions=[_decision(one) for one in found.rows], **found.lacking.counted)


def _decision(row: DecisionRow) -> schemas.CaseDecision:
    parts: dict[str, Any] = {
        "likelihood": row.likelihood.id if row.likelihood is not None else "",
        "confidence": row.confidence.id if row.confidence is not None else "",
        "evidence": [schemas.CitedEvidence.model_validate(one) for one in row.evidence],
        "hypotheses": list(row.hypotheses),
        "opinions": [schemas.DecidedOpinion.model_validate(one) for one in row.opinions],
        "dissents": [schemas.DecidedDissent.model_validate(one) for one in row.dissents],
        "missing": dict(row.missing),
    }
    return schemas.CaseDecision(**{name: getattr(row, name) for name in schemas.CaseDecision.model_fields if name not in parts}, **parts)


@route(router, "post", "/attribution-cases/{case}/decisions", roles=OPENERS, answer=Made, subjects=CASE)
def write_case_decision(actor: Actor, case: UUID, told: schemas.DecisionToWrite) -> Made:
    """Write down a decision. It is never changed; a later one takes its place."""
    return Made(id=record_decision(actor, case, told.new(), supersedes=told.supersedes, reason=told.reason))
