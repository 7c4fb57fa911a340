"""A sharper bound than the linear relaxation's: what bodies share is priced, and each body alone is solved in whole lots.

At the relaxation's prices for lots and money, bodies fall apart. The relaxation's own value of a body may then be replaced by the
proven best of its whole-lot problem, body by body, and the sum remains a bound after every step (Lagrangian relaxation).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sild.cores.allocation.method.grid import Floats, Grid, Ints
from sild.cores.allocation.method.model import Model, Solved, build, settle

NODES = 200
GAP = 2e-4
# against floating-point error in prices and shares
SLACK = 1e-7


def sharpened(grid: Grid, model: Model, relaxed: Solved, prices: Floats, left: Callable[[], float], seed: int) -> float:
    """The bound after as many bodies as the time allowed, the most torn first. prices: shape (r,), per unit drawn."""
    # a fairness rule or a smallest order joins the bodies by more than the rows that are priced here
    if relaxed.columns is None or grid.fair or grid.minimum.any():
        return relaxed.bound
    absorption = np.array([kind in ("absorption", "intake") for kind, _ in grid.keys], dtype=bool)
    priced = np.where(absorption, 0.0, prices)
    burden = _burden(grid, priced)
    width = len(model.lanes)
    margin = model.cost[:width] - burden[model.lanes]
    share, served = relaxed.columns[:width], relaxed.columns[width:]
    worth = np.zeros(len(grid.least))
    np.add.at(worth, grid.need[model.lanes], margin * share)
    worth[model.needs] += model.cost[width:] * served
    torn = np.zeros(len(grid.least))
    torn[model.needs] = np.minimum(served, 1 - served) * model.cost[width:]
    bound = float(priced @ grid.cap) + float(worth.sum())
    groups = _bodies(grid)
    for needs in sorted(groups, key=lambda group: (-float(torn[group].sum()), int(group[0]))):
        if left() <= 0:
            break
        part = build(grid, needs, grid.cap, ceilings=False)
        if not len(part.lanes):
            continue
        cost = part.cost.copy()
        cost[: len(part.lanes)] -= burden[part.lanes]
        solved = settle(replace(part, cost=cost), None, left(), seed, GAP, nodes=NODES)
        best = float(worth[needs].sum())
        if np.isfinite(solved.bound) and max(0.0, solved.bound) < best:
            bound -= best - max(0.0, solved.bound)
    return min(relaxed.bound, bound * (1 + SLACK))


def _burden(grid: Grid, priced: Floats) -> Floats:
    burden = np.zeros(len(grid.need))
    for row, draw in zip(grid.row, grid.draw, strict=True):
        held = row >= 0
        burden[held] += priced[row[held]] * draw[held]
    return burden


def _bodies(grid: Grid) -> list[Ints]:
    """The needs of each body, as arrays of need indexes."""
    of_body: dict[str, list[int]] = {}
    for at, need in enumerate(grid.problem.needs):
        if grid.most_pieces[at]:
            of_body.setdefault(need.body, []).append(at)
    return [np.array(needs, dtype=np.int64) for needs in of_body.values()]
