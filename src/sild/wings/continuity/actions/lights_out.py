"""Verbs of lights-out drills: do one over the inventory as it stands and keep what was found, write the lesson, let one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.moving import own_compartment
from sild.kernel.refusals import Refused
from sild.wings.continuity.actions.systems import WORKERS
from sild.wings.continuity.models import LightsOut
from sild.wings.continuity.reads.lights_out import told_fates, what_stands
from sild.wings.continuity.reads.standing import closed_as, full, own, positive, reason_given, short
from sild.wings.continuity.rules import Gone, Loss, folded
from sild.wings.parties.public import desk_day

MOST_NAMES, MOST_DRILLS = 50, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """What is taken away, by name; hours that a system goes on without vendor or crew, None unknown; when it is to be done again."""

    name: str
    territories: tuple[str, ...] = ()
    clouds: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    crews: tuple[str, ...] = ()
    vendor_hours: Decimal | None = None
    crew_hours: Decimal | None = None
    again_by: date | None = None


@action("continuity.drill-lights-out", roles=WORKERS)
def drill_lights_out(actor: Actor, drill: Drill, *, compartment: UUID | None = None, reason: str) -> UUID:
    """Do a drill over the own systems in use, those of one compartment among them where it is named, and keep it; returns its id.

    Raises NotThere, Refused.
    """
    why = reason_given(reason)
    name = short(drill.name)
    taken = {field: _names(getattr(drill, field)) for field in ("territories", "clouds", "vendors", "crews")}
    positive(drill.vendor_hours, drill.crew_hours)
    if not name:
        raise Refused(_("Give the drill a name, by which the next one is known as its repetition."))
    if not any(taken.values()):
        raise Refused(_("Say what is gone: a territory, a cloud, a vendor or people."))
    if drill.again_by is not None and drill.again_by <= desk_day(actor):
        raise Refused(_("The day by which it is done again lies in the future."))
    if LightsOut.objects.filter(owner_id=actor.organisation).count() >= MOST_DRILLS:
        raise Refused(_("There are {most} drills, the most there are.").format(most=MOST_DRILLS))
    room = own_compartment(actor, compartment).id if compartment is not None else None
    standing = what_stands(actor, room)
    if not standing.systems:
        raise Refused(_("The inventory has no system in use. Write down what there is first."))
    closed = closed_as(*standing.systems) | {"compartment_id": room}
    gone = Gone(
        names={
            loss: frozenset(folded(one) for one in taken[field])
            for loss, field in ((Loss.TERRITORY, "territories"), (Loss.CLOUD, "clouds"), (Loss.VENDOR, "vendors"), (Loss.CREW, "crews"))
        },
        hours={Loss.VENDOR: drill.vendor_hours, Loss.CREW: drill.crew_hours},
    )
    one = LightsOut(**closed, name=name, vendor_hours=drill.vendor_hours, crew_hours=drill.crew_hours, again_by=drill.again_by)
    for field, names in taken.items():
        setattr(one, field, "\n".join(names))
    one.fates, one.systems = told_fates(standing, gone), len(standing.systems)
    one.drilled_by_name, one.drilled_at, one.lesson = actor.name, clock.now(), why
    one.save()
    return one.id


@action("continuity.say-lesson", roles=WORKERS)
def say_lesson(actor: Actor, drill_id: UUID, lesson: str, *, again_by: date | None = None, version: int | None = None) -> None:
    """Write down what a drill taught, and by when it is done again; None: not again. Raises NotThere, Stale, Refused."""
    one = own(actor, LightsOut, drill_id, version)
    if again_by is not None and again_by <= desk_day(actor):
        raise Refused(_("The day by which it is done again lies in the future."))
    one.lesson, one.again_by = full(lesson), again_by
    one.save()


def _names(names: tuple[str, ...]) -> list[str]:
    """Names as they are kept: each once, without the empty ones. Raises Refused for too many."""
    found = list(dict.fromkeys(short(one) for one in names if one.strip()))
    if len(found) > MOST_NAMES:
        raise Refused(_("There are more than {most} names. A drill takes fewer away.").format(most=MOST_NAMES))
    return found
