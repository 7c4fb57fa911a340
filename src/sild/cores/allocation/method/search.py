"""Local search: take some needs that share limits off the plan, settle them exactly against what the others leave, keep what is better.

Which needs: those that earn less than the LP gives them, with the needs that draw on the same limits. The size of a
neighbourhood follows the work that the last ones took.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import numpy as np

from sild.cores.allocation.method.board import Board
from sild.cores.allocation.method.bundles import whole
from sild.cores.allocation.method.grid import Floats, Grid, Ints
from sild.cores.allocation.method.model import Model, build, settle

NODES = 60
INNER_GAP = 5e-4
SMALLEST, LARGEST_NEIGHBOURHOOD = 12, 400
# steps of the solver that one neighbourhood should take, about a quarter of a second; never seconds, which would differ by machine
AIM_STEPS = 1_400


class Search:
    """Neighbourhood search on a board towards `target` (the value of each need in the LP, shape (n,))."""

    def __init__(self, board: Board, target: Floats, prices: Floats, seed: int) -> None:
        self.board, self.grid, self.target = board, board.grid, target
        self.chance = np.random.default_rng(seed)
        self.seed = seed
        self.size = 40
        self.tired = np.zeros(len(target))
        self.binding = prices > 1e-9
        self.needs_of_row = _needs_of_rows(self.grid)

    def run(self, until: float, enough: Callable[[float], bool], rounds: int) -> int:
        """Improve the board until the clock, `enough(value)` or the number of rounds; returns the rounds that were made."""
        lots = self.board.plan()
        value = self.grid.value(lots)
        for done in range(rounds):
            if monotonic() >= until or enough(value):
                return done
            needs = self._neighbourhood(lots)
            if not len(needs):
                return done
            better, work = self._settle(needs, lots, until - monotonic())
            if better is not None:
                lots = better
                value = self.grid.value(lots)
                self.board.reset(lots)
                self.tired[needs] *= 0.5
            else:
                self.tired[needs] += 1
            factor = 1.15 if work < AIM_STEPS else 0.75
            self.size = int(min(LARGEST_NEIGHBOURHOOD, max(SMALLEST, self.size * factor)))
        return rounds

    def _neighbourhood(self, lots: Ints) -> Ints:
        loss = np.maximum(0.0, self.target - self.grid.earned(lots)) / (1.0 + self.tired)
        total = loss.sum()
        if total <= 1e-9:
            return np.zeros(0, dtype=np.int64)
        start = int(self.chance.choice(len(loss), p=loss / total))
        chosen = {start}
        queue = [start]
        while queue and len(chosen) < self.size:
            need = queue.pop(0)
            near = self._near(need, chosen, loss)
            chosen.update(near)
            queue.extend(near)
        return whole(self.grid.bundles, np.array(sorted(chosen), dtype=np.int64))

    def _near(self, need: int, chosen: set[int], loss: Floats) -> list[int]:
        lanes = slice(self.grid.first[need], self.grid.first[need + 1])
        rows = np.unique(self.grid.row[:, lanes])
        rows = rows[rows >= 0]
        tight = rows[self.binding[rows]]
        rows = tight if len(tight) else rows
        if not len(rows):
            return []
        picked = self.chance.permutation(rows)[:4]
        near: list[int] = []
        for row in picked.tolist():
            fellows = self.needs_of_row[row]
            weight = loss[fellows] + 1e-3 * self.target[fellows] + 1e-9
            few = self.chance.choice(fellows, size=min(6, len(fellows)), replace=False, p=weight / weight.sum())
            near.extend(other for other in few.tolist() if other not in chosen)
        return list(dict.fromkeys(near))

    def _settle(self, needs: Ints, lots: Ints, seconds: float) -> tuple[Ints | None, int]:
        grid = self.grid
        inside = np.zeros(len(grid.least), dtype=bool)
        inside[needs] = True
        mine = inside[grid.need]
        others = np.where(mine, 0, lots)
        model = build(grid, needs, grid.cap - grid.drawn(others), ceilings=False, others=others)
        if not len(model.lanes):
            return None, 0
        start = model.columns_of(grid, lots)
        width, before = model.whole, float(model.cost @ start)
        solved = settle(model, start, seconds, self.seed, INNER_GAP, nodes=NODES)
        if solved.columns is None or _worth(model, solved.columns, width) <= before + 1e-9 * (1 + before):
            return None, solved.work
        found = others
        found[model.lanes] = np.round(solved.columns[: len(model.lanes)]).astype(np.int64)
        return (found if grid.holds(found) and grid.value(found) > grid.value(lots) else None), solved.work


def _worth(model: Model, columns: Floats, whole: int) -> float:
    """The worth of a solution with its whole columns rounded."""
    return float(model.cost[:whole] @ np.round(columns[:whole]) + model.cost[whole:] @ columns[whole:])


def _needs_of_rows(grid: Grid) -> list[Ints]:
    row = np.concatenate(list(grid.row))
    need = np.tile(grid.need, len(grid.row))
    held = row >= 0
    pairs = np.unique(np.stack([row[held], need[held]], axis=1), axis=0) if held.any() else np.zeros((0, 2), dtype=np.int64)
    edges = np.searchsorted(pairs[:, 0], np.arange(len(grid.cap) + 1))
    return [pairs[begin:end, 1] for begin, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)]
