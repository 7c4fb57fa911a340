"""What responses hold on a person, as far as the reader sees them: handed out to whom it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.erasure import HELD_TOO
from sild.wings.response.models import Complaint, EssentialWord, Listing, PickedOption, Response, TouchedNorm

TEXTS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Response, ("title", "summary", "opened_by_name", "ended_why")),
    (PickedOption, ("why", "steps", "preconditions", "picked_by_name")),
    (Listing, ("name", "identifiers", "ticks", "sentences", "approvals", "content", "begun_by_name", "recalled_why")),
    (Complaint, ("asked", "norms", "written_by_name", "withdrawn_why")),
    (EssentialWord, ("words", "body", "written_by_name")),
    (TouchedNorm, ("why", "source", "said_by_name")),
)
"""Columns of people's words, by table."""


@read
def response_naming(actor: Actor, words: Sequence[str]) -> list[dict[str, Any]]:
    """The organisation's responses, and what belongs to them, in which one of the words stands, as plain data."""
    wanted = [word for word in words if word.strip()]
    found: list[dict[str, Any]] = []
    for model, texts in TEXTS:
        said = Q()
        for word in wanted:
            for column in texts:
                said |= Q(**{f"{column}__icontains": word})
        if said:
            rows = model.objects.filter(said, owner_id=actor.organisation).order_by("created_at", "id")
            found += [{name: getattr(one, name) for name in texts} for one in rows]
    return found


HELD_TOO["response"] = response_naming
