"""The problem as columns. A lane is one way to serve: (need, offer, period of arrival); a plan is a whole number of lots per lane.

Shared limits (an offer's lots, a donor's money, a body's absorption) are rows; every lane draws on at most four of them. All
amounts are exact integers: money is counted in the smallest unit that its donor's figures name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sild.cores.allocation.fit import fitting_pairs, last_arrival
from sild.cores.allocation.method.reach import tighten
from sild.cores.allocation.problem import LARGEST_AMOUNT, Problem, money_scales

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
RowKey = tuple[str, Any]

ROWS_OF_A_LANE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Columns of the model; `n` needs, `k` lanes (sorted by need), `r` shared rows.

    need, offer, period, piece (pieces in a lot), most (lots that one lane can ever carry): shape (k,).
    row, draw: shape (4, k): the shared rows of each lane (-1: none) and how much one lot draws.
    cap: shape (r,), keys: what each row is, scale: units of the row in one of its own units (money: 10**digits, else 1).
    first: shape (n+1,): lanes of need i are first[i]..first[i+1].
    least, most_pieces: shape (n,): the reachable totals nearest to the need's own; a dead need (most_pieces 0) reaches none.
    per_piece, served: shape (n,): value of a piece and of reaching the minimum.
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
        """The objective of a plan as a float; `answer.value_of` adds the same up exactly."""
        pieces = self.delivered(lots)
        return float(pieces @ self.per_piece + (pieces > 0) @ self.served)

    def holds(self, lots: Ints) -> bool:
        """Whether the plan breaks no limit, in exact integers."""
        pieces = self.delivered(lots)
        within = (pieces == 0) | ((pieces >= self.least) & (pieces <= self.most_pieces))
        return bool((lots >= 0).all() and within.all() and (self.drawn(lots) <= self.cap).all())


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


def lay_out(problem: Problem) -> Grid:
    """The grid of a problem."""
    money_scale = money_scales(problem)
    months = _periods_with_limits(problem)
    rows, horizon = _Rows(), problem.horizon
    lanes: list[tuple[int, int, int]] = []
    drawn: list[tuple[tuple[int, int], ...]] = []
    for index, other in fitting_pairs(problem):
        need, offer = problem.needs[index], problem.offers[other]
        shared = [(rows.of(("offer", offer.id), offer.lots), 1)]
        budget = problem.budgets.get(offer.donor)
        if budget is not None and offer.price:
            scale = money_scale[offer.donor]
            cost = int(offer.price * offer.lot * scale)
            shared.append((rows.of(("budget", offer.donor), int(budget * scale), scale), cost))
        whole = problem.absorption.get((need.body, None))
        if whole is not None:
            shared.append((rows.of(("absorption", (need.body, None)), whole), offer.lot))
        for period in _arrivals(months.get(need.body, ()), offer.arrives, last_arrival(need, offer, horizon)):
            room = problem.absorption.get((need.body, period))
            monthly = [] if room is None else [(rows.of(("absorption", (need.body, period)), room), offer.lot)]
            lanes.append((index, other, period))
            drawn.append((*shared, *monthly))
    return _pack(problem, lanes, drawn, rows)


def _pack(problem: Problem, lanes: list[tuple[int, int, int]], drawn: list[tuple[tuple[int, int], ...]], rows: _Rows) -> Grid:
    count, needs = len(lanes), len(problem.needs)
    columns = np.array(lanes, dtype=np.int64).reshape(count, 3)
    row = np.full((ROWS_OF_A_LANE, count), -1, dtype=np.int64)
    draw = np.zeros((ROWS_OF_A_LANE, count), dtype=np.int64)
    for lane, shared in enumerate(drawn):
        for place, (at, amount) in enumerate(shared):
            row[place, lane], draw[place, lane] = at, amount
    lot = np.array([offer.lot for offer in problem.offers], dtype=np.int64)
    piece = lot[columns[:, 1]] if count else np.zeros(0, dtype=np.int64)
    first = np.searchsorted(columns[:, 0], np.arange(needs + 1))
    least, most_pieces = tighten(problem, columns[:, :2], first)
    lots = np.array([offer.lots for offer in problem.offers], dtype=np.int64)
    most = np.minimum(lots[columns[:, 1]], most_pieces[columns[:, 0]] // piece) if count else np.zeros(0, dtype=np.int64)
    cap = np.array(rows.cap, dtype=np.int64)
    for place in range(ROWS_OF_A_LANE):
        held = row[place] >= 0
        most[held] = np.minimum(most[held], cap[row[place][held]] // np.maximum(1, draw[place][held]))
    weight = np.array([float(need.weight) for need in problem.needs])
    quantity = np.array([need.quantity for need in problem.needs], dtype=np.float64)
    share = float(problem.served_share)
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
        per_piece=weight * (1 - share) / quantity,
        served=weight * share,
    )


def _arrivals(limited: tuple[int, ...], first: int, last: int) -> list[int]:
    """The periods worth telling apart: those with a limit of their own, and the first one without."""
    known = [period for period in limited if first <= period <= last]
    taken = set(known)
    free = next((period for period in range(first, last + 1) if period not in taken), None)
    return sorted(known if free is None else [*known, free]) or [first]


def _periods_with_limits(problem: Problem) -> dict[str, tuple[int, ...]]:
    months: dict[str, list[int]] = {}
    for body, period in problem.absorption:
        if period is not None:
            months.setdefault(body, []).append(period)
    return {body: tuple(sorted(periods)) for body, periods in months.items()}
