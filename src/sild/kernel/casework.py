"""Casework: notes beside a record, who looks after it, and what they do next. Each organisation keeps its own."""

from __future__ import annotations

from django.db import models

from sild.kernel.record import Record


class Note(Record):
    """What somebody wrote beside a record, for their own organisation; marked at least like the record."""

    subject_model = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    text = models.TextField()
    written_by = models.UUIDField()
    written_by_name = models.CharField(max_length=300)

    class Meta:
        app_label = "kernel"


class Handling(Record):
    """Who of an organisation looks after a record, and what they do next, by when. Each organisation has its own."""

    subject_model = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    assignee_id = models.UUIDField(null=True)
    assignee_name = models.CharField(max_length=300, blank=True)
    next_step = models.CharField(max_length=500, blank=True)
    next_step_on = models.DateField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "owner_id", "subject_model", "subject_id"], name="handling_once")]
