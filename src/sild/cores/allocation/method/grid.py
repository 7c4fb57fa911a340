"""The problem as columns. A lane is one way to serve: (need, offer, period of arrival); a plan is a whole number of lots per lane.

Shared limits (an offer's lots, a donor's money, a body's absorption and resources, a site's hosting) are rows; a lane draws on a few
of them. All amounts are exact integers: money is counted in the smallest unit that its donor's figures name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sild.cores.allocation.answer import Shipment, kept_piece, parts_of
from sild.cores.allocation.fit import fitting_pairs, last_arrival
from sild.cores.allocation.method.bundles import in_sets, parts_of_bundles, ties_of
from sild.cores.allocation.method.fair import Term, terms_of
from sild.cores.allocation.method.kept import Kept, keep
from sild.cores.allocation.method.places import Steps, segments
from sild.cores.allocation.method.reach import tighten
from sild.cores.allocation.problem import LARGEST_AMOUNT, Problem, quality_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
RowKey = tuple[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Columns of the model; `n` needs, `k` lanes (sorted by need), `r` shared rows.

    need, offer, period, piece (pieces in a lot), most (lots that one lane can ever carry): shape (k,).
    row, draw: shape (h, k): the shared rows of each lane (-1: none) and how much one lot draws.
    cap: shape (r,), keys: what each row is, scale: units of the row in one of its own units (money: 10**digits, else 1).
    first: shape (n+1,): lanes of need i are first[i]..first[i+1].
    least, most_pieces: shape (n,): the reachable totals nearest to the need's own; a dead need (most_pieces 0) reaches none.
    per_piece, served: shape (n,): value of a piece and of reaching the minimum.
    worth, bonus: shape (k,): value of one lot, and the part of it that it earns by staying where the plan before had it.
    bundles: for each the (need, pieces in a set) of its parts; tied: shape (4, m), the same as proportions of neighbours.
    held: the commitments that are kept; they stand beside the lanes, limits and needs are counted without them, `base` is their worth.
    fair: what evenness earns, on top. minimum: shape (r,), the lots that an order has to come to if there is one (0: no such rule).
    """

    problem: Problem
    need: Ints
    offer: Ints
    period: Ints
    piece: Ints
    most: Ints
    row: Ints
    draw: Ints
    cap: Ints
    keys: tuple[RowKey, ...]
    scale: Ints
    first: Ints
    least: Ints
    most_pieces: Ints
    per_piece: Floats
    served: Floats
    worth: Floats
    bonus: Floats
    bundles: tuple[tuple[tuple[int, int], ...], ...]
    tied: Ints
    fair: tuple[Term, ...]
    minimum: Ints
    held: tuple[Shipment, ...]
    base: float

    def delivered(self, lots: Ints) -> Ints:
        """Pieces per need, shape (n,)."""
        pieces = np.zeros(len(self.least), dtype=np.int64)
        np.add.at(pieces, self.need, lots * self.piece)
        return pieces

    def drawn(self, lots: Ints) -> Ints:
        """What the plan draws from each shared row, shape (r,)."""
        total = np.zeros(len(self.cap), dtype=np.int64)
        for row, draw in zip(self.row, self.draw, strict=True):
            held = row >= 0
            np.add.at(total, row[held], (lots * draw)[held])
        return total

    def value(self, lots: Ints) -> float:
        """The objective of a plan as a float; `answer.objective_of` adds the same up exactly."""
        evened = sum(term.cost * term.column(self.valued(lots)) for term in self.fair) if self.fair else 0.0
        return self.base + float(self.earned(lots).sum()) + evened

    def valued(self, lots: Ints) -> Floats:
        """The value alone of what each need gets beyond its commitments, shape (n,)."""
        value = np.bincount(self.need, weights=lots * (self.worth - self.bonus), minlength=len(self.least))
        return np.asarray(value + (self.delivered(lots) > 0) * self.served, dtype=np.float64)

    def earned(self, lots: Ints) -> Floats:
        """What each need earns beyond its commitments, shape (n,)."""
        earned = np.bincount(self.need, weights=lots * self.worth, minlength=len(self.least))
        return np.asarray(earned + (self.delivered(lots) > 0) * self.served, dtype=np.float64)

    def loosest(self) -> float:
        """A bound without `base` that needs no solver: every need that can be served at all, served in full, all of it as before."""
        evened = sum(term.cost * term.cap for term in self.fair)
        return float(self.most_pieces @ self.per_piece + (self.most_pieces > 0) @ self.served + self.most @ self.bonus) + evened

    def holds(self, lots: Ints) -> bool:
        """Whether the plan breaks no limit, in exact integers."""
        pieces = self.delivered(lots)
        within = (pieces == 0) | ((pieces >= self.least) & (pieces <= self.most_pieces))
        one, size, other, its_size = self.tied
        in_proportion = pieces[one] * its_size == pieces[other] * size
        drawn = self.drawn(lots)
        ordered = (drawn == 0) | (drawn >= self.minimum)
        return bool((lots >= 0).all() and within.all() and in_proportion.all() and (drawn <= self.cap).all() and ordered.all())


