"""Screening as data: where a hit and a party stand, what a person may rule, and when a ruling holds no more. Nothing is automatic."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class HitState(StrEnum):
    """Where one hit stands: open until a person rules; `gone` when names or list changed so that nothing is left to ask."""

    OPEN = "open"
    CLEARED = "cleared"
    CONFIRMED = "confirmed"
    GONE = "gone"


RULED = frozenset({HitState.CLEARED, HitState.CONFIRMED})
RULINGS: Mapping[HitState, frozenset[HitState]] = {
    HitState.OPEN: RULED,
    HitState.CLEARED: frozenset({HitState.CONFIRMED, HitState.OPEN}),
    HitState.CONFIRMED: frozenset({HitState.CLEARED, HitState.OPEN}),
    HitState.GONE: frozenset(),
}
"""What a person may rule of a hit in each state."""


class Standing(StrEnum):
    """Where a party stands with screening."""

    NOT_SCREENED = "not-screened"
    NO_HITS = "no-hits"
    HITS_OPEN = "hits-open"
    CLEARED = "cleared"
    CONFIRMED = "confirmed"


STANDINGS = (Standing.CONFIRMED, Standing.HITS_OPEN, Standing.NOT_SCREENED, Standing.CLEARED, Standing.NO_HITS)
"""In the order in which somebody should look at them."""


def standing_of(hits: Iterable[HitState], *, current: bool) -> Standing:
    """Where a party stands, by its hits. `current`: its names of today were held against the list of today.

    What a person confirmed, and what is open, counts whatever has changed since; only a party without either has to be screened anew.
    """
    there = frozenset(hits)
    if HitState.CONFIRMED in there:
        return Standing.CONFIRMED
    if HitState.OPEN in there:
        return Standing.HITS_OPEN
    if not current:
        return Standing.NOT_SCREENED
    return Standing.CLEARED if HitState.CLEARED in there else Standing.NO_HITS


def names_digest(names: Collection[str]) -> str:
    """SHA-256 of a party's names, whatever their order: the same while it goes by the same names."""
    return hashlib.sha256(json.dumps(sorted(set(names)), ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a ruling was made on: the list's entry and the party's names, by their digests."""

    entry: str
    names: str


def still_holds(ruled_on: Grounds, now: Grounds) -> bool:
    """Whether a ruling stands: neither the entry nor the names have changed since."""
    return ruled_on == now


@dataclass(frozen=True, slots=True, kw_only=True)
class NewList:
    """What an operator says of a list: what it is called, and the day it speaks of."""

    name: str
    as_of: date


READ = "screening.take-up"
"""The job that reads a new list and screens whom it has to."""
LONGEST_NAME = 200
LONGEST_REASON = 2000
MOST_FAULTS = 50
"""Lines that could not be read which are kept by number; all are counted."""
MOST_HITS = 50
"""Hits of one party that are kept, those with most points first; a party with more has a name that says little."""
LARGEST_UPLOAD = 100 * 1024 * 1024
