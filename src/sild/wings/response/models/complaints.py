"""The table of complaints: what a response asks of which forum."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class Complaint(Record):
    """What is asked of a forum, and which norms are said to be broken, in people's words. `forum` is its id in the reference facts."""

    inherits = (From(of="response.Response", key="response_id"),)

    response_id = models.UUIDField(db_index=True)
    forum = models.CharField(max_length=40)
    asked = models.TextField()
    norms = models.TextField(blank=True)
    written_by_name = models.CharField(max_length=300)
    written_at = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)
    withdrawn_why = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "complaint"
