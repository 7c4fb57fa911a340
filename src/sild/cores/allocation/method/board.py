"""The plan in the making: lots per lane and what is left of each shared limit, in exact integers. A board never breaks a limit.

Moves keep every need at nothing or within its reachable minimum and maximum; a move that cannot is taken back whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sild.cores.allocation.method.grid import Grid, Ints
from sild.cores.allocation.method.reach import LARGEST_MASK, reachable


class Board:
    """`lots` per lane, `left` per shared row, `pieces` per need; plain lists, for these loops are short and many."""

    def __init__(self, grid: Grid, lots: Ints | None = None) -> None:
        self.grid = grid
        self.first: list[int] = grid.first.tolist()
        self.piece: list[int] = grid.piece.tolist()
        self.most: list[int] = grid.most.tolist()
        self.least: list[int] = grid.least.tolist()
        self.ceiling: list[int] = grid.most_pieces.tolist()
        drawn: list[list[tuple[int, int]]] = [[] for _ in range(len(self.piece))]
        for row, draw in zip(grid.row.tolist(), grid.draw.tolist(), strict=True):
            for lane, at in enumerate(row):
                if at >= 0:
                    drawn[lane].append((at, draw[lane]))
        self.drawn = drawn
        self.minimum: dict[int, int] = {row: least for row, least in enumerate(grid.minimum.tolist()) if least}
        self.shut: set[int] = set()
        self.bundle_of = {need: bundle for bundle, parts in enumerate(grid.bundles) for need, _ in parts}
        self.lots: list[int] = []
        self.left: list[int] = []
        self.pieces: list[int] = []
        self.reset(lots if lots is not None else np.zeros(len(self.piece), dtype=np.int64))

    def reset(self, lots: Ints) -> None:
        """Set the whole plan; it must hold."""
        self.lots = lots.tolist()
        self.left = (self.grid.cap - self.grid.drawn(lots)).tolist()
        self.pieces = self.grid.delivered(lots).tolist()

    def plan(self) -> Ints:
        """The lots as an array, shape (k,)."""
        return np.array(self.lots, dtype=np.int64)

    def lanes(self, need: int) -> range:
        """The lanes of a need."""
        return range(self.first[need], self.first[need + 1])

    def room(self, lane: int) -> int:
        """How many more lots the shared limits leave to this lane."""
        room = self.most[lane] - self.lots[lane]
        left = self.left
        if self.shut and any(row in self.shut for row, _ in self.drawn[lane]):
            return 0
        for row, draw in self.drawn[lane]:
            if draw * room > left[row]:
                room = left[row] // draw
        return room

    def put(self, need: int, lane: int, count: int) -> None:
        """Add lots (or, with a negative count, take them off); the caller has asked for `room`."""
        self.lots[lane] += count
        self.pieces[need] += count * self.piece[lane]
        for row, draw in self.drawn[lane]:
            self.left[row] -= draw * count

    def clear(self, need: int) -> list[tuple[int, int]]:
        """Take everything off a need; returns what lay there as (lane, lots)."""
        held = [(lane, self.lots[lane]) for lane in self.lanes(need) if self.lots[lane]]
        for lane, count in held:
            self.put(need, lane, -count)
        return held

    def top_up(self, need: int, lanes: Iterable[int]) -> None:
        """Add lots in the order of the lanes as far as the limits and the need's maximum allow."""
        for lane in lanes:
            room = self.ceiling[need] - self.pieces[need]
            if room <= 0:
                return
            count = min(room // self.piece[lane], self.room(lane))
            if count > 0:
                self.put(need, lane, count)

    def serve(self, need: int, lanes: Sequence[int]) -> bool:
        """Bring a need to at least its minimum, greedily and then by exact totals; False, and nothing changed, where neither does."""
        if not self.ceiling[need]:
            return False
        before = [(lane, self.lots[lane]) for lane in lanes]
        self.top_up(need, lanes)
        if self.pieces[need] >= self.least[need]:
            return True
        self._restore(need, before)
        if self._by_totals(need, lanes, self.least[need], self.ceiling[need]):
            return True
        self._restore(need, before)
        return False

    def _restore(self, need: int, before: list[tuple[int, int]]) -> None:
        for lane, count in before:
            if self.lots[lane] != count:
                self.put(need, lane, count - self.lots[lane])

    def serve_bundle(self, bundle: int, order: Sequence[Sequence[int]]) -> None:
        """As many sets as exact totals allow, tried from the most downwards; what there is stays where no more can be had."""
        parts = self.grid.bundles[bundle]
        now, most = self.pieces[parts[0][0]] // parts[0][1], min(self.ceiling[need] // pieces for need, pieces in parts)
        least = max(-(-self.least[need] // pieces) for need, pieces in parts)
        sets = most
        while sets > now and sets >= least:
            before = [(need, [(lane, self.lots[lane]) for lane in self.lanes(need)]) for need, _ in parts]
            for need, _ in parts:
                self.clear(need)
            if all(self._by_totals(need, order[need], sets * pieces, sets * pieces) for need, pieces in parts):
                return
            for need, _ in parts:
                self.clear(need)
            for need, held in before:
                self._restore(need, held)
            # a tenth less each time, then one by one
            sets = min(sets - 1, sets - (sets - now) // 10)

    def _by_totals(self, need: int, lanes: Sequence[int], low: int, high: int) -> bool:
        room, least = high - self.pieces[need], low - self.pieces[need]
        stock = [(lane, min(self.room(lane), room // self.piece[lane])) for lane in lanes]
        stock = [(lane, count) for lane, count in stock if count > 0]
        if room > LARGEST_MASK or sum(self.piece[lane] * count for lane, count in stock) < least:
            return False
        masks = [1]
        for lane, count in stock:
            masks.append(reachable([(self.piece[lane], count)], room, masks[-1]))
        total = masks[-1].bit_length() - 1
        if total < least:
            return False
        for (lane, count), mask in zip(reversed(stock), reversed(masks[:-1]), strict=True):
            used = next(n for n in range(count + 1) if total >= n * self.piece[lane] and mask >> (total - n * self.piece[lane]) & 1)
            if used > self.room(lane):
                return False
            self.put(need, lane, used)
            total -= used * self.piece[lane]
        return True

    def fill(self, needs: Iterable[int], order: Sequence[Sequence[int]]) -> None:
        """Give every need what is still to be had; orders that stay below their minimum are taken back and what they served filled anew."""
        needs = list(needs)
        self._fill(needs, order)
        while short := [row for row, least in self.minimum.items() if 0 < self.grid.cap[row] - self.left[row] < least]:
            self.shut.update(short)
            for need in needs:
                if any(self.lots[lane] and self.drawn[lane][0][0] in self.shut for lane in self.lanes(need)):
                    self._give_back(need)
            self._fill(needs, order)
        self.shut.clear()

    def _give_back(self, need: int) -> None:
        """Take a need off the board, and with it the other parts of its bundle."""
        bundle = self.bundle_of.get(need)
        for part in [need] if bundle is None else [other for other, _ in self.grid.bundles[bundle]]:
            self.clear(part)

    def _fill(self, needs: Sequence[int], order: Sequence[Sequence[int]]) -> None:
        tried = set[int]()
        for need in needs:
            if need in self.bundle_of:
                if self.bundle_of[need] not in tried:
                    tried.add(self.bundle_of[need])
                    self.serve_bundle(self.bundle_of[need], order)
            elif self.pieces[need] == 0:
                self.serve(need, order[need])
            elif self.pieces[need] < self.ceiling[need]:
                self.top_up(need, order[need])
