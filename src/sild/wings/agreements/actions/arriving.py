"""What has arrived of agreements, as whoever counts deliveries tells it: kept on the agreement, so that plans ask for the rest alone."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.wings.agreements.models import Agreement


@action("agreements.note-arrivals", roles=frozenset({Role.SERVICE}), recalled=True)
def note_arrivals(actor: Actor, arrived: Mapping[UUID, Decimal]) -> None:
    """Write how much of each agreement has arrived in all by now. A service of the desk does it, for whoever took it over."""
    changed = []
    for one in Agreement.objects.filter(id__in=list(arrived), owner_id=actor.organisation).order_by("id"):
        if one.arrived != arrived[one.id]:
            one.arrived = arrived[one.id]
            changed.append(one)
    Agreement.objects.bulk_change(changed, ["arrived"])
