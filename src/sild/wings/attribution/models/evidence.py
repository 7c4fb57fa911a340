"""Tables of evidence: items with their grades and their chain of custody, sources, and the sealed identities of some."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class EvidenceSource(Record):
    """Who says it, under the name that the case's readers know; graded apart from what it says. `stems_from` is the source it repeats.

    `sealed`: who it is stands in a SealedIdentity, which lies in a compartment of its own.
    """

    inherits = (From(of="attribution.Case", key="case_id"),)

    case_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=300)
    reliability = models.CharField(max_length=1)
    stems_from = models.UUIDField(null=True)
    sealed = models.BooleanField(default=False)

    class Meta:
        verbose_name = "source of evidence"


class SealedIdentity(Record):
    """Who a source is, for the seats of its own compartment alone. `looks` in order: {at, by, reason}."""

    source_id = models.UUIDField(db_index=True)
    identity = models.CharField(max_length=2000)
    looks = models.JSONField(default=list)

    class Meta:
        verbose_name = "sealed identity"


class Evidence(Record):
    """An item of evidence. `credibility` grades it (1 to 6) apart from its source. `shown_to` are the audiences that may be shown it.

    `sha256` and `size` are of its file, which lies in the store of evidence under that digest; empty: there is none. `custody` in order:
    {at, by, to, note, sha256}. `withdrawn`: it counts no more, and why.
    """

    inherits = (From(of="attribution.Case", key="case_id"), From(of="attribution.EvidenceSource", key="source_id"))

    case_id = models.UUIDField(db_index=True)
    source_id = models.UUIDField(db_index=True)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    aspect = models.CharField(max_length=20)
    credibility = models.PositiveSmallIntegerField()
    shown_to = models.JSONField(default=list)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    custody = models.JSONField(default=list)
    withdrawn = models.BooleanField(default=False)
    withdrawn_why = models.CharField(max_length=2000, blank=True)
    entered_by_name = models.CharField(max_length=300)

    class Meta:
        verbose_name = "item of evidence"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case_id", "source_id"], name="evidence_of_case")]
