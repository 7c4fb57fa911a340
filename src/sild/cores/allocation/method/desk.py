"""The plan as it stands: what is left of every limit, and the room that one need sees in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from sild.cores.allocation.answer import Shipment, delivered_by
from sild.cores.allocation.fit import misfits
from sild.cores.allocation.method.kept import keep
from sild.cores.allocation.method.places import Left, layout_of, places_of
from sild.cores.allocation.method.room import PLENTY, Room, Supply
from sild.cores.allocation.problem import Need, Offer, Problem, money_scales, quality_of


class Desk:
    """The plan as it stands: what is left of every limit, for one need after the other."""

    def __init__(self, problem: Problem, shipments: Iterable[Shipment]) -> None:
        self.problem = problem
        self.horizon = problem.horizon
        self.needs = {need.id: need for need in problem.needs}
        self.offers = {offer.id: offer for offer in problem.offers}
        shipments = tuple(shipments)
        self.held = keep(problem).pieces if problem.committed else {}
        self.delivered = delivered_by(shipments)
        self.scale = money_scales(problem)
        self.bundle_of = {need: bundle.id for bundle in problem.bundles for need, _ in bundle.parts}
        self.lots = {offer.id: offer.lots for offer in problem.offers}
        self.money = {donor: int(money * self.scale[donor]) for donor, money in problem.budgets.items() if money is not None}
        self.absorption = dict(problem.absorption)
        self.places, self.layout = places_of(problem), layout_of(problem)
        for shipment in shipments:
            self.draw(shipment)
        self.of_category: dict[str, list[Offer]] = defaultdict(list)
        for offer in problem.offers:
            for category in dict.fromkeys(offer.categories):
                self.of_category[category].append(offer)
        self.paired: dict[str, list[str]] = defaultdict(list)
        for pair in sorted(problem.pairs or ()):
            self.paired[pair[0]].append(pair[1])
        self.months: dict[str, list[int]] = defaultdict(list)
        for body, period in problem.absorption:
            if period is not None:
                self.months[body].append(period)

    def add(self, shipment: Shipment) -> None:
        """Take one more shipment into the plan."""
        self.draw(shipment)
        self.delivered[shipment.need] = self.delivered.get(shipment.need, 0) + shipment.pieces

    def draw(self, shipment: Shipment) -> None:
        """Take what a shipment uses off every limit; one of negative lots and pieces gives it back."""
        offer, body = self.offers[shipment.offer], self.needs[shipment.need].body
        self.lots[offer.id] -= shipment.lots
        if offer.donor in self.money:
            self.money[offer.donor] -= int(offer.price * offer.lot * self.scale[offer.donor]) * shipment.lots
        for period in (None, shipment.period):
            if (body, period) in self.absorption:
                self.absorption[body, period] -= shipment.pieces
        for key, units in self.layout.drawn(self.layout.used(self.needs[shipment.need], offer), shipment.period):
            self.places[key] -= units * shipment.pieces

    def supply(self, need: Need, offer: Offer) -> Supply:
        """What is left of the offer for this need, whether or not it fits."""
        cost = int(offer.price * offer.lot * self.scale[offer.donor]) if offer.donor in self.money else 0
        last = PLENTY if offer.open_until is None else offer.open_until
        last = min(last, max(self.horizon, offer.arrives)) if need.due is None else last
        return Supply(
            offer=offer.id,
            lot=offer.lot,
            left=self.lots[offer.id],
            cost=cost,
            donor=offer.donor,
            first=offer.arrives,
            last=last,
            listed=self.problem.pairs is not None,
            quality=quality_of(need, offer) or Decimal(1),
            used=self.layout.used(need, offer),
        )

    def candidates(self, need: Need) -> Iterator[tuple[Offer, tuple[str, ...]]]:
        """Every offer of the need's category (and every paired one), with the limits that keep it away."""
        if self.problem.pairs is None:
            for offer in self._of_categories(need):
                yield offer, (*misfits(need, offer), *self._kept_back(need, offer))
            return
        paired = self.paired.get(need.id, [])
        for name in paired:
            yield self.offers[name], self._kept_back(need, self.offers[name])
        taken = set(paired)
        for offer in self._of_categories(need):
            if offer.id not in taken:
                yield offer, (*(misfits(need, offer) or ("fit",)), *self._kept_back(need, offer))

    def _kept_back(self, need: Need, offer: Offer) -> tuple[str, ...]:
        """Whether one side said no, and whether the plan orders too little of it for one need to be given more."""
        declined = ("declined",) if (need.id, offer.id) in self.problem.declined else ()
        return (*declined, "minimum-order") if offer.lots - self.lots[offer.id] < offer.minimum_lots else declined

    def _of_categories(self, need: Need) -> Iterator[Offer]:
        yield from self.of_category.get(need.category, ())
        seen = {need.category}
        for category, _ in need.substitutes:
            yield from (offer for offer in self.of_category.get(category, ()) if not seen.intersection(offer.categories))
            seen.add(category)

    def least(self, need: Need) -> int:
        """The fewest pieces that are of use: what is committed is of use however little it is."""
        return min(need.least, self.held.get(need.id, need.least))

    def places_of(self, need: Need) -> Left:
        """What is left at the need's site and of each resource of its body."""
        if not self.places:
            return {}
        mine = {"hosting": need.site, "intake": need.body}
        return {key: left for key, left in self.places.items() if key[1][0] == mine[key[0]]}

    def room(self, need: Need, supplies: tuple[Supply, ...]) -> Room:
        """The room of a need in the plan as it stands, its gates left aside."""
        delivered = self.delivered.get(need.id, 0)
        return Room(
            low=max(1, self.least(need) - delivered),
            high=need.quantity - delivered,
            supplies=supplies,
            money=self.money,
            total=self.absorption.get((need.body, None), PLENTY),
            months={period: self.absorption[need.body, period] for period in self.months.get(need.body, ())},
            due=PLENTY if need.due is None else need.due,
            places=self.places_of(need),
            layout=self.layout,
        )
