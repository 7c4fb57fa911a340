"""Tables of catalogues of actors, and of the traits that were seen in a case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.wings.attribution.rules import CatalogueKind


class ActorCatalogue(Record):
    """A public catalogue as the operator's file had it; the newest of its kind counts. It lies in no compartment: it is about no case.

    `digest` is the SHA-256 of the file's bytes (of a folder's, in order of names); `as_of` the day that the file says it is of, None:
    it says none. `counts` and `content`: rules/catalogue.py.
    """

    kind = models.CharField(max_length=20, default=CatalogueKind.INTRUSION_SETS)
    name = models.CharField(max_length=200)
    release = models.CharField(max_length=80, blank=True)
    as_of = models.DateField(null=True)
    digest = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    imported_at = models.DateTimeField()
    imported_by_name = models.CharField(max_length=300)

    class Meta:
        verbose_name = "catalogue of actors"


class SeenTrait(Record):
    """That a source of the case saw a technique or a software, by its id in the catalogue; `called` as the catalogue called it then."""

    inherits = (From(of="attribution.Case", key="case_id"), From(of="attribution.EvidenceSource", key="source_id"))

    case_id = models.UUIDField(db_index=True)
    source_id = models.UUIDField(db_index=True)
    trait = models.CharField(max_length=40)
    called = models.CharField(max_length=300)
    note = models.CharField(max_length=2000, blank=True)
    entered_by_name = models.CharField(max_length=300)
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name = "trait that was seen"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case_id", "trait"], name="trait_of_case")]
