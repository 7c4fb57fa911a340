"""A start from the LP: needs that the LP serves in whole lots keep them; the torn ones are settled block by block.

While a block is settled, every need that is not yet settled keeps the share of each limit that the LP gave it, so that an early
block cannot take what a later one needs.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sild.cores.allocation.method.bundles import whole
from sild.cores.allocation.method.grid import Floats, Grid, Ints
from sild.cores.allocation.method.model import Model, Solved, build, settle

BLOCK = 60
NODES = 40
GAP = 1e-3
WHOLE = 1e-6


def from_blocks(grid: Grid, model: Model, relaxed: Solved, left: Callable[[], float], seed: int) -> Ints | None:
    """A plan near the LP; None where the time did not suffice."""
    if relaxed.columns is None:
        return None
    share = np.zeros(len(grid.need))
    share[model.lanes] = relaxed.columns[: len(model.lanes)]
    lots = np.round(share).astype(np.int64)
    torn = np.zeros(len(grid.least), dtype=bool)
    torn[grid.need[np.abs(share - lots) > WHOLE]] = True
    pieces = grid.delivered(lots)
    torn |= (pieces > 0) & ((pieces < grid.least) | (pieces > grid.most_pieces))
    torn[grid.need[_short_of_an_order(grid, lots, torn)]] = True
    torn[whole(grid.bundles, np.flatnonzero(torn))] = True
    lots[torn[grid.need]] = 0
    share[~torn[grid.need]] = 0.0
    if not grid.holds(lots):
        return None
    drawn = grid.drawn(lots)
    reserved = _drawn(grid, share)
    for block in _blocks(grid, np.flatnonzero(torn)):
        if left() <= 0:
            break
        inside = np.zeros(len(grid.least), dtype=bool)
        inside[block] = True
        mine = inside[grid.need]
        own = _drawn(grid, np.where(mine, share, 0.0))
        reserved -= own
        room = np.floor(grid.cap - drawn - reserved + 1e-6).astype(np.int64)
        part = build(grid, block, np.minimum(np.maximum(room, 0), grid.cap - drawn), ceilings=False, others=lots)
        if len(part.lanes):
            solved = settle(part, None, left(), seed, GAP, nodes=NODES)
            if solved.columns is not None:
                before = lots.copy()
                lots[part.lanes] = np.round(solved.columns[: len(part.lanes)]).astype(np.int64)
                if grid.holds(lots):
                    drawn = grid.drawn(lots)
                else:
                    lots = before
    return lots


def _short_of_an_order(grid: Grid, lots: Ints, torn: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The lanes of orders that stay below their minimum without the torn needs, shape (k,); all of their needs are settled anew."""
    if not grid.minimum.any():
        return np.zeros(len(grid.need), dtype=bool)
    drawn = grid.drawn(np.where(torn[grid.need], 0, lots))
    short = (drawn > 0) & (drawn < grid.minimum)
    return np.asarray(short[grid.row[0]] & (lots > 0), dtype=bool)


def _drawn(grid: Grid, share: Floats) -> Floats:
    total = np.zeros(len(grid.cap))
    for row, draw in zip(grid.row, grid.draw, strict=True):
        held = row >= 0
        total += np.bincount(row[held], weights=(share * draw)[held], minlength=len(grid.cap))
    return total


def _blocks(grid: Grid, needs: Ints) -> list[Ints]:
    """The needs in blocks of BLOCK that share offers as far as possible."""
    of_offer: dict[int, list[int]] = {}
    offers_of: dict[int, list[int]] = {}
    for need in needs.tolist():
        offers_of[need] = np.unique(grid.offer[grid.first[need] : grid.first[need + 1]]).tolist()
        for offer in offers_of[need]:
            of_offer.setdefault(offer, []).append(need)
    order: dict[int, None] = {}
    for seed_need in needs.tolist():
        queue = [seed_need]
        while queue:
            need = queue.pop()
            if need not in order:
                order[need] = None
                queue.extend(other for offer in offers_of[need] for other in of_offer[offer] if other not in order)
    ordered = np.array(list(order), dtype=np.int64)
    blocks, taken = [], np.zeros(len(grid.least), dtype=bool)
    for at in range(0, len(ordered), BLOCK):
        block = whole(grid.bundles, np.sort(ordered[at : at + BLOCK]))
        blocks.append(block[~taken[block]])
        taken[block] = True
    return blocks
