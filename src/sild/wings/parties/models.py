"""Tables of the parties wing."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sild.kernel.record import Record
from sild.wings.parties.rules import PartyStatus


class Party(Record):
    """An organisation under its canonical English name, with every name it goes by; `aliases` are (language, name) pairs.

    `parent` is the canonical name of the party above it. It is a name and not a key: either of the two may be taken in first.
    """

    name = models.CharField(max_length=300)
    aliases = models.JSONField(default=list)
    country = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    sector = models.CharField(max_length=80, blank=True)
    parent = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=12, default=PartyStatus.KNOWN)
    met_in = ArrayField(models.CharField(max_length=300), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "owner_id", "name"], name="party_name_in_organisation")]
        indexes = [models.Index(fields=["name"], name="party_name"), models.Index(fields=["parent"], name="party_parent")]
