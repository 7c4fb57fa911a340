"""The table of evacuation plans: the problem as it was posed, the answer of the core, and what the independent check says of it."""

from __future__ import annotations

from django.db import models

from sild.kernel.record import Record
from sild.values.marking import Marking
from sild.wings.continuity.rules import EvacuationState


class EvacuationPlan(Record):
    """A proposal who goes where and when. `posed` and `answer` are the core's JSON, `supposed` sentences that it rests on.

    `after_id` is the plan that a disruption made anew, `happened` what happened. A person adopts a plan with a reason; nothing else does.
    """

    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER_STRICT))
    name = models.CharField(max_length=300)
    state = models.CharField(max_length=12, default=EvacuationState.WAITING)
    posed = models.JSONField(default=dict)
    answer = models.JSONField(default=dict)
    supposed = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    seconds = models.PositiveIntegerField(default=20)
    after_id = models.UUIDField(null=True)
    happened = models.CharField(max_length=2000, blank=True)
    asked_by_name = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    adopted_by_name = models.CharField(max_length=300, blank=True)
    adopted_at = models.DateTimeField(null=True)
    adopted_why = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "evacuation plan"
