"""Evacuation plans, for programs: asked for, read, planned anew, adopted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sild.cores.evacuation import Disruption
from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made
from sild.wings.continuity import schemas
from sild.wings.continuity.actions import WORKERS, adopt_evacuation, ask_evacuation, ask_evacuation_again, end_evacuation_search
from sild.wings.continuity.reads import PLAN, PlanRow, evacuation_record, list_evacuations
from sild.wings.continuity.routes.mount import router
from sild.wings.continuity.rules import Circumstances
from sild.wings.continuity.schemas import evacuation as sent

ONE = {"plan": PLAN}


@route(router, "get", "/evacuations", roles=WORKERS, answer=schemas.EvacuationList)
def read_evacuations(actor: Actor) -> schemas.EvacuationList:
    """The evacuation plans that you see, those that lose least first."""
    return schemas.EvacuationList(plans=[schemas.EvacuationSummary(**_summary(one)) for one in list_evacuations(actor)])


@route(router, "get", "/evacuations/{plan}", roles=WORKERS, answer=schemas.EvacuationWhole, subjects=ONE)
def read_evacuation(actor: Actor, plan: UUID) -> schemas.EvacuationWhole:
    """A plan with the fate of each system and its reasons."""
    record = evacuation_record(actor, plan)
    fates = [{name: getattr(one, name) for name in schemas.EvacuationFate.model_fields} for one in record.fates]
    return schemas.EvacuationWhole(
        **_summary(record.row),
        after=record.after,
        path=list(record.path),
        changed=list(record.changed),
        supposed=list(record.supposed),
        faults=list(record.faults),
        fates=[schemas.EvacuationFate(**one) for one in fates],
    )


@route(router, "post", "/evacuations", roles=WORKERS, answer=Made)
def ask_evacuation_plan(actor: Actor, told: sent.EvacuationToAsk) -> Made:
    """Ask for a plan over your inventory and hosts as they stand; it is worked out behind."""
    supposed = Circumstances(**told.model_dump(exclude={"name", "reason"}))
    return Made(id=ask_evacuation(actor, told.name, supposed, reason=told.reason))


@route(router, "post", "/evacuations/{plan}/again", roles=WORKERS, answer=Made, subjects=ONE)
def ask_evacuation_plan_again(actor: Actor, plan: UUID, told: sent.EvacuationToAskAgain) -> Made:
    """Ask for a plan from the hour of a disruption on."""
    happened = Disruption(
        hour=told.hour,
        lines_cut=tuple(told.lines_cut),
        hosts_gone=tuple(told.hosts_gone),
        people_lost=tuple((one.crew, one.people) for one in told.missing),
        refused=tuple(told.refused),
        keep_under_way=not told.anew,
    )
    return Made(id=ask_evacuation_again(actor, plan, happened, reason=told.reason))


@route(router, "post", "/evacuations/{plan}/end-search", roles=WORKERS, answer=None, status=204, subjects=ONE)
def end_evacuation_plan_search(actor: Actor, plan: UUID) -> None:
    """Let the search end with the best plan so far."""
    end_evacuation_search(actor, plan)


@route(router, "post", "/evacuations/{plan}/adoption", roles=WORKERS, answer=None, status=204, subjects=ONE)
def adopt_evacuation_plan(actor: Actor, plan: UUID, told: sent.EvacuationToAdopt) -> None:
    """Adopt a plan, which until then is a proposal."""
    adopt_evacuation(actor, plan, version=told.version, reason=told.reason)


def _summary(one: PlanRow) -> dict[str, Any]:
    return {name: getattr(one, name) for name in schemas.EvacuationSummary.model_fields}
