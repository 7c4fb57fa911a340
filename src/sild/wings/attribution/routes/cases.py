"""Attribution for programs: cases, their procedure, and what bodies owe to them."""

from __future__ import annotations

from uuid import UUID

from ninja import Query

from sild.kernel.actor import Actor
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made
from sild.wings.attribution import schemas
from sild.wings.attribution.actions import (
    OPENERS,
    WORKERS,
    CaseOpening,
    ask_input,
    deliver_input,
    end_case,
    move_case,
    reopen_case,
    waive_input,
)
from sild.wings.attribution.reads import case_record, list_cases, procedure
from sild.wings.attribution.routes.mount import router

CASE = {"case": "attribution.Case"}
INPUT = {"owed": "attribution.AgencyInput"}


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
