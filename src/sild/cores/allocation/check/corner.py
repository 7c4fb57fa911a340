"""One need with what the rest of the plan leaves of every limit that it sees, and whether anything more could reach it.

Limits are lifted by changing the records themselves, so that a lifted limit is tested like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from sild.cores.allocation.check.ledger import Ledger, Place, conditions_broken, gates_closed, least_of, places_held, places_told, window
from sild.cores.allocation.problem import Need, Offer, Problem

STATES = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Corner:
    """`offers` carry the lots that are left; `money` per donor and `rooms` per period (None: in all) likewise; absent: no limit.

    `admitted`: the offers that are listed as fitting, None where fit follows from the records. `parts`: offers of which one lot
    may be sent in part, with the pieces. `least` is the smallest useful number of pieces. `bundled`: nothing reaches the need alone.
    `places`: the units that are left at the need's site and of its body's resources. `declined`: the offers that one side said no to.
    """

    problem: Problem
    horizon: int
    need: Need
    delivered: int
    least: int
    offers: Mapping[str, Offer]
    money: Mapping[str, Fraction]
    rooms: Mapping[int | None, int]
    admitted: frozenset[str] | None = None
    parts: Mapping[str, int] = field(default_factory=dict)
    bundled: bool = False
    places: Mapping[Place, int] = field(default_factory=dict)
    declined: frozenset[str] = frozenset()

    def draws(self, offer: Offer, period: int) -> list[tuple[Place, int]]:
        """The places on which a piece of the offer would draw, arriving in `period`, and its units."""
        return places_held(self.need, offer, period, self.problem) if self.places else []

    def fits(self, offer: Offer) -> bool:
        """Whether the offer may serve the need in some period."""
        first, last = window(self.need, offer, self.horizon, paired=self.admitted is not None)
        if offer.minimum_lots or offer.id in self.declined:
            return False
        if self.admitted is not None:
            return offer.id in self.admitted
        return not conditions_broken(self.need, offer) and first <= last

    def periods(self, offer: Offer) -> list[int]:
        """Periods in which it may arrive: one without a limit where there is one, else all."""
        first, last = window(self.need, offer, self.horizon, paired=self.admitted is not None)
        if self.places and (offer.footprint or offer.uses):
            return list(range(first, last + 1))
        for period in range(first, last + 1):
            if period not in self.rooms:
                return [period]
        return list(range(first, last + 1))


def corner_of(need: Need, ledger: Ledger, by_category: Mapping[str, list[Offer]], listed: Mapping[str, frozenset[str]]) -> Corner:
    """The corner of a need in the plan that the ledger has added up."""
    problem = ledger.problem
    accepted = (need.category, *(category for category, _ in need.substitutes))
    near = [offer.id for category in accepted for offer in by_category.get(category, [])]
    names = dict.fromkeys(near + sorted(listed.get(need.id, ())))
    offers = {name: _left(ledger.offers[name], ledger.lots.get(name, 0)) for name in names}
    donors = {offer.donor for offer in offers.values()}
    budgets = {donor: problem.budgets.get(donor) for donor in donors}
    return Corner(
        problem=problem,
        horizon=ledger.horizon,
        need=need,
        delivered=ledger.pieces.get(need.id, 0),
        least=min(least_of(need), ledger.kept_pieces.get(need.id) or least_of(need)),
        offers=offers,
        money={donor: Fraction(money) - ledger.spent.get(donor, 0) for donor, money in budgets.items() if money is not None},
        rooms=ledger.rooms_of(need.body),
        admitted=None if problem.pairs is None else listed.get(need.id, frozenset()),
        places={
            place: units - ledger.standing.get(place, 0)
            for place, units in places_told(problem).items()
            if place[1] == (need.site if place[0] == "site" else need.body)
        },
        declined=frozenset(offer for one, offer in problem.declined if one == need.id),
        bundled=any(need.id == part for bundle in problem.bundles for part, _ in bundle.parts),
    )


def _left(offer: Offer, used: int) -> Offer:
    """What is left of an offer; an order that has come to its minimum is open to more."""
    return replace(offer, lots=offer.lots - used, minimum_lots=0 if used >= offer.minimum_lots else offer.minimum_lots)


def carries(corner: Corner, lots: list[tuple[Offer, int, int]]) -> str | None:
    """Why these (offer, period, pieces of it) cannot reach the need now; None: they can. Lots are not counted here."""
    if gates_closed(corner.need, corner.problem):
        return gates_closed(corner.need, corner.problem)[0]
    if corner.bundled:
        return "the need is of use only with the rest of its bundle"
    spent: dict[str, Fraction] = {}
    taken: dict[int | None, int] = {}
    standing: dict[Place, int] = {}
    for offer, period, pieces in lots:
        first, last = window(corner.need, offer, corner.horizon, paired=corner.admitted is not None)
        if not corner.fits(offer) or not first <= period <= last:
            return f"offer {offer.id} does not fit in period {period}"
        spent[offer.donor] = spent.get(offer.donor, Fraction(0)) + pieces * Fraction(offer.unit_cost or 0)
        for key in (None, period):
            taken[key] = taken.get(key, 0) + pieces
        for place, units in corner.draws(offer, period):
            standing[place] = standing.get(place, 0) + pieces * units
    for donor, money in spent.items():
        if donor in corner.money and money > corner.money[donor]:
            return f"the budget of {donor} does not suffice"
    for key, pieces in taken.items():
        if key in corner.rooms and pieces > corner.rooms[key]:
            return f"{corner.need.body} cannot take so much"
    for place, units in standing.items():
        if units > corner.places[place]:
            return f"there is no room for so much at {place[1]} {place[2]}".strip()
    total = corner.delivered + sum(pieces for _, _, pieces in lots)
    return None if corner.least <= total <= corner.need.quantity else f"{total} pieces are not of use"


def open_to_more(corner: Corner) -> bool | None:
    """Whether some delivery brings the need more within every limit; None: not settled within STATES."""
    if corner.bundled or gates_closed(corner.need, corner.problem):
        return False
    lots = [
        (offer, corner.parts.get(offer.id, offer.lot), min(offer.lots, 1) if offer.id in corner.parts else offer.lots)
        for offer in corner.offers.values()
        if corner.fits(offer) and offer.lots > 0
    ]
    single = [(offer, size) for offer, size, _ in lots if corner.least <= corner.delivered + size]
    for offer, size in single:
        if any(carries(corner, [(offer, period, size)]) is None for period in corner.periods(offer)):
            return True
    if corner.delivered >= corner.least:
        return False
    if corner.delivered + _top(corner, lots) < corner.least:
        return False
    return _states(corner, lots)


def _top(corner: Corner, lots: list[tuple[Offer, int, int]]) -> int:
    """More pieces than this cannot come: each donor's lots and money alone, the periods together, the body as a whole."""
    of_donor: dict[str, list[tuple[int, Fraction]]] = {}
    periods: set[int] = set()
    for offer, size, count in lots:
        pieces = min(count, _alone(corner, offer, size)) * size
        of_donor.setdefault(offer.donor, []).append((pieces, Fraction(offer.unit_cost or 0)))
        periods.update(corner.periods(offer))
    total = 0
    for donor, brought in of_donor.items():
        pieces, cheapest = sum(one for one, _ in brought), min(cost for _, cost in brought)
        if cheapest and donor in corner.money:
            pieces = min(pieces, int(corner.money[donor] / cheapest))
        total += pieces
    for rooms in ([None], list(periods)):
        if all(period in corner.rooms for period in rooms):
            total = min(total, sum(max(0, corner.rooms[period]) for period in rooms))
    return total


