"""Erasing: words of a person leave the incidents, ties, statements and studies that hold them. States, days and degrees stay."""

from __future__ import annotations

import re
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import redact_records
from sild.wings.signals.models import Incident, InfluenceStudy, NoticeReceipt, PublicStatement, SpeakingNotice, Tie

NOT_WORDS = (
    "kind",
    "state",
    "why_not",
    "begins_precision",
    "ends_precision",
    "precision",
    "sectors",
    "digest",
    "key",
    "country",
    "languages",
    "asked",
    "answer",
    "left_out",
)


@action("signals.redact", roles=frozenset({Role.OFFICER, Role.SERVICE}), recalled=True)
def redact_signals(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's incidents, ties, statements, studies and notices; returns the ids of those that held
    them.
    """
    touched = []
    for model in (Incident, Tie, PublicStatement, InfluenceStudy, SpeakingNotice, NoticeReceipt):
        touched += redact_records(model.objects.filter(owner_id=actor.organisation), pattern, leave=NOT_WORDS)
    return touched
