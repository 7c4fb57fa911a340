"""Adopting a plan: a person says, with a reason, that this is the plan by which the group goes. One stands at a time."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.kernel.turns import turn_until_commit
from sild.wings.parties.public import mechanism_file
from sild.wings.planning.models import Plan


@action("planning.adopt-plan", roles=frozenset({Role.OFFICER}))
def adopt_plan(actor: Actor, plan_id: UUID, *, reason: str) -> None:
    """Adopt a plan; the one that was adopted before is superseded. Nothing is proposed or endorsed by that.

    Raises NotThere; Refused where the check of the plan found faults, and where it stands adopted already.
    """
    # two who adopt at one moment: the second sees what the first did
    turn_until_commit(actor.mechanism, "adopted plan")
    plan = Plan.found(plan_id)
    if plan.findings:
        raise Refused(_("The check of this plan found faults. Make the plan anew before you adopt it."))
    if plan.adopted_by and plan.superseded_on is None:
        raise Refused(_("This plan is adopted already, by {name}.").format(name=plan.adopted_by))
    today = mechanism_file(actor).today or clock.today()
    before = list(Plan.objects.filter(owner_id=actor.organisation, superseded_on=None).exclude(adopted_by=""))
    for one in before:
        one.superseded_on = today
    Plan.objects.bulk_change(before, ["superseded_on"])
    plan.adopted_by, plan.adopted_on, plan.superseded_on = actor.name, today, None
    plan.save()
