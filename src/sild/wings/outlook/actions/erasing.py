"""Erasing: words leave the terms that hold them; days stay."""

from __future__ import annotations

import re
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import redact_records
from sild.wings.outlook.models import Term

ERASERS = frozenset({Role.OFFICER, Role.SERVICE})


@action("outlook.redact-terms", roles=ERASERS, recalled=True)
def redact_terms(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's terms; returns the ids of those that held them."""
    return redact_records(Term.objects.filter(owner_id=actor.organisation), pattern, leave=("state", "kind", "category"))
