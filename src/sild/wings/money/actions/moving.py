"""Flows of what moves into a compartment go along under new identifiers, with what came out of them and what they keep back."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.moving import close_into, copy_of, remove, rename_in_history
from sild.wings.money.models import Flow, Withheld


@action("money.move-with-subjects", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def move_flows(actor: Actor, needs: Mapping[UUID, UUID], offers: Mapping[UUID, UUID], compartment: UUID) -> int:
    """Move the flows of moved needs and offers (old identifier to new), and all that came out of them, into their compartment.

    Returns how many. What hangs on an agreement hangs on its need and offer too, and goes with them.
    """
    found = _with_parts(actor, Q(need_id__in=list(needs)) | Q(offer_id__in=list(offers)))
    if not found:
        return 0
    kept = list(Withheld.objects.filter(flow_id__in=list(found), owner_id=actor.organisation).order_by("id"))
    close_into(compartment, list(found.values()))
    close_into(compartment, kept)
    copies = {
        one.id: copy_of(one, need_id=needs.get(_id(one.need_id), one.need_id), offer_id=offers.get(_id(one.offer_id), one.offer_id))
        for one in found.values()
    }
    for copy in copies.values():
        # the agreement goes in under a new identifier of its own; need and offer say what the money is for
        copy.agreement_id = None
        if copy.parent_id is not None:
            copy.parent_id = copies[copy.parent_id].id if copy.parent_id in copies else None
            copy.within = copy.within and copy.parent_id is not None
    beside = {one.id: copy_of(one, flow_id=copies[one.flow_id].id) for one in kept}
    remove([*kept])
    remove([*found.values()])
    Flow.objects.bulk_create(list(copies.values()))
    Withheld.objects.bulk_create(list(beside.values()))
    rename_in_history("money.Flow", {key: copy.id for key, copy in copies.items()}, compartment)
    rename_in_history("money.Withheld", {key: copy.id for key, copy in beside.items()}, compartment)
    return len(copies)


def _id(key: UUID | None) -> UUID:
    return key if key is not None else UUID(int=0)


def _with_parts(actor: Actor, about: Q) -> dict[UUID, Flow]:
    """Flows with all parts that came out of them: a child is never less closed than its parent."""
    own = Flow.objects.filter(owner_id=actor.organisation)
    found = {one.id: one for one in own.filter(about).order_by("id")}
    asked = set(found)
    while asked:
        parts = {one.id: one for one in own.filter(parent_id__in=list(asked)).order_by("id") if one.id not in found}
        found |= parts
        asked = set(parts)
    return found
