"""Tables of responses: the response itself, the options that were picked for it, and what was said of the three things."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.wings.response.rules import DeliveryLevel, OptionState, ResponseState


class Response(Record):
    """A response to a case of attribution, to an incident, or to neither yet. It is at least as closed as what it is about."""

    inherits = (From(of="attribution.Case", key="case_id"), From(of="signals.Incident", key="incident_id"))

    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    case_id = models.UUIDField(null=True, db_index=True)
    incident_id = models.UUIDField(null=True, db_index=True)
    state = models.CharField(max_length=12, default=ResponseState.OPEN)
    opened_at = models.DateTimeField()
    opened_by_name = models.CharField(max_length=300)
    ended_why = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "response"


class PickedOption(Record):
    """An option that somebody picked, and why. `option` is its id in the reference facts.

    `preconditions` by id: {stand, said, by, at}. `steps` in order, never changed: {state, body, person, on, why, by, at}; the last
    one counts.
    """

    inherits = (From(of="response.Response", key="response_id"),)

    response_id = models.UUIDField(db_index=True)
    option = models.CharField(max_length=60)
    why = models.CharField(max_length=2000)
    level = models.CharField(max_length=16, default=DeliveryLevel.UNKNOWN)
    state = models.CharField(max_length=12, default=OptionState.PROPOSED)
    preconditions = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    picked_by_name = models.CharField(max_length=300)
    picked_at = models.DateTimeField()

    class Meta:
        verbose_name = "picked option"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner_id", "response_id", "option"], name="one_pick_of_an_option")
        ]


class EssentialWord(Record):
    """What was said of one of the three things. A later word stands before an earlier one and takes nothing away.

    `need_id` is a need in which help was asked for: it is there for whoever sees both.
    """

    inherits = (From(of="response.Response", key="response_id"),)

    response_id = models.UUIDField(db_index=True)
    essential = models.CharField(max_length=12)
    stand = models.CharField(max_length=12)
    words = models.CharField(max_length=2000)
    body = models.CharField(max_length=300, blank=True)
    on = models.DateField(null=True)
    need_id = models.UUIDField(null=True)
    written_by_name = models.CharField(max_length=300)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = "word on one of the three things"
