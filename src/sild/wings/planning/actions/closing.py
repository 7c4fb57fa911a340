"""What planning keeps of what moves into a compartment goes with it: plans that name it, and what people said weighs in a need."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role, on_behalf_of
from sild.kernel.beside import kept_beside
from sild.kernel.moving import close_into, copy_of, remove, rename_in_history
from sild.wings.planning.models import Match, NeedAssessment, Outcome, Plan, PriorityOverride

WORDS: tuple[Any, ...] = (NeedAssessment, PriorityOverride)
"""What people say of one need."""


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


@action("planning.move-words", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def move_words(_actor: Actor, needs: Mapping[UUID, UUID], compartment: UUID) -> int:
    """Move what people said weighs in moved needs (old identifier to new) into their compartment; returns how many words.

    What others said and the actor saw is said inside from then on; what the actor did not see is closed and gone with the need.
    """
    moved = 0
    for model in WORDS:
        seen = set(model.objects.filter(need_id__in=list(needs)).values_list("id", flat=True))
        found: list[Any] = []
        for owner in kept_beside(model._meta.db_table, "need_id", list(needs)) if needs else ():
            with on_behalf_of(owner):
                theirs = list(model.objects.filter(need_id__in=list(needs), owner_id=owner))
                close_into(compartment, theirs)
            found += theirs
        # the last word counts: they are put down in the order in which they were said
        found.sort(key=lambda one: (one.created_at, one.id))
        copies = {one.id: copy_of(one, need_id=needs[one.need_id]) for one in found if one.id in seen}
        remove(found)
        model.objects.bulk_create(list(copies.values()))
        rename_in_history(model._meta.label, {key: copy.id for key, copy in copies.items()}, compartment)
        moved += len(copies)
    return moved