class _Rows:
    """Collects shared rows as lanes name them."""

    def __init__(self) -> None:
        self.index: dict[RowKey, int] = {}
        self.cap: list[int] = []
        self.scale: list[int] = []

    def of(self, key: RowKey, cap: int, scale: int = 1) -> int:
        at = self.index.get(key)
        if at is None:
            at = self.index[key] = len(self.cap)
            self.cap.append(min(cap, LARGEST_AMOUNT))
            self.scale.append(scale)
        return at


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lane:
    """One lane before it is a column; `kept`: the lots that it may carry as the plan before did (None: an ordinary lane).

    `quality`: what part of its worth a piece has for this need.
    """

    need: int
    offer: int
    period: int
    drawn: tuple[tuple[int, int], ...]
    kept: int | None = None
    quality: float = 1.0


def lay_out(problem: Problem) -> Grid:
    """The grid of a problem."""
    kept = keep(problem)
    stock, months, before = kept.stock, _periods_with_limits(problem), _planned(problem, kept)
    rows, horizon = _Rows(), problem.horizon
    lanes: list[_Lane] = []
    for index, other in fitting_pairs(problem):
        need, offer = problem.needs[index], problem.offers[other]
        shared = [(rows.of(("offer", offer.id), stock.lots[offer.id]), 1)]
        cost = stock.cost(offer)
        if cost:
            shared.append((rows.of(("budget", offer.donor), stock.money[offer.donor], stock.scale[offer.donor]), cost))
        whole = stock.absorption.get((need.body, None))
        if whole is not None:
            shared.append((rows.of(("absorption", (need.body, None)), whole), offer.lot))
        last, quality = last_arrival(need, offer, horizon), float(quality_of(need, offer) or 1) if need.substitutes else 1.0
        used, limited = stock.layout.used(need, offer) if offer.footprint or offer.uses else (), months.get(need.body, ())
        if used:
            limited = tuple(sorted({*limited, *stock.layout.limited(used)}))
        arrivals = _arrivals(limited, offer.arrives, last, stock.layout.starts(used) if used else ())
        stays = before.get((need.id, offer.id), {}) if before else {}
        for period in sorted({*arrivals, *stays}) if stays else arrivals:
            room = stock.absorption.get((need.body, period))
            monthly = [] if room is None else [(rows.of(("absorption", (need.body, period)), room), offer.lot)]
            placed = stock.layout.drawn(used, period) if used else []
            drawn = (*shared, *monthly, *((rows.of(key, stock.places[key]), units * offer.lot) for key, units in placed))
            if period in stays and offer.arrives <= period <= max(last, offer.arrives):
                lanes.append(_Lane(need=index, offer=other, period=period, drawn=drawn, kept=stays[period], quality=quality))
            if period in arrivals:
                lanes.append(_Lane(need=index, offer=other, period=period, drawn=drawn, quality=quality))
    return _pack(problem, lanes, rows, kept)


def _planned(problem: Problem, kept: Kept) -> dict[tuple[str, str], dict[int, int]]:
    """For each pair the lots per period that the plan before had beyond what is committed."""
    if not problem.stability:
        return {}
    held = {(one.need, one.offer, one.period): one.lots for one in kept.shipments}
    before: dict[tuple[str, str], dict[int, int]] = {}
    for one in problem.planned:
        if one.lots > held.get(one.key, 0):
            before.setdefault((one.need, one.offer), {})[one.period] = one.lots - held.get(one.key, 0)
    return before


