"""Erasing: words leave what was written down in diplomacy; days and codes stay."""

from __future__ import annotations

import re
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import redact_records
from sild.wings.diplomacy.models import ContactPoint, Duty, Implementation, Position, TreatyStep

ERASERS = frozenset({Role.OFFICER, Role.SERVICE})
NOT_WORDS = ("subject", "progress", "contact_kind", "country", "topic", "stance", "treaty", "act")


@action("diplomacy.redact", roles=ERASERS, recalled=True)
def redact_diplomacy(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's entries; returns the ids of those that held them."""
    touched: list[UUID] = []
    for kind in (Implementation, Duty, ContactPoint, Position, TreatyStep):
        touched += redact_records(kind.objects.filter(owner_id=actor.organisation), pattern, leave=NOT_WORDS)
    return touched
