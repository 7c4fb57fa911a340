"""Consignments in which words stand that name a person, to hand out to whom they name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.erasure import HELD_TOO
from sild.wings.delivery.models import Consignment, LetOn


@read
def consignments_naming(actor: Actor, words: Iterable[str]) -> list[dict[str, Any]]:
    """The organisation's consignments in which one of the words stands, as plain data."""
    said = Q()
    for word in words:
        for column in ("title", "body", "giver", "told", "way"):
            said |= Q(**{f"{column}__icontains": word})
    if not said:
        return []
    consignments = Consignment.objects.annotate(told=Cast("steps", TextField()), way=Cast("legs", TextField()))
    found = consignments.filter(said, owner_id=actor.organisation).order_by("created_at", "id")
    return [{"title": one.title, "body": one.body, "giver": one.giver, "legs": one.legs, "steps": one.steps} for one in found]


@read
def let_on_naming(actor: Actor, words: Sequence[str]) -> list[dict[str, Any]]:
    """The organisation's words that let something go out, in which one of the words stands: what they are against names parties."""
    said = Q()
    for word in words:
        said |= Q(reason__icontains=word) | Q(said_by__icontains=word) | Q(named__icontains=word)
    kept = LetOn.objects.annotate(named=Cast("against", TextField()))
    found = kept.filter(said, owner_id=actor.organisation).order_by("created_at", "id") if said else ()
    return [{"said_by": one.said_by, "said_on": one.said_on.isoformat(), "reason": one.reason, "against": one.against} for one in found]


HELD_TOO["let_on"] = let_on_naming
