"""Lowering: the one way to make a record less closed. One person proposes, another of the same organisation confirms."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class Lowering(Record):
    """A proposal to make a record less closed: to `to_marking`, out of its compartment, out of its embargo. Two people make it true.

    The database refuses to lower any marking without one of these that a second person confirmed.
    """

    inherits = (From(of="*", key="subject_id"),)

    subject_model = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    to_marking = models.PositiveSmallIntegerField()
    leaves_compartment = models.BooleanField(default=False)
    ends_embargo = models.BooleanField(default=False)
    proposed_by = models.UUIDField()
    proposed_by_name = models.CharField(max_length=300)
    why = models.TextField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_by_name = models.CharField(max_length=300, blank=True)
    declined = models.BooleanField(default=False)
    applied = models.BooleanField(default=False)

    class Meta:
        app_label = "kernel"
