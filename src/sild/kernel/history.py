"""History: what every act wrote, record by record, with the images that undo is made from."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from sild.values.marking import Marking

ENCODER = DjangoJSONEncoder
"""Images keep dates, decimals and identifiers as text."""


class Act(models.Model):
    """One act of one person (or named service): who, when, why. What it wrote stands in its changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mechanism_id = models.UUIDField(db_index=True)
    owner_id = models.UUIDField()
    action = models.CharField(max_length=80)
    person_id = models.UUIDField()
    person_name = models.CharField(max_length=200)
    started_by = models.CharField(max_length=200, blank=True)
    # in which of their roles: who takes the act back must have one of them
    roles = ArrayField(models.CharField(max_length=40), default=list)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    parent_id = models.UUIDField(null=True)
    root_id = models.UUIDField(null=True)
    marking = models.PositiveSmallIntegerField(default=int(Marking.CLEAR))
    compartments = ArrayField(models.UUIDField(), default=list)
    undone_by = models.UUIDField(null=True)

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["mechanism_id", "at"])]


class Change(models.Model):
    """One record written by one act: its image before and after. Seen by the record's owner and the act's organisation.

    It carries the record's marking and compartment, so that nobody reads in the history what is closed in the record.
    `place` is its number among all changes of the act that is undone as a whole (`root_id`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mechanism_id = models.UUIDField()
    owner_id = models.UUIDField()
    releasable_to = ArrayField(models.UUIDField(), default=list)
    marking = models.PositiveSmallIntegerField()
    compartment_id = models.UUIDField(null=True)
    embargo_until = models.DateTimeField(null=True)
    act_id = models.UUIDField(db_index=True)
    root_id = models.UUIDField(db_index=True)
    place = models.PositiveIntegerField()
    model = models.CharField(max_length=60)
    record_id = models.UUIDField(db_index=True)
    before = models.JSONField(encoder=ENCODER, null=True)
    after = models.JSONField(encoder=ENCODER, null=True)

    class Meta:
        app_label = "kernel"


class LedgerEntry(models.Model):
    """An act on its way into the book: the entry in plain words, its salt and its commitment; `index` once it is sequenced.

    The desk's own role may put entries in and may not read them back; the sequencer reads and numbers them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mechanism_id = models.UUIDField()
    owner_id = models.UUIDField()
    queued_at = models.DateTimeField()
    plain = models.TextField()
    salt = models.CharField(max_length=32)
    commitment = models.CharField(max_length=64)
    index = models.BigIntegerField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["index"], name="ledger_index_once")]
