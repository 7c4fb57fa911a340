"""What a body takes in with, beside pieces: hours of its people, places in training, racks, power; and months that nobody spoke of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sild.wings.planning.rules.stated import LimitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One resource: `capacity` and `use` are the kinds of limit that tell how much a body has and what a piece takes; a plan counts it in
    units of which `parts` are one of the unit that people write; `lasting`: what has arrived keeps it."""

    name: str
    capacity: LimitKind
    use: LimitKind
    parts: int = 1
    lasting: bool = False

    def counted(self, amount: Decimal) -> int:
        """An amount as plans count it, what is left of a part cut off."""
        return int(amount * self.parts)

    def told(self, units: int | Decimal) -> Decimal:
        """What a plan counts, as people write it."""
        return Decimal(units) / self.parts


RESOURCES: Mapping[str, Resource] = {
    "people": Resource(name="people", capacity="absorption-people", use="use-people", parts=100),
    "training": Resource(name="training", capacity="absorption-training", use="use-training", parts=100),
    "racks": Resource(name="racks", capacity="absorption-racks", use="use-racks", parts=100, lasting=True),
    "power": Resource(name="power", capacity="absorption-power", use="use-power", parts=100, lasting=True),
}
"""People in hours for installing and running, training in places, racks in rack units, power in watts."""

LASTING = frozenset(name for name, one in RESOURCES.items() if one.lasting)
OF_CAPACITY: Mapping[str, str] = {one.capacity: name for name, one in RESOURCES.items()}
OF_USE: Mapping[str, str] = {one.use: name for name, one in RESOURCES.items()}

FEWEST_MONTHS, MOST_MONTHS = 12, 120
"""How many months of a plan are counted where some were told: a year at least, ten at most."""


def with_untold(told: Mapping[int, int], last: int) -> dict[int, int]:
    """What a body has by month, each untold month up to `last` with what its best told month has.

    So no number is made up, and a month without a word neither binds more than the best with one, nor takes what none with one can.
    Where nothing above 0 was told, untold months stay out.
    """
    best = max(told.values(), default=0)
    return {month: told.get(month, best) for month in range(last + 1)} | dict(told) if best else dict(told)
