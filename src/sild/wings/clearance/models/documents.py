"""The table of papers of licence cases: those that were made here, and files that came."""

from __future__ import annotations

import base64

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class CaseDocument(Record):
    """A relay note or an end-use statement as it was made: its bytes, their SHA-256 (hex), who made it, when, and of which case.

    `content` is the file in base64: it is kept, moved, undone and erased with its record, and history keeps it as text. `facts` are what
    the case said then, by field; `unknown` the fields that were left as blanks. It is shown to whoever the case is shown to.

    A file that `came` (a licence, a letter, a signed statement) has a `name`; its bytes lie in the store of what came for licences under
    `sha256`, `content` is empty, and `made_on` is the day on which it came. `signed_on`: the day of the signature under it.
    """

    inherits = (From(of="clearance.LicenceCase", key="case_id", everybody=True),)

    case_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=20)
    languages = models.JSONField(default=list)
    content = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_by_name = models.CharField(max_length=300)
    made_on = models.DateField()
    case_version = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)
    unknown = models.JSONField(default=list)
    came = models.BooleanField(default=False)
    name = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True)

    class Meta:
        verbose_name = "licence paper"

    @property
    def data(self) -> bytes:
        """The file; empty where its words were erased."""
        return base64.b64decode(self.content)
