"""Consignments of agreements that move into a compartment go along, under new identifiers; outside it is as if they had never been."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.moving import close_into, copy_of, remove, rename_in_history
from sild.wings.agreements.public import Agreement
from sild.wings.delivery.models import Consignment, LetOn


@action("delivery.move-with-agreements", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def move_consignments(actor: Actor, agreements: Mapping[UUID, UUID], compartment: UUID) -> int:
    """Move the consignments of moved agreements (old identifier to new) into their compartment; returns how many."""
    words = list(LetOn.objects.filter(agreement_id__in=list(agreements), owner_id=actor.organisation).order_by("id"))
    if words:
        close_into(compartment, words)
        named = {one.id: copy_of(one, agreement_id=agreements[one.agreement_id]) for one in words}
        remove(words)
        LetOn.objects.bulk_create(list(named.values()))
        rename_in_history("delivery.LetOn", {key: copy.id for key, copy in named.items()}, compartment)
    found = list(Consignment.objects.filter(agreement_id__in=list(agreements), owner_id=actor.organisation).order_by("id"))
    if not found:
        return 0
    close_into(compartment, found)
    inside = {one.id: one for one in Agreement.objects.filter(id__in=list(agreements.values()))}
    copies = {}
    for one in found:
        agreement = inside[agreements[one.agreement_id]]
        copies[one.id] = copy_of(one, agreement_id=agreement.id, need_id=agreement.need_id, offer_id=agreement.offer_id)
    remove(found)
    Consignment.objects.bulk_create(list(copies.values()))
    rename_in_history("delivery.Consignment", {key: copy.id for key, copy in copies.items()}, compartment)
    return len(copies)
