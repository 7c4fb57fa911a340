"""Hypotheses for programs: the matrix with what is made of it, hypotheses, ratings."""

from __future__ import annotations

from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made
from sild.wings.attribution import schemas
from sild.wings.attribution.actions import (
    WORKERS,
    propose_hypothesis,
    rate_evidence,
    restore_hypothesis,
    withdraw_hypothesis,
    word_hypothesis,
)
from sild.wings.attribution.reads import CASE, EVIDENCE, HYPOTHESIS, weighing_of
from sild.wings.attribution.routes.mount import router

ONE = {"hypothesis": HYPOTHESIS}


@route(router, "get", "/attribution-cases/{case}/weighing", roles=WORKERS, answer=schemas.CaseWeighing, subjects={"case": CASE})
def read_case_weighing(actor: Actor, case: UUID) -> schemas.CaseWeighing:
    """The hypotheses of a case against its evidence."""
    found = weighing_of(actor, case)
    return schemas.CaseWeighing(
        outcome=found.outcome,
        leaders=list(found.leaders),
        hypotheses=[
            schemas.WeighedHypothesis(**{name: getattr(one, name) for name in schemas.WeighedHypothesis.model_fields})
            for one in found.order
        ],
        items=[
            schemas.MatrixItem(
                evidence=row.evidence.id,
                title=row.evidence.title,
                weight=row.weight,
                diagnosticity=row.diagnosticity,
                cells=[
                    schemas.MatrixCell(
                        hypothesis=cell.hypothesis,
                        rating=cell.rating,
                        torn=cell.torn,
                        said=[schemas.RaterWord(by=one.by, rating=one.rating, why=one.why) for one in cell.said],
                    )
                    for cell in row.cells
                ],
            )
            for row in found.rows
        ],
        unrated=found.unrated,
        torn=found.torn,
        rests_on=[schemas.SensitiveTo(name=one.name, whole_source=one.whole_source, leaders=list(one.leaders)) for one in found.rests_on],
        open_to_judgement=found.open_to_judgement,
        breadth=[schemas.AspectBreadth(aspect=one.aspect, items=one.items, telling=one.telling) for one in found.breadth],
        faults=list(found.faults),
    )


@route(router, "post", "/attribution-cases/{case}/hypotheses", roles=WORKERS, answer=Made, subjects={"case": CASE})
def propose_case_hypothesis(actor: Actor, case: UUID, new: schemas.HypothesisToPropose) -> Made:
    """Put a hypothesis beside the others."""
    return Made(id=propose_hypothesis(actor, case, new.words, new.stance))


@route(router, "put", "/hypotheses/{hypothesis}/words", roles=WORKERS, answer=None, status=204, subjects=ONE)
def word_case_hypothesis(actor: Actor, hypothesis: UUID, told: schemas.HypothesisWords) -> None:
    """Word a hypothesis anew."""
    word_hypothesis(actor, hypothesis, told.words, version=told.version, reason=told.reason)


@route(router, "post", "/hypotheses/{hypothesis}/withdrawal", roles=WORKERS, answer=None, status=204, subjects=ONE)
def withdraw_case_hypothesis(actor: Actor, hypothesis: UUID, told: schemas.CaseWord) -> None:
    """Weigh a hypothesis no more."""
    withdraw_hypothesis(actor, hypothesis, version=told.version, reason=told.reason)


@route(router, "post", "/hypotheses/{hypothesis}/restoring", roles=WORKERS, answer=None, status=204, subjects=ONE)
def restore_case_hypothesis(actor: Actor, hypothesis: UUID, told: schemas.CaseWord) -> None:
    """Weigh a hypothesis again."""
    restore_hypothesis(actor, hypothesis, version=told.version, reason=told.reason)


@route(router, "put", "/evidence-items/{evidence}/ratings", roles=WORKERS, answer=None, status=204, subjects={"evidence": EVIDENCE})
def rate_evidence_item(actor: Actor, evidence: UUID, told: schemas.EvidenceRatings) -> None:
    """Say how an item goes with hypotheses; your earlier word on the same ones is replaced."""
    rate_evidence(actor, evidence, {one.hypothesis: one.rating for one in told.ratings}, reason=told.reason)
