"""Plans that were made with what moves into a compartment are closed with it: they name it, and what they leave others tells of it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.moving import close_into
from sild.wings.planning.models import Match, Outcome, Plan


@action("planning.close-plans", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def close_plans(actor: Actor, since: Collection[UUID], compartment: UUID) -> int:
    """Close every plan that speaks of one of these needs or offers into a compartment, whole. Returns how many plans.

    A plan is read as one thing; the next one is made without what moved.
    """
    if not since:
        return 0
    # an offer that no need takes stands in the plan's words alone, so it is looked for there
    worded = Plan.objects.annotate(told=Cast("answer", TextField())).filter(told__regex="|".join(str(key) for key in since))
    plans = list(Plan.objects.filter(id__in=list(worded.values_list("id", flat=True)), compartment_id__isnull=True))
    for kind in (plans, list(Match.objects.filter(plan__in=plans)), list(Outcome.objects.filter(plan__in=plans))):
        close_into(compartment, kind)
    return len(plans)
