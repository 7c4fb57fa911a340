"""Erasing: words of a person leave the responses that hold them. States, codes and days stay."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import erases_too, redact_records
from sild.wings.response import models
from sild.wings.response.rules import listing_digest

ERASERS = frozenset({Role.OFFICER, Role.SERVICE})
HOLDING: tuple[Any, ...] = tuple(getattr(models, name) for name in models.__all__)
CODES: dict[str, dict[str, tuple[str, ...]]] = {
    "PickedOption": {"steps": ("state", "on", "at"), "preconditions": ("stand", "at")},
    "Listing": {
        "ticks": ("stand", "at"),
        "identifiers": ("key", "kind", "at"),
        "sentences": ("key", "evidence", "at"),
        "approvals": ("person", "account", "at"),
    },
}
"""Of columns of plain data, what in them is no word of a person."""
CODED: tuple[Any, ...] = tuple(getattr(models, name) for name in CODES)
NOT_WORDS = ("state", "option", "level", "essential", "stand", "subject", "language", "digest", "forum", "norm", "touch")


@erases_too
@action("response.redact", roles=ERASERS, recalled=True)
def redact_responses(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's responses; returns the ids of those that held them."""
    touched: list[UUID] = []
    mine = {"owner_id": actor.organisation}
    codes = {one.id: _codes(one) for model in CODED for one in model.objects.filter(**mine)}
    for model in HOLDING:
        touched += redact_records(model.objects.filter(**mine), pattern, leave=NOT_WORDS)
    for model in CODED:
        for one in model.objects.filter(id__in=touched).order_by("id"):
            _put_back(one, codes[one.id])
            if isinstance(one, models.Listing) and one.content:
                one.digest = listing_digest(one.content)
            one.save()
    return touched


def _codes(one: Any) -> dict[str, Any]:
    """Words of the program inside what people said, by column: a word that is blotted out may be one of them."""
    found: dict[str, Any] = {}
    for column, names in CODES[type(one).__name__].items():
        rows = getattr(one, column)
        told = rows.items() if isinstance(rows, dict) else enumerate(rows)
        found[column] = {key: {name: row[name] for name in names} for key, row in told}
    return found


def _put_back(one: Any, codes: dict[str, Any]) -> None:
    for column, kept in codes.items():
        rows = getattr(one, column)
        if isinstance(rows, dict):
            setattr(one, column, {key: row | kept[key] for key, row in rows.items()})
        else:
            setattr(one, column, [row | kept[at] for at, row in enumerate(rows)])
