"""Erasing: words of a person leave the agreements that hold them. Quantities, days and who spoke stay: they are the sides' own acts."""

from __future__ import annotations

import re
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import redact_records
from sild.wings.agreements.models import Agreement, NoHelp

NOT_WORDS = ("state", "category")


@action("agreements.redact", roles=frozenset({Role.OFFICER, Role.SERVICE}), recalled=True)
def redact_agreements(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's agreements, and of what it said without one; returns the ids of those that held them."""
    touched = redact_records(Agreement.objects.filter(owner_id=actor.organisation), pattern, leave=NOT_WORDS)
    return touched + redact_records(NoHelp.objects.filter(owner_id=actor.organisation), pattern, leave=("why",))
