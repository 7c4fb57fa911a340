"""Agreements on what moves into a compartment go along, under new identifiers; outside it is as if they had never been."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.moving import close_into, copy_of, remove, rename_in_history
from sild.wings.agreements.actions.no_help import move_no_help
from sild.wings.agreements.models import Agreement


@action("agreements.move-with-subjects", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def move_agreements(actor: Actor, needs: Mapping[UUID, UUID], offers: Mapping[UUID, UUID], compartment: UUID) -> dict[UUID, UUID]:
    """Move the agreements of moved needs and offers (old identifier to new) into their compartment; returns what each is called there."""
    move_no_help(actor, needs, compartment)
    touched = Q(need_id__in=list(needs)) | Q(offer_id__in=list(offers))
    found = list(Agreement.objects.filter(touched, owner_id=actor.organisation).order_by("id"))
    close_into(compartment, found)
    copies = {
        one.id: copy_of(one, need_id=needs.get(one.need_id, one.need_id), offer_id=offers.get(one.offer_id, one.offer_id)) for one in found
    }
    remove(found)
    Agreement.objects.bulk_create(list(copies.values()))
    moved = {key: copy.id for key, copy in copies.items()}
    rename_in_history("agreements.Agreement", moved, compartment)
    return moved
