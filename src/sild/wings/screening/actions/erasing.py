"""Erasing: words leave the hits and lists that hold them; what was ruled, and when, stays."""

from __future__ import annotations

import re
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import redact_records
from sild.wings.screening.models import Hit

ERASERS = frozenset({Role.OFFICER, Role.SERVICE})
NOT_WORDS = ("state", "entry_id", "entry_digest", "names_digest")


@action("screening.redact", roles=ERASERS, recalled=True)
def redact_screening(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's hits; returns the ids of those that held them."""
    return redact_records(Hit.objects.filter(owner_id=actor.organisation), pattern, leave=NOT_WORDS)
