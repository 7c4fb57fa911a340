"""Lights-out drills, for programs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made
from sild.wings.continuity import schemas
from sild.wings.continuity.actions import WORKERS, Drill, drill_lights_out, say_lesson
from sild.wings.continuity.reads import DRILL, Drilled, drill_record, list_drills
from sild.wings.continuity.routes.mount import router

ONE = {"drill": DRILL}


@route(router, "get", "/lights-out", roles=WORKERS, answer=schemas.DrillList)
def read_drills(actor: Actor) -> schemas.DrillList:
    """The drills that you see, the newest first."""
    return schemas.DrillList(drills=[schemas.DrillSummary(**_summary(one)) for one in list_drills(actor)])


@route(router, "get", "/lights-out/{drill}", roles=WORKERS, answer=schemas.DrillWhole, subjects=ONE)
def read_drill(actor: Actor, drill: UUID) -> schemas.DrillWhole:
    """A drill with what became of each service."""
    one = drill_record(actor, drill)
    return schemas.DrillWhole(
        **_summary(one),
        gone={loss: list(names) for loss, names in one.gone},
        vendor_hours=one.vendor_hours,
        crew_hours=one.crew_hours,
        fates=[_fate(row) for row in one.rows],
    )


@route(router, "post", "/lights-out", roles=WORKERS, answer=Made)
def do_drill(actor: Actor, told: schemas.DrillToDo) -> Made:
    """Do a drill over the inventory as it stands, and keep what was found."""
    drill = Drill(
        name=told.name,
        territories=tuple(told.territories),
        clouds=tuple(told.clouds),
        vendors=tuple(told.vendors),
        crews=tuple(told.crews),
        vendor_hours=None if told.vendor_hours is None else Decimal(told.vendor_hours),
        crew_hours=None if told.crew_hours is None else Decimal(told.crew_hours),
        again_by=told.again_by,
    )
    return Made(id=drill_lights_out(actor, drill, compartment=told.compartment, reason=told.reason))


@route(router, "post", "/lights-out/{drill}/lesson", roles=WORKERS, answer=None, status=204, subjects=ONE)
def tell_drill_lesson(actor: Actor, drill: UUID, told: schemas.DrillLesson) -> None:
    """Write down what a drill taught, and by when it is done again."""
    say_lesson(actor, drill, told.lesson, again_by=told.again_by, version=told.version)


def _summary(one: Drilled) -> dict[str, Any]:
    return {name: getattr(one, name) for name in schemas.DrillSummary.model_fields}


def _fate(row: dict[str, Any]) -> schemas.DrillFate:
    path = [step | {"loss": step["loss"] or None, "kind": step["kind"] or None} for step in row["path"]]
    alike = {name: value for name, value in row.items() if name not in ("path", "loss")}
    return schemas.DrillFate(**alike, path=path, loss_per_hour=row["loss"])
