"""The table of outlook: what runs out and came by no consignment of the desk."""

from __future__ import annotations

from django.db import models

from sild.kernel.record import Record
from sild.wings.outlook.rules import TermState


class Term(Record):
    """A licence, maintenance, warranty, hosting or service that a body uses until a day, with who said so.

    What the desk's own consignments brought lapses by their days; a term is for what was there before or came another way. `vendor`
    makes or runs it. `steps` in order: {on, by, ends_on, reason}; the first is how it was told.
    """

    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    body = models.CharField(max_length=300)
    category = models.CharField(max_length=40, blank=True)
    vendor = models.CharField(max_length=300, blank=True)
    giver = models.CharField(max_length=300, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    unit = models.CharField(max_length=60, blank=True)
    ends_on = models.DateField()
    state = models.CharField(max_length=12, default=TermState.RUNNING)
    source = models.CharField(max_length=300)
    steps = models.JSONField(default=list)

    class Meta:
        verbose_name = "term"
