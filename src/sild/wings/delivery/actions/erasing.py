"""Erasing: words of a person leave consignments. Quantities, days and who did what stay: they are the sides' own acts."""

from __future__ import annotations

import re
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import redact_records
from sild.wings.delivery.models import Consignment, LetOn

NOT_WORDS = ("state", "stage", "kind", "category", "renewal")


@action("delivery.redact", roles=frozenset({Role.OFFICER, Role.SERVICE}), recalled=True)
def redact_consignments(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's consignments; returns the ids of those that held them."""
    touched = redact_records(Consignment.objects.filter(owner_id=actor.organisation), pattern, leave=NOT_WORDS)
    return touched + redact_records(LetOn.objects.filter(owner_id=actor.organisation), pattern)
