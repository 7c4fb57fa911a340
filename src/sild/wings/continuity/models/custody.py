"""Tables of custody: copies that others keep, and what was done with them. Neither holds an address, a key or a share."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.values.marking import Marking
from sild.wings.continuity.rules.custody import USUAL_DRILL_DAYS, CustodyState


class CustodyCopy(Record):
    """A copy of a data set in others' keeping, as its receipt says: `copy` and `manifest` name it, `key` is the key's fingerprint.

    `size` in bytes, `seconds` that copying took. Of `holders`, who hold a share of the key, `needed` together open it; `readers` may see
    what is in it. It is kept until `keep_until`, and restored as a drill every `drill_days` days.
    """

    inherits = (From(of="continuity.Dataset", key="dataset_id"), From(of="continuity.Host", key="host_id"))

    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER_STRICT))
    dataset_id = models.UUIDField(db_index=True)
    host_id = models.UUIDField(null=True, db_index=True)
    keeper = models.CharField(max_length=300)
    name = models.CharField(max_length=300)
    state = models.CharField(max_length=12, default=CustodyState.KEPT)
    copy = models.CharField(max_length=64)
    manifest = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    receipt = models.CharField(max_length=64)
    files = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()
    seconds = models.DecimalField(max_digits=12, decimal_places=3)
    made_at = models.DateTimeField()
    needed = models.PositiveSmallIntegerField()
    holders = models.JSONField(default=list)
    readers = models.JSONField(default=list)
    keep_until = models.DateField(null=True)
    drill_days = models.PositiveSmallIntegerField(default=USUAL_DRILL_DAYS)
    written_by_name = models.CharField(max_length=300)
    ended_why = models.CharField(max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "custody copy"


class CustodyDeed(Record):
    """That a copy was verified or restored, as a receipt says: when, for how long, whether it was sound; `finding` is what was not."""

    inherits = (From(of="continuity.CustodyCopy", key="copy_id"),)

    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER_STRICT))
    copy_id = models.UUIDField(db_index=True)
    deed = models.CharField(max_length=12)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    seconds = models.DecimalField(max_digits=12, decimal_places=3)
    sound = models.BooleanField()
    finding = models.CharField(max_length=2000, blank=True)
    checked_by = models.CharField(max_length=100, blank=True)
    receipt = models.CharField(max_length=64)
    told_by_name = models.CharField(max_length=300)

    class Meta:
        verbose_name = "deed with a custody copy"
