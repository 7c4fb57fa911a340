"""What others are shown of a plan: quantities for each need, and to a giver where its own offers go. A person shares it, nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.planning.models import Match, Outcome, Plan
from sild.wings.register.public import hold_readers

OFFICERS = frozenset({Role.OFFICER})


@action("planning.share-plan", roles=OFFICERS, recalled=True)
def share_plan(actor: Actor, plan_id: UUID, *, reason: str) -> int:
    """Show a plan to those who may see its needs and offers; returns how many records travel.

    Who may see a need sees how much of it the plan reaches, not who gives; who may see an offer sees where it goes.
    What is marked for its own organisation alone stays. Raises NotThere; Refused where the check of the plan found faults.
    """
    plan = Plan.found(plan_id)
    if plan.findings:
        raise Refused(_("The check of this plan found faults. Make the plan anew before you share it."))
    # who takes a need or an offer back at this moment waits for this act, or is waited for
    of_need = hold_readers(actor, "need", Outcome.objects.filter(plan=plan).values_list("need_id", flat=True))
    of_offer = hold_readers(actor, "offer", Match.objects.filter(plan=plan).values_list("offer_id", flat=True))
    outcomes = [one for one in Outcome.objects.filter(plan=plan) if _release(one, of_need.get(one.need_id, ()))]
    matches = [one for one in Match.objects.filter(plan=plan) if _release(one, of_offer.get(one.offer_id, ()))]
    Outcome.objects.bulk_change(outcomes, ["releasable_to"])
    Match.objects.bulk_change(matches, ["releasable_to"])
    plan.shared_by = actor.name
    plan.save()
    return len(outcomes) + len(matches)


def _release(record: Outcome | Match, readers: Sequence[UUID]) -> bool:
    wanted = [] if record.marking >= Marking.AMBER_STRICT else sorted(readers)
    changed = record.releasable_to != wanted
    record.releasable_to = wanted
    return changed


@action("planning.recall-plan", roles=OFFICERS, recalled=True)
def recall_plan(actor: Actor, plan_id: UUID, *, reason: str) -> int:
    """Show a shared plan to nobody else any more; what was read cannot be unread. Returns how many records came back."""
    plan = Plan.found(plan_id)
    outcomes = [one for one in Outcome.objects.filter(plan=plan) if _release(one, ())]
    matches = [one for one in Match.objects.filter(plan=plan) if _release(one, ())]
    Outcome.objects.bulk_change(outcomes, ["releasable_to"])
    Match.objects.bulk_change(matches, ["releasable_to"])
    plan.shared_by = ""
    plan.save()
    return len(outcomes) + len(matches)
