"""Tables of screening: lists that the operator provided, what was screened, and the hits."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.wings.screening.rules import HitState


class ScreeningList(Record):
    """A list as it was provided: its bytes lie in the store of originals under `digest` (hex SHA-256, `size` in bytes).

    `entries` is None until it was read; `names` can be found, `passed_over` lines are of other kinds, `unread` could not be read, of which
    `faults` names the first ones: {line, why}. `withdrawn`: an officer took it away; nobody is screened against it.
    """

    name = models.CharField(max_length=200)
    as_of = models.DateField()
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    entries = models.PositiveIntegerField(null=True)
    names = models.PositiveIntegerField(default=0)
    passed_over = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        verbose_name = "screening list"


class Screening(Record):
    """When a party was last held against a list, under which names (by their digest); one for each party."""

    inherits = (From(of="parties.Party", key="party_id"),)

    party_id = models.UUIDField(db_index=True)
    list_id = models.UUIDField()
    names_digest = models.CharField(max_length=64)
    screened_on = models.DateField()
    hits = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "screening"
        constraints = [models.UniqueConstraint(fields=["owner_id", "party_id"], name="screening_of_party")]


class Hit(Record):
    """A party that may be an entry of a list. The entry stands here as the list had it, so that it can be read without the list.

    `parts` add up to `score`: {kind, points, party, entry}. `entry_digest` and `names_digest` are what `state` speaks of; `in_list` is
    False once the newest list no longer has it. `rulings` in order: {on, by, state, before, reason}; "open" with no `by` is the desk's own
    word: what was ruled on has changed.
    """

    inherits = (From(of="parties.Party", key="party_id"),)

    party_id = models.UUIDField(db_index=True)
    party = models.CharField(max_length=300)
    list_id = models.UUIDField()
    entry_id = models.CharField(max_length=300)
    entry = models.JSONField(default=dict)
    entry_digest = models.CharField(max_length=64)
    names_digest = models.CharField(max_length=64)
    party_name = models.CharField(max_length=300)
    entry_name = models.CharField(max_length=300)
    score = models.DecimalField(max_digits=5, decimal_places=2)
    parts = models.JSONField(default=list)
    state = models.CharField(max_length=12, default=HitState.OPEN)
    in_list = models.BooleanField(default=True)
    rulings = models.JSONField(default=list)

    class Meta:
        verbose_name = "screening hit"
        constraints = [models.UniqueConstraint(fields=["owner_id", "party_id", "entry_id"], name="one_hit_of_party_and_entry")]
