"""The table of written words by which an officer lets something go out although a condition of its light fails."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class LetOn(Record):
    """An officer's word that what an agreement gives may go out although conditions fail or are not known, with the reason.

    `against` names these conditions ("screened:confirmed:a party"): the word is for them alone, and what comes up later stops again.
    It stays with the organisation that keeps the agreement: the sides are not told what stood against it.
    """

    inherits = (From(of="agreements.Agreement", key="agreement_id"),)

    agreement_id = models.UUIDField(db_index=True)
    against = ArrayField(models.CharField(max_length=600), default=list)
    reason = models.TextField()
    said_by = models.CharField(max_length=300)
    said_on = models.DateField()

    class Meta:
        verbose_name = "word that lets something go out"