def _alone(corner: Corner, offer: Offer, size: int) -> int:
    """How many lots the limits would allow if this offer were alone."""
    room = corner.need.quantity - corner.delivered
    rooms = [corner.rooms.get(period, room) // size for period in corner.periods(offer)]
    most = min(room // size, sum(rooms))
    cost = size * Fraction(offer.unit_cost or 0)
    return min(most, int(corner.money[offer.donor] // cost)) if cost and offer.donor in corner.money else most


def _states(corner: Corner, lots: list[tuple[Offer, int, int]]) -> bool | None:
    """Every different (pieces, money per donor, pieces per limited period, units per place) that lots can reach."""
    donors = sorted({offer.donor for offer, _, _ in lots if offer.donor in corner.money and offer.unit_cost})
    donors = [donor for donor in donors if corner.money[donor] < _worst(corner, lots, donor)]
    limited = sorted({period for offer, _, _ in lots for period in corner.periods(offer) if period in corner.rooms})
    low = corner.least - corner.delivered
    high = min(corner.need.quantity - corner.delivered, corner.rooms.get(None, corner.need.quantity))
    spots_of = {(offer.id, period): dict(corner.draws(offer, period)) for offer, _, _ in lots for period in corner.periods(offer)}
    steps = sorted(corner.places, key=str)
    reached = {(0, (Fraction(0),) * len(donors), (0,) * len(limited), (0,) * len(steps))}
    for offer, size, count in sorted(lots, key=lambda one: (-one[1], one[0].id)):
        edge = set(reached)
        cost, spots = size * Fraction(offer.unit_cost or 0), corner.periods(offer)
        for _ in range(min(count, _alone(corner, offer, size))):
            grown = set()
            for pieces, spent, taken, standing in edge:
                if pieces + size > high:
                    continue
                money = tuple(used + cost if donor == offer.donor else used for donor, used in zip(donors, spent, strict=True))
                if any(used > corner.money[donor] for donor, used in zip(donors, money, strict=True)):
                    continue
                for period in spots:
                    filled = tuple(used + size if month == period else used for month, used in zip(limited, taken, strict=True))
                    held = spots_of[offer.id, period]
                    units = tuple(used + size * held.get(step, 0) for step, used in zip(steps, standing, strict=True))
                    fit_in = all(used <= corner.rooms[month] for month, used in zip(limited, filled, strict=True))
                    if fit_in and all(used <= corner.places[step] for step, used in zip(steps, units, strict=True)):
                        if pieces + size >= low:
                            return True
                        grown.add((pieces + size, money, filled, units))
            edge = grown - reached
            if not edge:
                break
            reached |= edge
            if len(reached) > STATES:
                return None
    return False


def _worst(corner: Corner, lots: list[tuple[Offer, int, int]], donor: str) -> Fraction:
    return sum(
        (
            min(count, _alone(corner, offer, size)) * size * Fraction(offer.unit_cost or 0)
            for offer, size, count in lots
            if offer.donor == donor
        ),
        Fraction(0),
    )
