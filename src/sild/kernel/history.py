"""History: what every act wrote, with the images that undo is made from."""

from __future__ import annotations

import uuid

from django.db import models

from sild.kernel.record import ENCODER


class Act(models.Model):
    """One act of one person (or named service): when, why, and the before and after of each record that it wrote."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mechanism_id = models.UUIDField(db_index=True)
    owner_id = models.UUIDField()
    action = models.CharField(max_length=80)
    person_id = models.UUIDField()
    person_name = models.CharField(max_length=200)
    started_by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    parent_id = models.UUIDField(null=True)
    images = models.JSONField(encoder=ENCODER, default=list)
    undone_by = models.UUIDField(null=True)

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["mechanism_id", "at"])]


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
