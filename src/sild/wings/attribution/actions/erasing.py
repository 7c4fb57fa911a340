"""Erasing: words of a person leave the cases that hold them. States, grades and days stay."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import redact_records
from sild.wings.attribution import models
from sild.wings.attribution.reads.round import FROZEN
from sild.wings.attribution.rules import content_digest, slice_digest
from sild.wings.attribution.rules.statement import digest_of_version

ERASERS = frozenset({Role.OFFICER, Role.SERVICE})
HOLDING: tuple[Any, ...] = tuple(getattr(models, name) for name in models.__all__ if name != "ActorCatalogue")
"""Every table of cases."""
PUBLIC = ("kind", "name", "release", "digest", "counts", "content")
"""What a catalogue says is published; only who took it in is a person of the house."""
NOT_WORDS = (
    *("state", "stage", "agency", "aspect", "reliability", "stance", "shown_to", "sha256", "audience", "language", "digest"),
    *("evidence", "missing", "track", "question", "answer", "stand", "kind", "likelihood", "confidence", "trait", "called"),
    *("level", "invitations", "source", "languages"),
)


@action("attribution.redact", roles=ERASERS, recalled=True)
def redact_attribution(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's cases, as far as the actor is in their compartments; returns the ids of those that held them."""
    touched = []
    for model in HOLDING:
        touched += redact_records(model.objects.filter(owner_id=actor.organisation), pattern, leave=NOT_WORDS)
    touched += redact_records(models.ActorCatalogue.objects.filter(owner_id=actor.organisation), pattern, leave=PUBLIC)
    for one in models.Dossier.objects.filter(id__in=touched).order_by("id"):
        one.digest = content_digest(one.content)
        one.save()
    for version in models.StatementVersion.objects.filter(id__in=touched).order_by("id"):
        before, version.digest = version.digest, digest_of_version(version.sentences)
        version.save()
        for approval in models.StatementApproval.objects.filter(statement_id=version.statement_id, number=version.number, digest=before):
            # who approved words that were blotted out since approved what stands of them
            approval.digest = version.digest
            approval.save()
    for copy in models.RoundSlice.objects.filter(id__in=touched).order_by("id"):
        copy.digest = slice_digest({name: getattr(copy, name) for name in FROZEN})
        copy.save()
    return touched
