"""Commitments: as many of their lots as the limits still allow are kept, in the order in which they stand, and what is left of each limit.

A commitment is given up only where it and the commitments kept before it alone break a limit; the limit is named.
"""

from __future__ import annotations

from dataclasses import dataclass

from sild.cores.allocation.answer import Shipment
from sild.cores.allocation.fit import gates, last_arrival, misfits
from sild.cores.allocation.method.places import Layout, Left, layout_of, places_of
from sild.cores.allocation.problem import Earlier, Need, Offer, Problem, money_scales

Key = tuple[str, str, int]


@dataclass(slots=True)
class Stock:
    """What is left of every limit: lots per offer, money per donor (smallest unit), room per (body, period), pieces wanted per need."""

    lots: dict[str, int]
    money: dict[str, int]
    scale: dict[str, int]
    absorption: dict[tuple[str, int | None], int]
    wanted: dict[str, int]
    places: Left
    layout: Layout

    def most(self, need: Need, offer: Offer, period: int) -> tuple[int, str]:
        """How many lots can still go there, and the limit that allows no more."""
        rooms = [(self.lots[offer.id], "offer-lots"), (self.wanted[need.id] // offer.lot, "quantity")]
        cost = self.cost(offer)
        if cost:
            rooms.append((self.money[offer.donor] // cost, "budget"))
        rooms.extend(
            (self.absorption[need.body, when] // offer.lot, "absorption") for when in (None, period) if (need.body, when) in self.absorption
        )
        for key, units in self.layout.drawn(self.layout.used(need, offer), period):
            rooms.append((self.places[key] // (units * offer.lot), "hosting" if key[0] == "hosting" else "absorption"))
        return min(rooms)

    def draw(self, need: Need, offer: Offer, period: int, lots: int) -> None:
        """Take lots out of everything that they draw on."""
        pieces = lots * offer.lot
        self.lots[offer.id] -= lots
        self.wanted[need.id] -= pieces
        if offer.donor in self.money:
            self.money[offer.donor] -= self.cost(offer) * lots
        for when in (None, period):
            if (need.body, when) in self.absorption:
                self.absorption[need.body, when] -= pieces
        for key, units in self.layout.drawn(self.layout.used(need, offer), period):
            self.places[key] -= pieces * units

    def cost(self, offer: Offer) -> int:
        """What one lot costs its donor, in the smallest unit; 0 where the budget is not known."""
        return int(offer.price * offer.lot * self.scale[offer.donor]) if offer.donor in self.money else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The commitments that stand, what is left beside them, and for those given up (in part) the limit."""

    shipments: tuple[Shipment, ...]
    stock: Stock
    given_up: dict[Key, str]

    @property
    def pieces(self) -> dict[str, int]:
        """Pieces kept per need id."""
        total: dict[str, int] = {}
        for one in self.shipments:
            total[one.need] = total.get(one.need, 0) + one.pieces
        return total


def stock_of(problem: Problem) -> Stock:
    """Everything that there is before anything is given."""
    scale = money_scales(problem)
    return Stock(
        lots={offer.id: offer.lots for offer in problem.offers},
        money={donor: int(money * scale[donor]) for donor, money in problem.budgets.items() if money is not None},
        scale=scale,
        absorption=dict(problem.absorption),
        wanted={need.id: need.quantity for need in problem.needs},
        places=places_of(problem),
        layout=layout_of(problem),
    )


def keep(problem: Problem) -> Kept:
    """The commitments of a problem, kept as far as its limits allow."""
    stock, shipments, given_up = stock_of(problem), list[Shipment](), dict[Key, str]()
    needs = {need.id: need for need in problem.needs} if problem.committed else {}
    offers = {offer.id: offer for offer in problem.offers} if problem.committed else {}
    for one in problem.committed:
        need, offer = needs.get(one.need), offers.get(one.offer)
        closed = barrier(problem, one, need, offer)
        if closed is not None or need is None or offer is None:
            given_up[one.key] = closed or "withdrawn"
            continue
        most, limit = stock.most(need, offer, one.period)
        lots = min(one.lots, most)
        if lots < one.lots:
            given_up[one.key] = limit
        if lots > 0:
            stock.draw(need, offer, one.period, lots)
            shipments.append(Shipment(need=need.id, offer=offer.id, period=one.period, lots=lots, pieces=lots * offer.lot))
    return Kept(shipments=tuple(shipments), stock=stock, given_up=given_up)


def barrier(problem: Problem, one: Earlier, need: Need | None, offer: Offer | None) -> str | None:
    """The condition that keeps an earlier delivery away whatever else is planned; None: there is none."""
    if need is None or offer is None:
        return "withdrawn"
    closed = gates(need, problem)
    if closed:
        return closed[0]
    listed = problem.pairs is not None
    if problem.pairs is not None and (one.need, one.offer) not in problem.pairs:
        return "fit"
    if (one.need, one.offer) in problem.declined:
        return "declined"
    failing = () if listed else misfits(need, offer)
    if failing:
        return failing[0]
    first, last = offer.arrives, last_arrival(need, offer, problem.horizon)
    if one.period < first:
        return "arrival"
    if one.period > (max(first, last) if listed else last):
        if need.due is not None and one.period > need.due:
            return "due-date"
        until = offer.licence.until
        return "licence-end" if until is not None and one.period > until else "availability"
    return None
