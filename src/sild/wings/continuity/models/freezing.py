"""Tables of what is left behind and comes back: freeze points, destroyed copies, steps of the way home."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.values.marking import Marking
from sild.wings.continuity.rules import DestructionState, FreezeState, HomeStepState

OF_SYSTEM = (From(of="continuity.System", key="system_id"),)


class FreezePoint(Record):
    """From `since` on changes of the register from `territory` (empty: from anywhere) do not count, by a decision that is named.

    `lifted_at` is the moment from which they count again.
    """

    inherits: ClassVar[tuple[From, ...]] = OF_SYSTEM

    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER_STRICT))
    system_id = models.UUIDField(db_index=True)
    territory = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    decided_by = models.CharField(max_length=300)
    act = models.CharField(max_length=300)
    state = models.CharField(max_length=8, default=FreezeState.HOLDS)
    why = models.CharField(max_length=2000)
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "freeze point"


class Destruction(Record):
    """A copy that was left behind and destroyed: what it was, how, when, before which two witnesses; where it stood is not written here.

    A second person of the organisation confirms it (`confirmed_by_name`), never the one who wrote it down.
    """

    inherits: ClassVar[tuple[From, ...]] = OF_SYSTEM

    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER_STRICT))
    system_id = models.UUIDField(db_index=True)
    what = models.CharField(max_length=2000)
    method = models.CharField(max_length=2000)
    destroyed_at = models.DateTimeField(null=True)
    first_witness = models.CharField(max_length=300, blank=True)
    second_witness = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, default=DestructionState.WRITTEN)
    why = models.CharField(max_length=2000)
    written_by_name = models.CharField(max_length=300)
    written_by = models.UUIDField()
    confirmed_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "destruction of a copy"


class HomeStep(Record):
    """A step by which a system comes home: what is done, by whom, what was changed abroad, and what must be reconciled before it counts."""

    inherits: ClassVar[tuple[From, ...]] = OF_SYSTEM

    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER_STRICT))
    system_id = models.UUIDField(db_index=True)
    what = models.CharField(max_length=2000)
    doer = models.CharField(max_length=300)
    changed_abroad = models.TextField(blank=True)
    to_reconcile = models.TextField(blank=True)
    state = models.CharField(max_length=8, default=HomeStepState.PLANNED)
    ended_how = models.CharField(max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "step of the way home"
