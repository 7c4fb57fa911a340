"""What bodies said that they can take in, by month: the newest word of each, as the plan takes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.parties.public import mechanism_file
from sild.wings.planning.reads.limits import known_limits
from sild.wings.planning.reads.particulars import Use, uses_of
from sild.wings.planning.rules import CAPACITIES, OF_CAPACITY
from sild.wings.register.public import offers


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a body can take in within a month, in pieces or of a resource; `amount` None: it said that it does not know."""

    amount: Decimal | None
    source: str
    as_of: date


Months = dict[str, dict[date, Stated]]


@read
def stated_capacity(actor: Actor, resource: str = "") -> Months:
    """Capacity in pieces, or of a resource, by body and by the first day of the month, as far as the reader may see it.

    A month that is missing is unknown, not free.
    """
    return stated_capacities(actor).get(resource, {})


@read
def stated_capacities(actor: Actor) -> dict[str, Months]:
    """The same of pieces ("") and of every resource of which somebody told."""
    found: dict[str, Months] = defaultdict(lambda: defaultdict(dict))
    for (kind, subject, _category, month), limit in known_limits().limits.items():
        if kind in CAPACITIES and month is not None:
            found[OF_CAPACITY.get(kind, "")][subject][month] = Stated(amount=limit.amount, source=limit.source, as_of=limit.as_of)
    return {name: dict(bodies) for name, bodies in found.items()}


@read
def uses_of_offers(actor: Actor) -> Mapping[UUID, Mapping[str, Use]]:
    """What a piece of each offer that the reader sees takes of each resource; a resource of which nobody told is missing."""
    known, spec = known_limits(), mechanism_file(actor)
    return {offer.id: uses_of(offer.provider, offer.category, known, spec) for offer in offers(actor)}
