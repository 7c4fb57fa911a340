"""The table of the standby's moves: who switched the database over, when and why. Written by the command, after the move."""

from __future__ import annotations

from django.db import models

from sild.kernel.record import Record
from sild.values.marking import Marking


class StandbyMove(Record):
    """A move of the pair of clusters: `primary` is the one that takes writes since, `how` what a person stated of the other one's fence.

    `stopped` are seconds in which nothing could be written, `taken_back` bytes of log that the new primary never got; null: not known.
    """

    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER_STRICT))
    kind = models.CharField(max_length=12)
    primary = models.CharField(max_length=12)
    person = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=2000)
    how = models.CharField(max_length=2000, blank=True)
    moved_at = models.DateTimeField()
    stopped = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    taken_back = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "move of the standby"
