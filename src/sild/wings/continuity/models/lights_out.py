"""The table of lights-out drills: what was taken away, and what was found to live. A result is kept as it was on its day."""

from __future__ import annotations

from django.db import models

from sild.kernel.record import Record
from sild.values.marking import Marking
from sild.wings.continuity.models.inventory import amount


class LightsOut(Record):
    """A drill: what is gone (one name a line), how long a system goes on without vendor or crew (hours, null unknown), what was found.

    `fates` has a row for each service: its name and system, verdict, hours and path, as they were read that day. `again_by` is the day by
    which it is to be done again; a later drill of the same name takes its place.
    """

    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER_STRICT))
    name = models.CharField(max_length=300)
    territories = models.TextField(blank=True)
    clouds = models.TextField(blank=True)
    vendors = models.TextField(blank=True)
    crews = models.TextField(blank=True)
    vendor_hours = amount()
    crew_hours = amount()
    fates = models.JSONField(default=list)
    systems = models.PositiveIntegerField(default=0)
    drilled_by_name = models.CharField(max_length=300)
    drilled_at = models.DateTimeField()
    again_by = models.DateField(null=True)
    lesson = models.TextField(blank=True)

    class Meta:
        verbose_name = "lights-out drill"
