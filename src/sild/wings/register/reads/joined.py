"""What was joined into what in the end: needs and offers go into one another more than once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.register.models import Need, Offer

MOST_JOINS = 20
"""How often what something was joined into may have been joined further, and is followed."""
KINDS: dict[str, Any] = {"need": Need, "offer": Offer}


@read
def final_ones(actor: Actor, side: str, keys: Collection[UUID]) -> dict[UUID, UUID]:
    """Which need (or offer, by `side`) each of these is now: itself, or what it was joined into as far as the reader sees that."""
    ends = {key: key for key in keys}
    for _step in range(MOST_JOINS):
        on = dict(KINDS[side].objects.filter(id__in=set(ends.values())).exclude(joined_into=None).values_list("id", "joined_into"))
        there = set(KINDS[side].objects.filter(id__in=set(on.values())).values_list("id", flat=True))
        onward = {key: into for key, into in on.items() if into in there}
        if not onward:
            break
        ends = {key: onward.get(end, end) for key, end in ends.items()}
    return ends


@read
def all_joined_into(actor: Actor, side: str, keys: Collection[UUID]) -> dict[UUID, UUID]:
    """These needs (or offers) and all that went into them, over any number of joins: each with the one of `keys` that it is now."""
    ends = {key: key for key in keys}
    fresh = set(ends)
    for _step in range(MOST_JOINS):
        went = dict(KINDS[side].objects.filter(joined_into__in=fresh).values_list("id", "joined_into"))
        fresh = {key for key in went if key not in ends}
        if not fresh:
            break
        ends |= {key: ends[went[key]] for key in fresh}
    return ends
