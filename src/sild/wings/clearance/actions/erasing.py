"""Erasing: words leave the cases that hold them. States, days and who moved stay: they are the desk's own acts."""

from __future__ import annotations

import re
from collections.abc import Collection
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import redact_records
from sild.wings.clearance.models import LicenceCase

ERASERS = frozenset({Role.OFFICER, Role.SERVICE})
NOT_WORDS = ("state", "jurisdiction", "category", "entries", "entries_version")


@action("clearance.erase-cases", roles=ERASERS, recalled=True)
def erase_cases(actor: Actor, lines: Collection[UUID], *, reason: str) -> list[UUID]:
    """Take all words out of the cases of lines of which nothing is to stay. Returns the ids of what history is to forget."""
    touched = []
    for case in LicenceCase.objects.filter(line_id__in=list(lines), owner_id=actor.organisation).order_by("id"):
        case.item = case.unit = case.provider = case.beneficiary = case.reference = case.term_source = ""
        case.quantity, case.conditions = None, []
        case.steps = [{**step, "reason": ""} for step in case.steps]
        case.save()
        touched.append(case.id)
    return touched


@action("clearance.redact-cases", roles=ERASERS, recalled=True)
def redact_cases(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's cases; returns the ids of those that held them."""
    return redact_records(LicenceCase.objects.filter(owner_id=actor.organisation), pattern, leave=NOT_WORDS)
