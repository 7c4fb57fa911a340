"""Erasing: words of a person leave the inventory and the hosts that hold them. Codes and days stay, and so does what is sealed."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import erases_too, redact_records
from sild.wings.continuity import models

ERASERS = frozenset({Role.OFFICER, Role.SERVICE})
HOLDING: tuple[Any, ...] = tuple(getattr(models, name) for name in models.__all__)
NOT_WORDS = (
    "layer",
    "portability",
    "custody",
    "dongle",
    "permission",
    "kind",
    "primary",
    "currency",
    "country",
    "state",
    "agreement",
    "immunity",
    "sealed_place",
    "copy",
    "manifest",
    "key",
    "receipt",
    "deed",
    "checked_by",
)
"""Columns of words of the program; and what is sealed, which nobody here can read: a changed sign would close it for ever."""


@erases_too
@action("continuity.redact", roles=ERASERS, recalled=True)
def redact_continuity(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's inventory and hosts; returns the ids of those that held them."""
    touched: list[UUID] = []
    for model in HOLDING:
        touched += redact_records(model.objects.filter(owner_id=actor.organisation), pattern, leave=NOT_WORDS)
    return touched
