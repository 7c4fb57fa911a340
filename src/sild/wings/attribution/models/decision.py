"""The table of decisions."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class Decision(Record):
    """What was decided of a case, by whom, on what. It is never changed: a later one says in `supersedes` which it takes the place of.

    `likelihood` and `confidence` are ids of estimative words, kept apart. `evidence` holds ids, `hypotheses` words. In order, as they
    stood when it was decided: `opinions` {id, question, answer, reasoning, by, at} and `dissents` {agency, words, at}. `missing` counts
    what was lacking then: {late, awaited, unanswered, silent}.
    """

    inherits = (From(of="attribution.Case", key="case_id"),)

    case_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=20)
    body = models.CharField(max_length=300)
    person = models.CharField(max_length=300)
    decided_at = models.DateTimeField()
    responsible = models.CharField(max_length=2000, blank=True)
    likelihood = models.CharField(max_length=40, blank=True)
    confidence = models.CharField(max_length=40, blank=True)
    grounds = models.TextField()
    evidence = models.JSONField(default=list)
    hypotheses = models.JSONField(default=list)
    opinions = models.JSONField(default=list)
    dissents = models.JSONField(default=list)
    missing = models.JSONField(default=dict)
    supersedes = models.UUIDField(null=True)
    written_by_name = models.CharField(max_length=300)

    class Meta:
        verbose_name = "decision on a case"
