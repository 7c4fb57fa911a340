"""The asks that unlock most: LP prices make the shortlist, the plan is solved again for each of its heads with the change made.

An ask is one change that one party can make. Its amount is trimmed to what the better plan uses of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from time import monotonic

import numpy as np

from sild.cores.allocation.answer import Answer, Ask, Change, Shipment, delivered_by, objective_of
from sild.cores.allocation.method.again import LANES_AROUND, NODES, around, solve_again
from sild.cores.allocation.method.desk import Desk
from sild.cores.allocation.method.excerpt import Excerpts, can_excerpt
from sild.cores.allocation.method.grid import Grid, lay_out
from sild.cores.allocation.method.lifts import NEW_OFFER, NOBODY
from sild.cores.allocation.method.model import SolverRefused, build, relax
from sild.cores.allocation.method.plan import LANES_FOR_ONE_MODEL
from sild.cores.allocation.method.prospects import Prospect, prospects_of
from sild.cores.allocation.method.widened import widened
from sild.cores.allocation.method.wording import sentence_for
from sild.cores.allocation.problem import Problem

SHORTLIST = 20
ASKS = 5
# of those who take from an offer that others could have, so many are asked to give way
TAKERS = 20
# in a large problem a change is tried among so many needs, with so many branchings: the ranking is to cost no more than two plans
AROUND_ONE, NODES_FOR_ONE = 30, 40
# a gain counts as exact where bounds leave less than this share of it open
EXACT = 0.02


def with_asks(problem: Problem, answer: Answer, seconds: float = 10.0, seed: int = 0) -> Answer:
    """The answer with its best asks, at most ASKS, and beyond them at most ASKS of parties that are named; what gains most first."""
    until = monotonic() + seconds
    desk = Desk(problem, answer.shipments)
    short = [at for at, need in enumerate(problem.needs) if desk.delivered.get(need.id, 0) < need.quantity]
    if not short or not problem.needs:
        return answer
    grid = lay_out(problem)
    prices = _prices(grid, max(0.1, seconds / 3), seed)
    ranked = sorted(prospects_of(problem, desk, short, prices), key=lambda one: (-one.estimate, one.change.limit, str(one.change)))
    trial = _Trial(problem, answer, grid, seed)
    tried: list[tuple[Fraction, Prospect, tuple[Shipment, ...]]] = []
    for prospect in _shortlist(ranked):
        if monotonic() < until:
            seconds_each = min(seconds / (2 * SHORTLIST), until - monotonic())
            gain, shipments = trial.made(prospect, seconds_each)
            tried.append((gain, prospect, shipments))
    tried.sort(key=lambda one: (-one[0], one[1].change.limit, str(one[1].change)))
    heads = [one for at, one in enumerate(tried) if at < ASKS + 3]
    heads += [one for one in tried[ASKS + 3 :] if one[1].change.owner != NOBODY][:ASKS]
    asks = [_ask(trial, gain, prospect, shipments, until) for gain, prospect, shipments in heads if gain > 0]
    asks.sort(key=lambda ask: (-ask.gain, ask.sentence))
    of_parties = [ask for ask in asks[ASKS:] if ask.change.owner != NOBODY]
    return replace(answer, asks=(*asks[:ASKS], *of_parties[:ASKS]))


def _shortlist(ranked: list[Prospect]) -> list[Prospect]:
    """The best estimates, and the best of those that a named party can grant: a giver that nobody knows is no address."""
    return ranked[:SHORTLIST] + [one for one in ranked[SHORTLIST:] if one.change.owner != NOBODY][: SHORTLIST // 2]


class _Trial:
    """The plan solved again with one change made, around the needs that it reaches, or as a whole."""

    def __init__(self, problem: Problem, answer: Answer, grid: Grid, seed: int) -> None:
        self.problem, self.answer, self.grid, self.seed = problem, answer, grid, seed
        large = len(grid.need) > LANES_AROUND and can_excerpt(problem)
        self.excerpts = Excerpts(problem, answer.shipments) if large else None
        self.nodes = NODES_FOR_ONE if large else NODES
        self.place = {need.id: at for at, need in enumerate(problem.needs)}

    @property
    def small(self) -> bool:
        """Whether the whole can be solved again."""
        return len(self.grid.need) <= LANES_FOR_ONE_MODEL

    def made(self, prospect: Prospect, seconds: float) -> tuple[Fraction, tuple[Shipment, ...]]:
        """(what the change gains beyond what the same search gains without it, the better plan as a whole)."""
        if self.excerpts is None:
            return self._within(self.problem, self.answer.shipments, prospect.change, prospect.needs, seconds)
        offer = prospect.change.offer
        takers = [self.place[need] for need in self.excerpts.takers.get(offer or "", ())][:TAKERS]
        needs = around(self.grid, [*prospect.needs, *takers], AROUND_ONE)
        part, own = self.excerpts.around(needs.tolist(), offer)
        reached = tuple(range(len(part.needs)))
        gain, shipments = self._within(part, own, prospect.change, reached, seconds)
        inside = {need.id for need in part.needs}
        return gain, (*(one for one in self.answer.shipments if one.need not in inside), *shipments)

    def _within(
        self, problem: Problem, start: tuple[Shipment, ...], change: Change, reached: Sequence[int], seconds: float
    ) -> tuple[Fraction, tuple[Shipment, ...]]:
        again = solve_again(lay_out(widened(problem, change)), start, reached, seconds, self.seed, whole=False, nodes=self.nodes)
        alone = objective_of(problem, start)
        if self.answer.status != "optimal":
            # what the same search gains without the change is the search's merit, not the change's
            before = self.grid if problem is self.problem else lay_out(problem)
            alone = solve_again(before, start, reached, seconds, self.seed, whole=False, nodes=self.nodes).value
        return again.value - alone, again.shipments


def _ask(trial: _Trial, gain: Fraction, prospect: Prospect, shipments: tuple[Shipment, ...], until: float) -> Ask:
    """The ask, its gain proved by solving the changed problem as a whole where time and size allow."""
    problem, answer, exact = trial.problem, trial.answer, False
    if trial.small and monotonic() < until:
        changed = lay_out(widened(problem, prospect.change))
        whole = solve_again(changed, shipments, prospect.needs, (until - monotonic()) / 4, trial.seed, whole=True)
        if whole.bound is not None:
            shipments, gain = whole.shipments, max(gain, whole.value - answer.objective)
            exact = whole.bound - float(whole.value) + answer.bound - float(answer.objective) <= EXACT * float(gain)
    trimmed = _trimmed(problem, prospect.change, shipments)
    before, after = delivered_by(answer.shipments), delivered_by(shipments)
    reached = tuple(sorted(need for need, pieces in after.items() if pieces > before.get(need, 0)))
    pieces = sum(after.values()) - sum(before.values())
    return Ask(change=trimmed, sentence=sentence_for((trimmed,), problem), gain=gain, pieces=pieces, exact=exact, reached=reached)


def _trimmed(problem: Problem, change: Change, shipments: tuple[Shipment, ...]) -> Change:
    """The change with no more than the better plan uses of it."""
    desk = Desk(problem, ())
    if change.limit == "no-offer":
        used = sum(shipment.lots for shipment in shipments if shipment.offer == NEW_OFFER)
    elif change.limit == "offer-lots":
        used = sum(shipment.lots for shipment in shipments if shipment.offer == change.offer) - desk.lots[change.offer or ""]
    elif change.limit in ("absorption", "hosting") and change.unit == "units":
        after = Desk(problem, (one for one in shipments if one.offer != NEW_OFFER))
        place = {"hosting": (change.site,), "intake": (change.body, change.resource)}
        over = [
            -left
            for (kind, key), left in after.places.items()
            if key[:-1] == place[kind] and (change.period in (None, key[-1]) or change.resource in problem.lasting)
        ]
        used = max(over, default=0)
    elif change.limit == "absorption":
        mine = [one for one in shipments if desk.needs[one.need].body == change.body and change.period in (None, one.period)]
        used = sum(one.pieces for one in mine) - problem.absorption[change.body or "", change.period]
    elif change.limit == "budget":
        donor = change.donor or ""
        mine = [one for one in shipments if one.offer != NEW_OFFER and desk.offers[one.offer].donor == donor]
        spent = sum((Decimal(one.pieces) * desk.offers[one.offer].price for one in mine), Decimal(0))
        return replace(change, amount=min(change.amount, max(spent - (problem.budgets[donor] or 0), Decimal(1) / desk.scale[donor])))
    else:
        return change
    return replace(change, amount=min(change.amount, Decimal(max(1, used))))


def _prices(grid: Grid, seconds: float, seed: int) -> dict[tuple[str, object], float]:
    """What one more unit of each shared limit is worth in the LP; empty where the LP takes too long."""
    # a lane's own ceiling would hide that a shared limit stands behind it
    ceiling = np.where(grid.bonus > 0, grid.most, grid.most_pieces[grid.need] // np.maximum(1, grid.piece))
    free = replace(grid, most=ceiling)
    model = build(free, np.arange(len(grid.least), dtype=np.int64), grid.cap, ceilings=False)
    try:
        relaxed = relax(model, seconds, seed) if len(model.lanes) else None
    except SolverRefused:
        return {}
    if relaxed is None or relaxed.prices is None:
        return {}
    begin = 2 * len(model.needs)
    found = np.abs(relaxed.prices[begin : begin + len(model.shared)])
    return {grid.keys[row]: float(price) for row, price in zip(model.shared.tolist(), found.tolist(), strict=True)}
