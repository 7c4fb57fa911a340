"""What one need could still get while the rest of the plan stays: its supplies, and an exact search for a delivery.

A Room is the corner of the problem that one need sees. Lifting a limit gives another Room; `delivery` says whether anything of
use fits into it. Money is counted in whole units of its donor's smallest digit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sild.cores.allocation.method.places import Layout, PlaceKey, Used, segments

NODES = 1_500
LANES = 300
# more than any plan can use: an unlimited row
PLENTY = 10**18


class Undecided(Exception):
    """The search ended at its node limit without an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What is left of one offer for this need: `left` lots of `lot` pieces, `cost` per lot from `donor`.

    It can arrive from `first` to `last`, but not after the need's date; a `listed` pair may always use its first period. `quality` is
    what a piece of it counts in the need's worth, `used` the units of hosting and of resources that a piece takes up.
    """

    offer: str
    lot: int
    left: int
    cost: int
    donor: str
    first: int
    last: int
    listed: bool = False
    quality: Decimal = Decimal(1)
    used: Used = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """low..high: pieces that would be of use until `due`. money: what each donor has left. total, months: what the body can take.

    places: what is left at the site and of the body's resources, laid out by `layout`. Donors and periods that are absent have no known
    limit.
    """

    low: int
    high: int
    supplies: tuple[Supply, ...]
    money: Mapping[str, int] = field(default_factory=dict)
    total: int = PLENTY
    months: Mapping[int, int] = field(default_factory=dict)
    due: int = PLENTY
    places: Mapping[PlaceKey, int] = field(default_factory=dict)
    layout: Layout = field(default_factory=lambda: Layout({}, {}))

    def periods(self, supply: Supply) -> list[int]:
        """The periods in which the supply may arrive that are worth telling apart, the one without a limit first."""
        last = min(self.due, supply.last)
        last = max(last, supply.first) if supply.listed else last
        steps, limited = self.layout.starts(supply.used), {*self.months, *self.layout.limited(supply.used)}
        found: list[int] = []
        for begin, end in segments(steps, supply.first, last) if last >= supply.first else []:
            free = next((period for period in range(begin, end + 1) if period not in limited), None)
            found.extend([period for period in sorted(limited) if begin <= period <= end] if free is None else [free])
        return found

    def drawn(self, supply: Supply, period: int) -> list[tuple[PlaceKey, int]]:
        """The places on which an arrival of the supply draws, and the units of a piece."""
        return self.layout.drawn(supply.used, period) if supply.used else []


Delivery = tuple[tuple[Supply, int, int], ...]


def delivery(room: Room) -> Delivery | None:
    """(supply, period, lots) that together bring low..high pieces within all limits; None: there is none.

    Raises Undecided where the exact search is too long.
    """
    if room.low > min(room.high, room.total):
        return None
    usable = [supply for supply in room.supplies if supply.left > 0 and supply.lot <= room.high and _affordable(room, supply)]
    lanes = [
        (supply, period, most)
        for supply in sorted(usable, key=lambda supply: (-supply.quality, -supply.lot, supply.cost, supply.offer))
        for period in room.periods(supply)
        if (most := _most(room, supply, period)) > 0
    ]
    if room.low == 1 or any(supply.lot >= room.low for supply, _, _ in lanes):
        enough = [lane for lane in lanes if lane[0].lot >= room.low]
        if enough:
            supply, period, _ = min(enough, key=lambda lane: (-lane[0].quality, lane[0].lot, lane[0].cost, lane[0].offer, lane[1]))
            return ((supply, period, 1),)
    if _ceiling(room, lanes) < room.low:
        return None
    found = _Hunt(room, lanes[:LANES]).run()
    if found is None and len(lanes) > LANES:
        raise Undecided
    return found


def _affordable(room: Room, supply: Supply) -> bool:
    return not supply.cost or room.money.get(supply.donor, PLENTY) >= supply.cost


def _most(room: Room, supply: Supply, period: int) -> int:
    most = min(supply.left, min(room.high, room.total, room.months.get(period, PLENTY)) // supply.lot)
    if supply.cost:
        most = min(most, room.money.get(supply.donor, PLENTY) // supply.cost)
    return min([most, *(room.places[key] // (units * supply.lot) for key, units in room.drawn(supply, period))])


def _ceiling(room: Room, lanes: Sequence[tuple[Supply, int, int]]) -> int:
    """No delivery brings more pieces than this: lots and money of each donor, and months, each counted alone."""
    lots: dict[str, int] = {}
    of_month: dict[int, int] = {}
    for supply, period, most in lanes:
        lots[supply.offer] = min(supply.left, lots.get(supply.offer, 0) + most)
        of_month[period] = min(room.months.get(period, PLENTY), of_month.get(period, 0) + most * supply.lot)
    left = dict(room.money)
    pieces = 0
    # the cheapest pieces of a donor first, the last lot in part: no whole lots can bring more
    for supply in sorted({lane[0].offer: lane[0] for lane in lanes}.values(), key=lambda one: one.cost / one.lot):
        brought = lots[supply.offer] * supply.lot
        if supply.cost and supply.donor in left:
            brought = min(brought, left[supply.donor] * supply.lot // supply.cost)
            left[supply.donor] -= brought * supply.cost // supply.lot
        pieces += brought
    return min(room.high, pieces, sum(of_month.values()))


class _Hunt:
    """Depth-first over the lanes, largest lots first, most lots first; states seen before are not entered again."""

    def __init__(self, room: Room, lanes: list[tuple[Supply, int, int]]) -> None:
        self.room, self.lanes = room, lanes
        self.seen: set[tuple[object, ...]] = set()
        self.nodes = 0
        self.chosen: list[tuple[Supply, int, int]] = []
        self.left = {supply.offer: supply.left for supply, _, _ in lanes}
        self.money = dict(room.money)
        self.months = {period: room.months[period] for _, period, _ in lanes if period in room.months}
        self.places = dict(room.places)
        self.behind = [0] * (len(lanes) + 1)
        for at in range(len(lanes) - 1, -1, -1):
            self.behind[at] = self.behind[at + 1] + lanes[at][2] * lanes[at][0].lot

    def run(self) -> Delivery | None:
        return tuple(self.chosen) if self._enter(0, 0) else None

    def _enter(self, at: int, pieces: int) -> bool:
        if pieces >= self.room.low:
            return True
        if at == len(self.lanes) or pieces + self.behind[at] < self.room.low:
            return False
        state = (at, pieces, *self.money.values(), *self.months.values(), *self.left.values(), *self.places.values())
        if state in self.seen:
            return False
        self.seen.add(state)
        self.nodes += 1
        if self.nodes > NODES:
            raise Undecided
        supply, period, most = self.lanes[at]
        most = min(most, self.left[supply.offer], (min(self.room.high, self.room.total) - pieces) // supply.lot)
        if supply.cost and supply.donor in self.money:
            most = min(most, self.money[supply.donor] // supply.cost)
        if period in self.months:
            most = min(most, self.months[period] // supply.lot)
        for key, units in self.room.drawn(supply, period):
            most = min(most, self.places[key] // (units * supply.lot))
        most = min(most, -(-(self.room.low - pieces) // supply.lot))
        for count in range(most, -1, -1):
            self._draw(supply, period, count)
            if count:
                self.chosen.append((supply, period, count))
            if self._enter(at + 1, pieces + count * supply.lot):
                return True
            if count:
                self.chosen.pop()
            self._draw(supply, period, -count)
        return False

    def _draw(self, supply: Supply, period: int, count: int) -> None:
        self.left[supply.offer] -= count
        if supply.donor in self.money:
            self.money[supply.donor] -= supply.cost * count
        if period in self.months:
            self.months[period] -= supply.lot * count
        for key, units in self.room.drawn(supply, period):
            self.places[key] -= units * supply.lot * count
