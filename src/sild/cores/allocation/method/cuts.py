"""Cuts on what needs draw together: a need is served or not, and the relaxation serves a part of one.

A shared limit holds sum of c_i <= cap, where c_i, what need i draws, lies between L_i y_i and U_i y_i, and y_i says whether i is served at
all. So whole numbers y_i weigh L_i or U_i and the rest is a slack that is not negative; rounding that row (mixed integer rounding) gives an
inequality that every plan keeps and the relaxation may break. Beside the limits themselves, a need that is served in part is held against
the offers that it draws on and that are used up: together they have to carry its minimum.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sild.cores.allocation.method.grid import Floats, Grid, Ints
from sild.cores.allocation.method.model import Cut, Model

# a limit with less than this left is used up, a served share nearer than this to 0 or 1 is whole
TIGHT = 1e-6
# rounding near a whole number gives cuts that floating point cannot carry
LOWEST, HIGHEST = 0.02, 0.98
# how far a relaxation has to break a cut, in lengths of it, so that adding it is worth a row
BROKEN = 1e-3
# a cut whose amounts lie further apart would cost the solver its exactness
FURTHEST = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A limit on what needs draw: its lanes, what a lot of each draws and whose it is, and what each of `needs` draws at least and at most
    once it is served.
    """

    lanes: Ints
    draw: Floats
    own: Ints
    needs: Ints
    low: Floats
    high: Floats
    cap: float


