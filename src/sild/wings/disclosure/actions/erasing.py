"""Erasing: words of a person leave the reports that hold them, those that were issued too; that a report went out stays."""

from __future__ import annotations

import re
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import erases_too, redact_records
from sild.wings.disclosure.models import Report
from sild.wings.disclosure.rules import digest_of

COLUMNS_OF_IDS = ("needs", "offers", "agreements", "consignments", "cases", "flows", "terms")
NOT_WORDS = ("kind", "state", "language", "digest", *COLUMNS_OF_IDS)


@erases_too
@action("disclosure.redact", roles=frozenset({Role.OFFICER, Role.SERVICE}), recalled=True)
def redact_reports(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's reports; returns the ids of those that held them. Their digests are made anew."""
    touched = redact_records(Report.objects.filter(owner_id=actor.organisation), pattern, leave=NOT_WORDS)
    for one in Report.objects.filter(id__in=touched).order_by("id"):
        one.digest = digest_of(one.content) if one.content else one.digest
        one.save()
    return touched
