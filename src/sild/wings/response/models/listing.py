"""The table of listing packs."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.wings.response.rules import ListingState, SubjectKind


class Listing(Record):
    """A pack that asks for somebody to be listed.

    `identifiers`: {key, kind, text, source, by, at}; `sentences` of the statement of reasons: {key, text, evidence (ids), by, at};
    `ticks` by point: {stand, said, by, at}; `approvals` of the draft as it stands: {person, account, name, by, at}. Frozen: `content`
    is the paper as data, `digest` its SHA-256.
    """

    inherits = (From(of="response.Response", key="response_id"),)

    response_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=300)
    subject = models.CharField(max_length=12, default=SubjectKind.PERSON)
    identifiers = models.JSONField(default=list)
    ticks = models.JSONField(default=dict)
    sentences = models.JSONField(default=list)
    approvals = models.JSONField(default=list)
    state = models.CharField(max_length=12, default=ListingState.DRAFT)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=2, default="en")
    begun_by_name = models.CharField(max_length=300)
    begun_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)
    recalled_why = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "listing pack"
