"""The table of which norms an incident touches, as people say it."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class TouchedNorm(Record):
    """That an incident touches a norm (`norm`: its id in the reference facts), how, and why somebody says so.

    `source` says where that is from. It is a person's reading, kept with who said it: the desk finds nobody in breach.
    """

    inherits = (From(of="signals.Incident", key="incident_id"),)

    incident_id = models.UUIDField(db_index=True)
    norm = models.CharField(max_length=40)
    touch = models.CharField(max_length=16)
    why = models.CharField(max_length=2000)
    source = models.CharField(max_length=300, blank=True)
    said_by_name = models.CharField(max_length=300)
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = "norm that an incident touches"
