"""A part of the problem as a problem of its own: some needs, what they can draw on, and of every limit what the others leave.

Small enough to be laid out and settled anew for each of many changes. What joins all needs at once (a rule of fairness) and what stands
outside of the lanes (commitments) cannot be cut out; such a problem is told apart by `can_excerpt`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from sild.cores.allocation.answer import Shipment
from sild.cores.allocation.method.desk import Desk
from sild.cores.allocation.problem import Offer, Problem


def can_excerpt(problem: Problem) -> bool:
    """Whether parts of the problem can be looked at alone."""
    return not problem.fairness and not problem.committed


class Excerpts:
    """Cuts parts out of a problem that stands at a plan."""

    def __init__(self, problem: Problem, shipments: Sequence[Shipment]) -> None:
        self.problem = problem
        self.desk = Desk(problem, shipments)
        self.of_need: dict[str, list[Shipment]] = {}
        self.takers: dict[str, list[str]] = {}
        for one in shipments:
            self.of_need.setdefault(one.need, []).append(one)
            self.takers.setdefault(one.offer, []).append(one.need)

    def around(self, needs: Iterable[int], also: str | None) -> tuple[Problem, tuple[Shipment, ...]]:
        """(the problem of these needs, their part of the plan); `also`: an offer that is taken along though nothing fits it yet."""
        problem, desk = self.problem, self.desk
        chosen = [problem.needs[at] for at in sorted(set(needs))]
        inside = {need.id for need in chosen}
        own = tuple(one for need in chosen for one in self.of_need.get(need.id, ()))
        for one in own:
            desk.draw(replace(one, lots=-one.lots, pieces=-one.pieces))
        names = {offer.id for need in chosen for offer, _ in desk.candidates(need)} | ({also} if also is not None else set())
        offers = tuple(self._left(offer) for offer in problem.offers if offer.id in names)
        bodies, sites, donors = {need.body for need in chosen}, {need.site for need in chosen}, {offer.donor for offer in offers}
        part = replace(
            problem,
            needs=tuple(chosen),
            offers=offers,
            budgets={donor: self._money(donor) for donor in sorted(donors)},
            absorption={key: pieces for key, pieces in desk.absorption.items() if key[0] in bodies},
            hosting={key: desk.places["hosting", key] for key in problem.hosting if key[0] in sites},
            intake={key: desk.places["intake", key] for key in problem.intake if key[0] in bodies},
            pairs=None if problem.pairs is None else frozenset((need.id, name) for need in chosen for name in desk.paired.get(need.id, ())),
            bundles=tuple(bundle for bundle in problem.bundles if all(need in inside for need, _ in bundle.parts)),
            planned=tuple(one for one in problem.planned if one.need in inside and one.offer in names),
        )
        for one in own:
            desk.draw(one)
        return part, own

    def _left(self, offer: Offer) -> Offer:
        taken = offer.lots - self.desk.lots[offer.id]
        return replace(offer, lots=self.desk.lots[offer.id], minimum_lots=max(0, offer.minimum_lots - taken))

    def _money(self, donor: str) -> Decimal | None:
        money = self.desk.money.get(donor)
        return None if money is None else Decimal(money) / self.desk.scale[donor]
