"""Tables of diplomacy: what was done for a norm or measure, duties with clocks, contact points, positions, treaty acts."""

from __future__ import annotations

from django.db import models

from sild.kernel.record import Record
from sild.wings.diplomacy.rules import LONGEST_NAME, ContactKind, Progress, TreatyAct


class Implementation(Record):
    """Something that was done, or is planned, for a norm or a measure (`subject`: its id in the reference facts)."""

    subject = models.CharField(max_length=40, db_index=True)
    what = models.TextField()
    agency = models.CharField(max_length=LONGEST_NAME, default="")
    progress = models.CharField(max_length=12, default=Progress.DONE)
    on = models.DateField(null=True)
    proof = models.TextField(default="")

    class Meta:
        verbose_name = "implementation entry"


class Duty(Record):
    """A clock: what a measure asks for every `every_months` months (0: once), next due on a day. `done`: [{on, by, said, was_due}]."""

    subject = models.CharField(max_length=40, db_index=True)
    what = models.CharField(max_length=LONGEST_NAME)
    every_months = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField()
    basis = models.CharField(max_length=LONGEST_NAME, default="")
    done = models.JSONField(default=list)
    ended = models.BooleanField(default=False)

    class Meta:
        verbose_name = "duty"


class ContactPoint(Record):
    """A contact point under a measure: whose, what for, which office and how it is reached. `pings`: [{on, by, answered_on, said}]."""

    subject = models.CharField(max_length=40, db_index=True)
    country = models.CharField(max_length=2)
    contact_kind = models.CharField(max_length=20, default=ContactKind.DIPLOMATIC)
    office = models.CharField(max_length=LONGEST_NAME)
    reach = models.TextField(default="")
    confirmed_on = models.DateField(null=True)
    pings = models.JSONField(default=list)
    retired = models.BooleanField(default=False)

    class Meta:
        verbose_name = "contact point"


class Position(Record):
    """What a State said on a topic, as an officer wrote it down: `stance` by the topic's own list, "" where it cannot be told."""

    topic = models.CharField(max_length=40, db_index=True)
    country = models.CharField(max_length=2)
    stance = models.CharField(max_length=40, default="")
    said = models.TextField()
    year = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=LONGEST_NAME, default="")
    link = models.CharField(max_length=1000, default="")

    class Meta:
        verbose_name = "position"


class TreatyStep(Record):
    """What a State did with a treaty, on which day, and where that was read."""

    treaty = models.CharField(max_length=40, db_index=True)
    country = models.CharField(max_length=2)
    act = models.CharField(max_length=12, default=TreatyAct.SIGNED)
    on = models.DateField(null=True)
    source = models.CharField(max_length=1000, default="")

    class Meta:
        verbose_name = "treaty act"
