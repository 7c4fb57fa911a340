"""Evacuation plans, for programs: read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.wings.continuity import schemas
from sild.wings.continuity.actions import WORKERS
from sild.wings.continuity.reads import PLAN, PlanRow, evacuation_record, list_evacuations
from sild.wings.continuity.routes.mount import router

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


def _summary(one: PlanRow) -> dict[str, Any]:
    return {name: getattr(one, name) for name in schemas.EvacuationSummary.model_fields}
