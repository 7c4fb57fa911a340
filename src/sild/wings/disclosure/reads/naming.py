"""Reports in which a person is named, as plain data to hand out to whom they name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.erasure import HELD_TOO
from sild.wings.disclosure.models import Report


@read
def reports_naming(actor: Actor, words: Sequence[str]) -> list[dict[str, Any]]:
    """The organisation's reports in which one of the words stands: number, day, for whom, and the sentences and cells that hold it."""
    said = Q()
    for word in words:
        for column in ("summary", "recalled_why", "audience_name", "told"):
            said |= Q(**{f"{column}__icontains": word})
    if not said:
        return []
    found = Report.objects.annotate(told=Cast("content", TextField())).filter(said, owner_id=actor.organisation)
    return [
        {
            "number": one.number,
            "state": one.state,
            "as_of": one.as_of.isoformat(),
            "audience": one.audience_name,
            "texts": _saying([one.summary, one.recalled_why, one.content], words),
        }
        for one in found.order_by("created_at", "id")
    ]


def _saying(value: object, words: Sequence[str]) -> list[str]:
    sought = [word.casefold() for word in words]
    return sorted({text for text in _texts(value) if any(word in text.casefold() for word in sought)})


def _texts(value: object) -> list[str]:
    """Every text inside plain data; of pictures nothing: what they show stands in the tables."""
    if isinstance(value, str):
        return [] if value.startswith("<svg") else [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    return [text for one in value for text in _texts(one)] if isinstance(value, list | tuple) else []


HELD_TOO["reports"] = reports_naming
