"""What is held of somebody in diplomacy, to hand out to whom it names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.diplomacy.models import ContactPoint, Duty, Implementation, Position, TreatyStep

WORDY: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Implementation, ("what", "agency", "proof")),
    (Duty, ("what", "basis", "done")),
    (ContactPoint, ("office", "reach", "pings")),
    (Position, ("said", "document", "link")),
    (TreatyStep, ("source",)),
)


@read
def diplomacy_naming(actor: Actor, words: Iterable[str]) -> list[dict[str, Any]]:
    """The organisation's entries in which one of the words stands, as plain data."""
    wanted = tuple(words)
    found: list[dict[str, Any]] = []
    for kind, columns in WORDY:
        said = Q()
        for word in wanted:
            for column in columns:
                said |= Q(**{f"told_{column}__icontains": word})
        if said:
            records = kind._default_manager.annotate(**{f"told_{column}": Cast(column, TextField()) for column in columns})
            for one in records.filter(said, owner_id=actor.organisation).order_by("created_at", "id"):
                found.append({"kind": str(kind._meta.verbose_name)} | {column: getattr(one, column) for column in columns})
    return found
