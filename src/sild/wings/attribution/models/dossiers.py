"""The table of dossiers: papers about a case for one audience, kept as they were made."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class Dossier(Record):
    """What an audience was to be told on a day: `content` holds the paper and the STIX bundle as data, `digest` is theirs.

    `printed` is the marking of the paper itself, which may be lower than that of this record: each item's audience was said by a person.
    """

    inherits = (From(of="attribution.Case", key="case_id"),)

    case_id = models.UUIDField(db_index=True)
    audience = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=2)
    printed = models.PositiveSmallIntegerField()
    items = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by_name = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    recalled = models.BooleanField(default=False)
    recalled_why = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "dossier"
