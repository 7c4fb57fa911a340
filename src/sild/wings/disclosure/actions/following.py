"""Reports follow what they tell: one that names what moves into a compartment is closed into it whole, at the end of the same act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Q

from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.journal import Written
from sild.kernel.moving import close_into
from sild.wings.disclosure.models import Report

TOLD_OF = {"register.Need": "needs", "register.Offer": "offers", "agreements.Agreement": "agreements", "money.Flow": "flows"}


@settles
def _follow(written: Sequence[Written]) -> None:
    """Close the reports that tell of what was taken out of the open."""
    moved: dict[tuple[UUID, UUID], set[UUID]] = defaultdict(set)
    for label, key, before, after in written:
        if label in TOLD_OF and before is not None and after is None and before["compartment_id"] is not None:
            moved[before["owner_id"], before["compartment_id"]].add(key if isinstance(key, UUID) else UUID(key))
    for (owner, room), keys in moved.items():
        with on_behalf_of(owner) as rules:
            close_reports(rules, keys, room)


@action("disclosure.close-reports", roles=frozenset({Role.SERVICE}), recalled=True)
def close_reports(actor: Actor, keys: Collection[UUID], compartment: UUID) -> None:
    """Close the organisation's reports that tell of these records into a compartment. A service of the desk does it."""
    told = Q()
    for column in TOLD_OF.values():
        told |= Q(**{f"{column}__overlap": list(keys)})
    close_into(compartment, list(Report.objects.filter(told, owner_id=actor.organisation, compartment_id=None).order_by("id")))
