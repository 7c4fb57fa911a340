"""Tables of hypotheses: what might have been, in people's words, and how each reader rates evidence under each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class Hypothesis(Record):
    """What might have been. The two that stand in every case have no row. `withdrawn`: it is weighed no more, and why."""

    inherits = (From(of="attribution.Case", key="case_id"),)

    case_id = models.UUIDField(db_index=True)
    words = models.CharField(max_length=300)
    stance = models.CharField(max_length=12)
    proposed_by_name = models.CharField(max_length=300)
    withdrawn = models.BooleanField(default=False)
    withdrawn_why = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "hypothesis"


class EvidenceRating(Record):
    """How one reader rates an item under a hypothesis, from -2 (strongly against) to 2, and why. `hypothesis_id` may be a standing one."""

    inherits = (From(of="attribution.Case", key="case_id"), From(of="attribution.Evidence", key="evidence_id"))

    case_id = models.UUIDField(db_index=True)
    evidence_id = models.UUIDField(db_index=True)
    hypothesis_id = models.UUIDField()
    rating = models.SmallIntegerField()
    why = models.CharField(max_length=2000, blank=True)
    rated_by = models.UUIDField()
    rated_by_name = models.CharField(max_length=300)
    rated_at = models.DateTimeField()

    class Meta:
        verbose_name = "rating of evidence"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner_id", "evidence_id", "hypothesis_id", "rated_by"], name="one_rating_a_reader")
        ]
