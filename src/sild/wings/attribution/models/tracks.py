"""Tables of tracks: what was answered to guided questions, how bodies stand, which incidents a case is about."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class TrackOpinion(Record):
    """The answer to a guided question: `question` is its name in the rules, `evidence` the ids of the items that it cites."""

    inherits = (From(of="attribution.Case", key="case_id"),)

    case_id = models.UUIDField(db_index=True)
    track = models.CharField(max_length=12)
    question = models.CharField(max_length=60)
    answer = models.CharField(max_length=12)
    reasoning = models.TextField()
    evidence = models.JSONField(default=list)
    said_by_name = models.CharField(max_length=300)
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = "opinion in a track"


class BodyPosition(Record):
    """How a body stands to a case, in its words. A later word of the body stands beside it and takes nothing away."""

    inherits = (From(of="attribution.Case", key="case_id"),)

    case_id = models.UUIDField(db_index=True)
    agency = models.CharField(max_length=60)
    agency_name = models.CharField(max_length=300)
    stand = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    said_at = models.DateTimeField()
    written_by_name = models.CharField(max_length=300)

    class Meta:
        verbose_name = "position of a body"


class CitedIncident(Record):
    """An incident that a case is about. It is there for whoever sees both.

    It does not inherit from the incident: whoever closes that one is not to be told that a case cites it.
    """

    inherits = (From(of="attribution.Case", key="case_id"),)

    case_id = models.UUIDField(db_index=True)
    incident_id = models.UUIDField(db_index=True)
    why = models.CharField(max_length=2000)
    cited_by_name = models.CharField(max_length=300)

    class Meta:
        verbose_name = "cited incident"
