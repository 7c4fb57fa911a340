"""Tables of cases: the case itself, and what bodies owe to it."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.wings.attribution.rules import AttributionState


class Case(Record):
    """A case of attribution, in a compartment of its own: its readers are the seats in that. `stage` is a code of the procedure.

    `opened_by_name` and `opened_at` say who began it and from when its clocks run; `ended_why` why it was closed or not pursued.
    """

    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    stage = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default=AttributionState.OPEN)
    opened_at = models.DateTimeField()
    opened_by_name = models.CharField(max_length=300)
    ended_why = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "attribution case"


class AgencyInput(Record):
    """What a body owes to a case, by when; what it delivered, when and through whom; or why it is not asked for any more."""

    inherits = (From(of="attribution.Case", key="case_id"),)

    case_id = models.UUIDField(db_index=True)
    agency = models.CharField(max_length=60)
    agency_name = models.CharField(max_length=300)
    stage = models.CharField(max_length=40)
    what = models.CharField(max_length=300)
    due_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    delivered_by_name = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    waived = models.BooleanField(default=False)
    waived_why = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "agency input"
