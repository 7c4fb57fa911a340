"""What rests on a record: higher wings say what of theirs would be touched if it changed; lower wings ask without knowing them.

A wing declares a question with `@rests_on("register.Need")`; whoever foretells an act asks `resting_on`. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """What rests on a record: `many` things of a kind ("plan": matches of the newest plan) that together take `quantity` in `unit`."""

    kind: str
    many: int
    quantity: Decimal
    unit: str


Question = Callable[[Actor, Collection[UUID]], Mapping[UUID, tuple[Resting, ...]]]
"""For records of a kind, as far as the actor sees it, what rests on each; one on which nothing rests is left out."""

Census = Callable[[Actor], Collection[UUID]]
"""All records of a kind on which something rests, as far as the actor sees it."""

CENSUS: dict[str, list[Census]] = {}
"""The censuses by the kind of record."""

RESTING: dict[str, list[Question]] = {}
"""The questions by the kind of record that is asked about."""


def rests_on(label: str) -> Callable[[Question], Question]:
    """Declare what rests on records of a kind (its label, "register.Need")."""

    def declare(question: Question) -> Question:
        RESTING.setdefault(label, []).append(question)
        return question

    return declare


@read
def resting_on(actor: Actor, label: str, keys: Collection[UUID]) -> dict[UUID, tuple[Resting, ...]]:
    """What rests on the records of a kind, by record; those on which nothing rests are left out."""
    found: dict[UUID, tuple[Resting, ...]] = {}
    for question in RESTING.get(label, []):
        for key, told in question(actor, keys).items():
            found[key] = (*found.get(key, ()), *told)
    return found


def counts(label: str) -> Callable[[Census], Census]:
    """Declare all records of a kind on which something rests."""

    def declare(census: Census) -> Census:
        CENSUS.setdefault(label, []).append(census)
        return census

    return declare


@read
def all_rested_on(actor: Actor, label: str) -> frozenset[UUID]:
    """Every record of the kind on which something rests."""
    return frozenset(key for census in CENSUS.get(label, []) for key in census(actor))
