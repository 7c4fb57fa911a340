"""Evidence for programs: items, sources, seals."""

from __future__ import annotations

from uuid import UUID

from ninja import Query

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made
from sild.wings.attribution import schemas
from sild.wings.attribution.actions import (
    WORKERS,
    SourceSealing,
    enter_evidence,
    name_source,
    restore_evidence,
    reveal_source,
    show_evidence,
    withdraw_evidence,
)
from sild.wings.attribution.reads import evidence_for, evidence_of
from sild.wings.attribution.routes.mount import router

CASE = {"case": "attribution.Case"}
ITEM = {"evidence": "attribution.Evidence"}
SOURCE = {"source": "attribution.EvidenceSource"}


@route(router, "get", "/attribution-cases/{case}/evidence", roles=WORKERS, answer=schemas.CaseEvidence, subjects=CASE)
def read_case_evidence(actor: Actor, case: UUID, wanted: Query[schemas.WantedEvidence]) -> schemas.CaseEvidence:
    """The evidence of a case, or what an audience may be shown of it."""
    found = evidence_for(actor, case, wanted.audience) if wanted.audience else evidence_of(actor, case)
    rows = []
    for row in found.rows:
        told = {name: getattr(row, name) for name in schemas.EvidenceItem.model_fields if name != "custody"}
        rows.append(schemas.EvidenceItem(**told, custody=[schemas.CustodyLink.model_validate(link) for link in row.custody]))
    sources = [
        schemas.EvidenceSourceRow(**{name: getattr(one, name) for name in schemas.EvidenceSourceRow.model_fields}) for one in found.sources
    ]
    return schemas.CaseEvidence(rows=rows, sources=sources, counting=found.counting, voices=found.voices)


@route(router, "post", "/attribution-cases/{case}/sources", roles=WORKERS, answer=Made, subjects=CASE)
def name_evidence_source(actor: Actor, case: UUID, new: schemas.SourceToName) -> Made:
    """Name a source, or one under a seal."""
    if new.identity:
        return Made(id=SourceSealing(actor, new.named).run(case, new.new(), new.identity, reason=new.reason))
    return Made(id=name_source(actor, case, new.new(), reason=new.reason))


@route(router, "post", "/evidence-sources/{source}/looks", roles=WORKERS, answer=schemas.BehindSeal, subjects=SOURCE)
def look_behind_seal(actor: Actor, source: UUID, told: schemas.SealReason) -> schemas.BehindSeal:
    """Who a sealed source is, for those named in its seal; the reason is kept and stands in the ledger."""
    return schemas.BehindSeal(identity=reveal_source(actor, source, reason=told.reason))


@route(router, "post", "/attribution-cases/{case}/evidence", roles=WORKERS, answer=Made, subjects=CASE)
def enter_evidence_item(actor: Actor, case: UUID, new: schemas.EvidenceToEnter) -> Made:
    """Enter an item of evidence."""
    return Made(id=enter_evidence(actor, case, new.new()))


@route(router, "put", "/evidence-items/{evidence}/audiences", roles=WORKERS, answer=None, status=204, subjects=ITEM)
def show_evidence_item(actor: Actor, evidence: UUID, told: schemas.EvidenceAudiences) -> None:
    """Say who may be shown an item."""
    show_evidence(actor, evidence, told.shown_to, version=told.version, reason=told.reason)


@route(router, "post", "/evidence-items/{evidence}/withdrawal", roles=WORKERS, answer=None, status=204, subjects=ITEM)
def withdraw_evidence_item(actor: Actor, evidence: UUID, told: schemas.CaseWord) -> None:
    """Take an item back."""
    withdraw_evidence(actor, evidence, version=told.version, reason=told.reason)


@route(router, "post", "/evidence-items/{evidence}/restoring", roles=WORKERS, answer=None, status=204, subjects=ITEM)
def restore_evidence_item(actor: Actor, evidence: UUID, told: schemas.CaseWord) -> None:
    """Let an item count again."""
    restore_evidence(actor, evidence, version=told.version, reason=told.reason)
