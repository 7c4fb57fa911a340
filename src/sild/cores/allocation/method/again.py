"""Solving again after a change, from the plan at hand: around the needs that it reaches, or as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from sild.cores.allocation.answer import Shipment, objective_of
from sild.cores.allocation.method.bundles import whole as whole_bundles
from sild.cores.allocation.method.grid import Floats, Grid, Ints
from sild.cores.allocation.method.model import Model, Solved, SolverRefused, build, settle
from sild.cores.allocation.method.plan import LANES_FOR_ONE_MODEL, lots_of, shipments_of

AROUND = 60
LANES_AROUND = 1_500
NODES = 200
GAP = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The plan after the change, its exact value, and, after solving as a whole, the bound of the changed problem."""

    shipments: tuple[Shipment, ...]
    value: Fraction
    bound: float | None


def solve_again(
    grid: Grid, start: Sequence[Shipment], reached: Sequence[int], seconds: float, seed: int, *, whole: bool, nodes: int = NODES
) -> Again:
    """The best plan found from `start` in the changed problem that is laid out in `grid`; never worth less than `start`."""
    problem = grid.problem
    lots = lots_of(grid, start)
    everything = np.arange(len(grid.least), dtype=np.int64)
    whole = whole and len(grid.need) <= LANES_FOR_ONE_MODEL
    small = len(everything) <= AROUND and len(grid.need) <= LANES_AROUND
    needs = everything if whole or small else around(grid, reached)
    inside = np.zeros(len(grid.least), dtype=bool)
    inside[needs] = True
    others = np.where(inside[grid.need], 0, lots)
    model = build(grid, needs, grid.cap - grid.drawn(others), ceilings=whole, others=others)
    bound: float | None = None
    if len(model.lanes):
        columns = model.columns_of(grid, lots)
        solved = _settled(model, columns, seconds, seed, None if whole else nodes)
        if solved is not None and solved.columns is not None:
            found = others
            found[model.lanes] = np.round(solved.columns[: len(model.lanes)]).astype(np.int64)
            if grid.holds(found) and grid.value(found) > grid.value(lots):
                lots = found
        bound = solved.bound + grid.base if solved is not None and len(needs) == len(everything) else None
    shipments = shipments_of(grid, lots)
    return Again(shipments=shipments, value=objective_of(problem, shipments), bound=bound)


def _settled(model: Model, start: Floats, seconds: float, seed: int, nodes: int | None) -> Solved | None:
    try:
        return settle(model, start, seconds, seed, GAP, nodes=nodes)
    except SolverRefused:
        return None


def around(grid: Grid, reached: Sequence[int], most: int = AROUND) -> Ints:
    """Indexes of the needs that the change reaches, and others that draw on the same limits, up to `most` needs and LANES_AROUND lanes."""
    lanes = np.diff(grid.first)
    rows = np.unique(grid.row[:, np.isin(grid.need, list(reached)[:most])])
    held = np.isin(grid.row, rows[rows >= 0])
    fellows = np.bincount(grid.need, weights=held.sum(axis=0), minlength=len(grid.least))
    ranked = [*dict.fromkeys(reached), *np.argsort(-fellows, kind="stable").tolist()]
    chosen: dict[int, None] = {}
    room = LANES_AROUND
    for need in ranked:
        if len(chosen) >= most or (chosen and lanes[need] > room) or (need not in reached and not fellows[need]):
            break
        if need not in chosen:
            chosen[need] = None
            room -= int(lanes[need])
    return whole_bundles(grid.bundles, np.array(sorted(chosen), dtype=np.int64))
