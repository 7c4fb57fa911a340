"""A start from the LP: needs that the LP serves in whole lots keep them; the torn ones are settled block by block.

While a block is settled, every need that is not yet settled keeps the share of each limit that the LP gave it, so that an early
block cannot take what a later one needs. The blocks of a wave are settled beside each other, in this process or on other machines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from sild.cores.allocation.method.bundles import whole
from sild.cores.allocation.method.cuts import Cutter
from sild.cores.allocation.method.grid import Floats, Grid, Ints
from sild.cores.allocation.method.model import Model, Solved, Watch, build, relax_with_cuts, settle

BLOCK = 60
NODES = 40
GAP = 1e-3
WHOLE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """Settles a part: a task that depends on nothing but the part, so that any process may do it."""

    seconds: float
    seed: int
    apart: float

    def __call__(self, part: Model) -> Solved:
        """The part, solved to GAP of itself, to `apart` in worth, or to NODES."""
        best = -inf

        def found(columns: Floats) -> None:
            nonlocal best
            best = max(best, float(part.cost @ columns))

        near = Watch(found=found, stop=lambda bound: bound - best <= self.apart)
        return settle(part, None, self.seconds, self.seed, GAP, nodes=NODES, watch=near)


Spread = Callable[[Settling, Sequence[Model]], Iterable[Solved]]
"""Applies a settling to each part and gives the answers in order, as `map` does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waves:
    """How blocks are settled: `size` of them beside each other, by `spread`. The size decides the plan, and never who settles them."""

    size: int = 1
    spread: Spread = map
    seed: int = 0


def from_blocks(grid: Grid, model: Model, relaxed: Solved, left: Callable[[], float], waves: Waves) -> Ints | None:
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
    blocks = _blocks(grid, np.flatnonzero(torn))
    reserved = _drawn(grid, share)
    # what the plan as a whole may lack by, spread over its blocks: a few torn needs are settled no finer than that asks for
    apart = GAP / 4 * relaxed.bound / max(1, len(blocks))
    for at in range(0, len(blocks), waves.size):
        if left() <= 0:
            break
        settling = Settling(seconds=left(), seed=waves.seed, apart=apart)
        lots = _settled(grid, lots, blocks[at : at + waves.size], (share, reserved), settling, waves.spread)
    return lots


def _settled(grid: Grid, lots: Ints, wave: Sequence[Ints], kept: tuple[Floats, Floats], settling: Settling, spread: Spread) -> Ints:
    """The plan with the blocks of a wave settled. Each sees what nobody has spoken for; where two took the same, the later begins anew.

    kept: the LP's share of each lane, and what all needs that wait draw by it; the wave's own is given back.
    """
    share, reserved = kept
    own = [_drawn(grid, np.where(_lanes_of(grid, block), share, 0.0)) for block in wave]
    free = grid.cap - grid.drawn(lots) - reserved
    parts = [_part(grid, lots, block, free + mine, settling) for block, mine in zip(wave, own, strict=True)]
    found = spread(settling, [part for part in parts if len(part.lanes)])
    answers = iter(found)
    for block, part, mine in zip(wave, parts, own, strict=True):
        reserved -= mine
        if not len(part.lanes):
            continue
        after = _with(lots, part, next(answers))
        if not grid.holds(after):
            again = _part(grid, lots, block, grid.cap - grid.drawn(lots) - reserved, settling)
            after = _with(lots, again, settling(again)) if len(again.lanes) else lots
        lots = after if grid.holds(after) else lots
    return lots


def _lanes_of(grid: Grid, block: Ints) -> NDArray[np.bool_]:
    inside = np.zeros(len(grid.least), dtype=bool)
    inside[block] = True
    return np.asarray(inside[grid.need], dtype=bool)


def _part(grid: Grid, lots: Ints, block: Ints, free: Floats, settling: Settling) -> Model:
    """The model of a block in what is free, with the cuts that its relaxation breaks: they spare the solver most of its own."""
    room = np.minimum(np.maximum(np.floor(free + 1e-6).astype(np.int64), 0), grid.cap - grid.drawn(lots))
    part = build(grid, block, room, ceilings=False, others=lots)
    if not len(part.lanes):
        return part
    return relax_with_cuts(part, settling.seconds, settling.seed, Cutter(grid, part, room).broken)[1]


def _with(lots: Ints, part: Model, solved: Solved) -> Ints:
    """The plan with what was found for the lanes of a part."""
    if solved.columns is None:
        return lots
    after = lots.copy()
    after[part.lanes] = np.round(solved.columns[: len(part.lanes)]).astype(np.int64)
    return after


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