class Cutter:
    """The limits of a model, laid out once, and the cuts that a relaxation of it breaks."""

    def __init__(self, grid: Grid, model: Model, room: Ints | None = None) -> None:
        """`room`: what the model may draw from each shared row, shape (r,); None: all of it."""
        self.width = len(model.lanes)
        self.count = len(model.needs)
        self.upper = model.upper[: self.width]
        self.piece = grid.piece[model.lanes].astype(np.float64)
        place = np.full(len(grid.least), -1, dtype=np.int64)
        place[model.needs] = np.arange(self.count)
        self.own = place[grid.need[model.lanes]]
        self.first = np.searchsorted(self.own, np.arange(self.count + 1))
        self.least = grid.least[model.needs].astype(np.float64)
        self.most = grid.most_pieces[model.needs].astype(np.float64)
        self.offer_row = grid.row[0, model.lanes]
        self.room = grid.cap if room is None else room
        self.of_row = dict(self._laid_out(grid, model))

    def _laid_out(self, grid: Grid, model: Model) -> Iterator[tuple[int, _Row]]:
        row, draw = grid.row[:, model.lanes], grid.draw[:, model.lanes]
        held = row >= 0
        rows, lanes, draws = row[held], np.nonzero(held)[1], draw[held]
        order = np.lexsort((lanes, rows))
        rows, lanes, draws = rows[order], lanes[order], draws[order].astype(np.float64)
        keys, begins = np.unique(rows, return_index=True)
        for key, mine, drawn in zip(keys.tolist(), np.split(lanes, begins[1:]), np.split(draws, begins[1:]), strict=True):
            yield key, self._row(mine, np.asarray(drawn, dtype=np.float64), float(self.room[key]))

    def _row(self, lanes: Ints, draw: Floats, cap: float) -> _Row:
        needs, own = np.unique(self.own[lanes], return_inverse=True)
        per_piece = draw / self.piece[lanes]
        dearest = np.zeros(len(needs))
        np.maximum.at(dearest, own, per_piece)
        high = np.minimum(np.bincount(own, weights=draw * self.upper[lanes]), dearest * self.most[needs])
        every = np.bincount(own) == (self.first[needs + 1] - self.first[needs])
        cheapest = np.full(len(needs), np.inf)
        np.minimum.at(cheapest, own, per_piece)
        low = np.where(every, cheapest * self.least[needs], 0.0)
        return _Row(lanes=lanes, draw=draw, own=own, needs=needs, low=low, high=high, cap=cap)

    def broken(self, columns: Floats) -> list[Cut]:
        """The cuts that these columns break, at most one for each limit and for each need that is served in part."""
        lots, served = columns[: self.width], columns[self.width : self.width + self.count]
        torn = (served > TIGHT) & (served < 1 - TIGHT)
        found = []
        used_up = np.zeros(len(self.room), dtype=bool)
        for key, row in self.of_row.items():
            if float(row.draw @ lots[row.lanes]) < row.cap - TIGHT * max(1.0, row.cap):
                continue
            used_up[key] = True
            if torn[row.needs].any():
                found.append(self._rounded(row, lots, served, None))
        for need in np.flatnonzero(torn).tolist():
            pooled = self._pool(need, used_up)
            if pooled is not None:
                found.append(self._rounded(pooled[0], lots, served, (need, pooled[1])))
        return [cut for cut in found if cut is not None]

    def _pool(self, need: int, used_up: NDArray[np.bool_]) -> tuple[_Row, Ints] | None:
        """The offers that this need draws on and that are used up, as one limit in pieces, and the lanes by which it draws on others."""
        mine = np.arange(self.first[need], self.first[need + 1])
        spent = used_up[self.offer_row[mine]]
        if not spent.any():
            return None
        rows = np.unique(self.offer_row[mine[spent]])
        lanes = np.concatenate([self.of_row[row].lanes for row in rows.tolist()])
        lanes = lanes[self.own[lanes] != need]
        cap = sum(float(self.room[row] * self.piece[self.of_row[row].lanes[0]]) for row in rows.tolist())
        row = self._row(lanes, self.piece[lanes], cap)
        return row, mine[~spent]

    def _rounded(self, row: _Row, lots: Floats, served: Floats, pooled: tuple[int, Ints] | None) -> Cut | None:
        """The most broken rounding of a limit. `pooled`: a need that has to be carried by it, but for what these other lanes bring."""
        drawn = np.bincount(row.own, weights=row.draw * lots[row.lanes], minlength=len(row.needs))
        y = served[row.needs]
        top = row.high * y - drawn < drawn - row.low * y
        weight, needs = np.where(top, row.high, row.low), row.needs
        slack = float((row.high * y - drawn)[top].sum())
        if pooled is not None:
            need, others = pooled
            weight, needs, y = np.append(weight, self.least[need]), np.append(needs, need), np.append(y, served[need])
            slack += float(self.piece[others] @ lots[others])
        best = _rounding(weight, row.cap, y, slack)
        if best is None:
            return None
        factors, most, share = best
        lanes = row.lanes[top[row.own]]
        drawing = share * row.draw[top[row.own]]
        columns, values = [self.width + needs, lanes], [factors, drawing]
        values[0][: len(row.needs)] -= np.where(top, share * row.high, 0.0)
        if pooled is not None:
            columns.append(pooled[1])
            values.append(-share * self.piece[pooled[1]])
        every, amounts = np.concatenate(columns), np.concatenate(values)
        some = np.abs(amounts) > 1e-12
        sizes = np.abs(amounts[some])
        if not len(sizes) or sizes.max() > FURTHEST * sizes.min():
            return None
        return Cut(columns=every[some], values=amounts[some], most=most)


def _rounding(weight: Floats, cap: float, y: Floats, slack: float) -> tuple[Floats, float, float] | None:
    """From weight @ y - slack <= cap: factors @ y - share x slack <= most, as far broken as a divisor makes it. None: by none.

    Shares above a half are taken as what they lack to 1. Divisors are the weights of the shares that are torn.
    """
    turned = y > 0.5
    signed, left = np.where(turned, -weight, weight), cap - float(weight[turned].sum())
    distance = np.where(turned, 1 - y, y)
    torn = (distance > TIGHT) & (weight > TIGHT)
    best, furthest = None, BROKEN
    for divisor in np.unique(weight[torn]).tolist():
        ratio = left / divisor
        part = ratio - np.floor(ratio)
        if not LOWEST <= part <= HIGHEST:
            continue
        scaled = signed / divisor
        whole = np.floor(scaled + 1e-12)
        factors = whole + np.maximum(0.0, scaled - whole - part) / (1 - part)
        share = 1 / (divisor * (1 - part))
        length = float(np.sqrt(factors @ factors)) or 1.0
        by = (float(factors @ distance) - share * slack - float(np.floor(ratio))) / length
        if by > furthest:
            best, furthest = (np.where(turned, -factors, factors), float(np.floor(ratio) - factors[turned].sum()), share), by
    return best
