"""Attribution for programs: cases, their procedure, and what bodies owe to them."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import Actor
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made
from sild.wings.attribution import schemas
from sild.wings.attribution.actions import (
    OPENERS,
    WORKERS,
    CaseOpening,
    SourceSealing,
    ask_input,
    deliver_input,
    end_case,
    enter_evidence,
    move_case,
    name_source,
    reopen_case,
    restore_evidence,
    reveal_source,
    show_evidence,
    waive_input,
    withdraw_evidence,
)
from sild.wings.attribution.reads import case_record, evidence_for, evidence_of, list_cases, procedure

router = Router(tags=["attribution"])

CASE = {"case": "attribution.Case"}
INPUT = {"owed": "attribution.AgencyInput"}
ITEM = {"evidence": "attribution.Evidence"}
SOURCE = {"source": "attribution.EvidenceSource"}


def _case(row: object) -> schemas.AttributionCase:
    return schemas.AttributionCase.model_validate({name: getattr(row, name) for name in schemas.AttributionCase.model_fields})


@route(router, "get", "/attribution-cases", roles=WORKERS, answer=Listed[schemas.AttributionCase])
def list_attribution_cases(actor: Actor, wanted: Query[schemas.WantedAttributionCases]) -> Cut:
    """The cases in compartments that you are in, the newest first."""
    found, after = list_cases(actor, state=wanted.state, after=wanted.key, limit=wanted.limit)
    return Cut(items=[_case(row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/attribution-procedure", roles=WORKERS, answer=schemas.AttributionProcedure)
def read_attribution_procedure(actor: Actor) -> schemas.AttributionProcedure:
    """The national procedure: stages, and bodies with where that is known from."""
    return schemas.AttributionProcedure.model_validate(procedure(actor))


@route(router, "get", "/attribution-cases/{case}", roles=WORKERS, answer=schemas.WholeAttributionCase, subjects=CASE)
def read_attribution_case(actor: Actor, case: UUID) -> schemas.WholeAttributionCase:
    """A case with its readers and with what bodies owe to it."""
    seen = case_record(actor, case)
    return schemas.WholeAttributionCase(
        case=_case(seen.row),
        summary=seen.summary,
        ended_why=seen.ended_why,
        compartment=seen.room,
        readers=list(seen.readers),
        inputs=[
            schemas.CaseInput.model_validate({name: getattr(one, name) for name in schemas.CaseInput.model_fields}) for one in seen.inputs
        ],
    )


@route(router, "post", "/attribution-cases", roles=OPENERS, answer=Made)
def open_attribution_case(actor: Actor, new: schemas.AttributionCaseToOpen) -> Made:
    """Open a case in a compartment of its own, for the seats that you name."""
    return Made(id=CaseOpening(actor, new.readers).run(new.new(), reason=new.reason))


@route(router, "put", "/attribution-cases/{case}/stage", roles=WORKERS, answer=None, status=204, subjects=CASE)
def move_attribution_case(actor: Actor, case: UUID, told: schemas.StageMove) -> None:
    """Move a case to another stage of the procedure."""
    move_case(actor, case, told.stage, version=told.version, reason=told.reason)


@route(router, "post", "/attribution-cases/{case}/end", roles=OPENERS, answer=None, status=204, subjects=CASE)
def end_attribution_case(actor: Actor, case: UUID, told: schemas.CaseEnd) -> None:
    """Close a case, or write down that it is not pursued, and why."""
    end_case(actor, case, told.state, version=told.version, reason=told.reason)


@route(router, "post", "/attribution-cases/{case}/reopening", roles=OPENERS, answer=None, status=204, subjects=CASE)
def reopen_attribution_case(actor: Actor, case: UUID, told: schemas.CaseWord) -> None:
    """Take a case up again."""
    reopen_case(actor, case, version=told.version, reason=told.reason)


@route(router, "post", "/attribution-cases/{case}/inputs", roles=WORKERS, answer=Made, subjects=CASE)
def ask_agency_input(actor: Actor, case: UUID, new: schemas.InputToAsk) -> Made:
    """Ask a body for something."""
    return Made(id=ask_input(actor, case, new.new()))


@route(router, "put", "/attribution-inputs/{owed}/delivery", roles=WORKERS, answer=None, status=204, subjects=INPUT)
def deliver_agency_input(actor: Actor, owed: UUID, told: schemas.InputDelivery) -> None:
    """Write down what a body delivered."""
    deliver_input(actor, owed, told.text, version=told.version)


@route(router, "post", "/attribution-inputs/{owed}/waiver", roles=WORKERS, answer=None, status=204, subjects=INPUT)
def waive_agency_input(actor: Actor, owed: UUID, told: schemas.CaseWord) -> None:
    """Ask for it no more."""
    waive_input(actor, owed, version=told.version, reason=told.reason)


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
