"""The table of reports."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.wings.disclosure.rules import ReportState


class Report(Record):
    """A situation report for one audience. `content` is {facts, paper}: what was computed, and what was told of it, word for word.

    `audience_id` is the organisation it is for, the mechanism for all of it. `number` is given when it is issued, among the reports of
    the same maker for the same audience alone. `digest` is the SHA-256 of the canonical content, `base_id` the report before.
    What a report was made from closes it further when it is closed itself.
    """

    inherits = (
        From(of="register.Need", among="needs"),
        From(of="register.Offer", among="offers"),
        From(of="agreements.Agreement", among="agreements"),
        From(of="delivery.Consignment", among="consignments"),
        From(of="clearance.LicenceCase", among="cases"),
        From(of="money.Flow", among="flows"),
        From(of="outlook.Term", among="terms"),
    )

    kind = models.CharField(max_length=12)
    audience_id = models.UUIDField(db_index=True)
    audience_name = models.CharField(max_length=300)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default=ReportState.DRAFT)
    number = models.PositiveIntegerField(null=True)
    as_of = models.DateField()
    since = models.DateField(null=True)
    base_id = models.UUIDField(null=True)
    summary = models.CharField(max_length=700, blank=True)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    made_by_name = models.CharField(max_length=300)
    issued_on = models.DateField(null=True)
    recalled_why = models.TextField(blank=True)
    needs = ArrayField(models.UUIDField(), default=list)
    offers = ArrayField(models.UUIDField(), default=list)
    agreements = ArrayField(models.UUIDField(), default=list)
    consignments = ArrayField(models.UUIDField(), default=list)
    cases = ArrayField(models.UUIDField(), default=list)
    flows = ArrayField(models.UUIDField(), default=list)
    terms = ArrayField(models.UUIDField(), default=list)

    class Meta:
        verbose_name = "situation report"
