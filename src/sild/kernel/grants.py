"""Grants: what a person released, or withheld, beyond what the mechanism's rule says. Kept apart, so that the rule never writes it over."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class Grant(Record):
    """A person let an organisation see a record (or, where `withholds`, kept it from one) until that is `recalled`."""

    inherits = (From(of="*", key="subject_id"),)

    subject_model = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    organisation_id = models.UUIDField()
    withholds = models.BooleanField(default=False)
    granted_by = models.UUIDField()
    granted_by_name = models.CharField(max_length=300)
    why = models.TextField()
    recalled = models.BooleanField(default=False)

    class Meta:
        app_label = "kernel"