def _pack(problem: Problem, lanes: list[_Lane], rows: _Rows, kept: Kept) -> Grid:
    count, needs = len(lanes), len(problem.needs)
    columns = np.array([(lane.need, lane.offer, lane.period) for lane in lanes], dtype=np.int64).reshape(count, 3)
    height = max((len(lane.drawn) for lane in lanes), default=0)
    row = np.full((height, count), -1, dtype=np.int64)
    draw = np.zeros((height, count), dtype=np.int64)
    for at, lane in enumerate(lanes):
        for place, (line, amount) in enumerate(lane.drawn):
            row[place, at], draw[place, at] = line, amount
    lot = np.array([offer.lot for offer in problem.offers], dtype=np.int64)
    piece = lot[columns[:, 1]] if count else np.zeros(0, dtype=np.int64)
    first = np.searchsorted(columns[:, 0], np.arange(needs + 1))
    held = kept.pieces
    least, most_pieces = tighten(problem, columns[:, :2], first, _wanted(problem, kept, held))
    bundles = parts_of_bundles(problem)
    in_sets(bundles, least, most_pieces)
    lots = np.array([offer.lots for offer in problem.offers], dtype=np.int64)
    most = np.minimum(lots[columns[:, 1]], most_pieces[columns[:, 0]] // piece) if count else np.zeros(0, dtype=np.int64)
    cap = np.array(rows.cap, dtype=np.int64)
    for place in range(height):
        on = row[place] >= 0
        most[on] = np.minimum(most[on], cap[row[place][on]] // np.maximum(1, draw[place][on]))
    weight = np.array([float(need.weight) for need in problem.needs])
    quantity = np.array([need.quantity for need in problem.needs], dtype=np.float64)
    share = float(problem.served_share)
    per_piece = weight * (1 - share) / quantity
    quality = np.array([lane.quality for lane in lanes])
    worth = per_piece[columns[:, 0]] * piece * quality if count else np.zeros(0)
    bonus = np.zeros(count)
    for at, lane in enumerate(lanes):
        if lane.kept is not None:
            bonus[at] = float(kept_piece(problem.needs[lane.need], problem)) * piece[at]
            most[at] = min(most[at], lane.kept)
    return Grid(
        problem=problem,
        need=columns[:, 0].copy(),
        offer=columns[:, 1].copy(),
        period=columns[:, 2].copy(),
        piece=piece,
        most=most,
        row=row,
        draw=draw,
        cap=cap,
        keys=tuple(rows.index),
        scale=np.array(rows.scale, dtype=np.int64),
        first=first,
        least=least,
        most_pieces=most_pieces,
        per_piece=per_piece,
        served=weight * share * np.array([need.id not in held for need in problem.needs], dtype=bool),
        worth=worth + bonus,
        bonus=bonus,
        bundles=tuple(tuple(parts) for parts in bundles),
        tied=ties_of(bundles),
        fair=terms_of(problem, kept),
        minimum=_minimums(problem, kept, rows),
        held=kept.shipments,
        base=float(sum(worth for name, worth in parts_of(problem, kept.shipments) if name != "fairness")),
    )


def _minimums(problem: Problem, kept: Kept, rows: _Rows) -> Ints:
    """Per row what an order has to add to the commitments, if it adds anything."""
    minimum = np.zeros(len(rows.cap), dtype=np.int64)
    for offer in problem.offers:
        at = rows.index.get(("offer", offer.id)) if offer.minimum_lots else None
        if at is not None:
            minimum[at] = max(0, offer.minimum_lots - (offer.lots - kept.stock.lots[offer.id]))
    return minimum


def _wanted(problem: Problem, kept: Kept, held: dict[str, int]) -> list[tuple[int, int]]:
    """Per need the fewest and the most pieces that are still of use beside what is committed to it."""
    wanted = []
    for need in problem.needs:
        left, whole = kept.stock.wanted[need.id], kept.stock.absorption.get((need.body, None))
        wanted.append((1 if need.id in held else need.least, left if whole is None else min(left, whole)))
    return wanted


def _arrivals(limited: tuple[int, ...], first: int, last: int, steps: Steps) -> list[int]:
    """The periods worth telling apart: those with a limit of their own, and, between steps of what stays taken, the first one without."""
    known = [period for period in limited if first <= period <= last]
    taken = set(known)
    for begin, end in segments(steps, first, last) if steps else [(first, last)]:
        free = next((period for period in range(begin, end + 1) if period not in taken), None)
        known = known if free is None else [*known, free]
    return sorted(known) or [first]


def _periods_with_limits(problem: Problem) -> dict[str, tuple[int, ...]]:
    months: dict[str, list[int]] = {}
    for body, period in problem.absorption:
        if period is not None:
            months.setdefault(body, []).append(period)
    return {body: tuple(sorted(periods)) for body, periods in months.items()}
