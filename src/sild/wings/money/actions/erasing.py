"""Erasing: words of a person leave the flows and claims that hold them. Amounts, states and days stay."""

from __future__ import annotations

import re
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import redact_records
from sild.wings.money.models import Claim, Flow, Withheld

NOT_WORDS = ("state", "category", "currency", "value_currency", "shown_as", "series", "key", "topic", "boundary", "unit")


@action("money.redact", roles=frozenset({Role.OFFICER, Role.SERVICE}), recalled=True)
def redact_money(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's flows, what they keep back, and its claims; returns the ids of those that held them."""
    touched = []
    for found in (Flow.objects, Withheld.objects, Claim.objects):
        touched += redact_records(found.filter(owner_id=actor.organisation), pattern, leave=NOT_WORDS)
    return touched
