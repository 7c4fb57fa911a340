"""What arrives at bodies by month, in pieces and by resource, against what they told that they can take in: for the lights of matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sild.wings.parties.public import MechanismFile
from sild.wings.planning.reads.limits import Known
from sild.wings.planning.reads.particulars import uses_of
from sild.wings.planning.rules import RESOURCES, Resource, ResourceFact
from sild.wings.register.public import OfferView

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """Something that is to arrive at a body in a month. `offer` None: the reader is not shown what it is."""

    body: str
    month: date
    quantity: Decimal
    offer: OfferView | None


class Rooms:
    """What all arrivals take of each resource, added up once. Lives inside a read."""

    def __init__(self, known: Known, spec: MechanismFile, arriving: Iterable[Arriving]) -> None:
        self.known, self.spec = known, spec
        self.drawn: dict[tuple[str, str], dict[date, Decimal]] = {}
        self.silent: dict[tuple[str, str], set[date]] = {}
        for one in arriving:
            uses = self._uses(one.offer)
            for name in RESOURCES:
                if name in uses:
                    months = self.drawn.setdefault((one.body, name), {})
                    months[one.month] = months.get(one.month, NOTHING) + one.quantity * uses[name]
                else:
                    self.silent.setdefault((one.body, name), set()).add(one.month)

    def facts(self, body: str, offer: OfferView | None, quantity: Decimal, month: date, *, counted: bool) -> list[ResourceFact]:
        """How the body stands with each resource of which it told for that month; `counted`: the match is among the arrivals already."""
        uses, found = self._uses(offer), []
        for name, resource in RESOURCES.items():
            stated = {day: one.amount for day, one in self.known.months(resource.capacity, body).items() if one.amount is not None}
            capacity = _in_force(stated, month, resource)
            if capacity is None:
                continue
            needed = quantity * uses.get(name, NOTHING)
            drawn = self._drawn(body, resource, month) + (NOTHING if counted else needed)
            known = name in uses and not self._unknown(body, resource, month)
            found.append(
                ResourceFact(
                    name=name, capacity=capacity, drawn=drawn, known=known, next_room=self._next(body, resource, stated, month, needed)
                )
            )
        return found

    def _uses(self, offer: OfferView | None) -> dict[str, Decimal]:
        if offer is None:
            return {}
        return {name: use.amount for name, use in uses_of(offer.provider, offer.category, self.known, self.spec).items()}

    def _drawn(self, body: str, resource: Resource, month: date) -> Decimal:
        months = self.drawn.get((body, resource.name), {})
        return sum((units for day, units in months.items() if day == month or (resource.lasting and day < month)), NOTHING)

    def _unknown(self, body: str, resource: Resource, month: date) -> bool:
        return any(day == month or (resource.lasting and day < month) for day in self.silent.get((body, resource.name), ()))

    def _next(self, body: str, resource: Resource, stated: Mapping[date, Decimal], month: date, needed: Decimal) -> date | None:
        """The next month that was told and has enough for the match."""
        later = (day for day in sorted(stated) if day > month)
        return next((day for day in later if stated[day] >= self._drawn(body, resource, day) + needed), None)


def _in_force(stated: Mapping[date, Decimal], month: date, resource: Resource) -> Decimal | None:
    """What was told for the month, of what lasts the last word that holds in it; None where nobody spoke of it."""
    if not resource.lasting:
        return stated.get(month)
    holds = [day for day in sorted(stated) if day <= month]
    return stated[holds[-1]] if holds else None
