"""Starts: a greedy plan by value per piece, and a plan rounded from the LP that is repaired need by need."""

from __future__ import annotations

import numpy as np

from sild.cores.allocation.method.board import Board
from sild.cores.allocation.method.grid import Floats, Grid
from sild.cores.allocation.method.model import Model, Solved

Orders = list[list[int]]


def scarcity(grid: Grid) -> Floats:
    """A first price per unit of each shared row: how heavily all lanes together would draw on it; shape (r,)."""
    wanted = grid.drawn(np.minimum(grid.most, 1 + grid.most // 4)).astype(np.float64)
    return wanted / np.maximum(1.0, grid.cap.astype(np.float64)) / np.maximum(1.0, grid.cap.astype(np.float64))


def lane_orders(grid: Grid, prices: Floats) -> Orders:
    """For each need its lanes: what stays as planned, then the best quality, the cheapest per piece, larger lots, earlier arrival."""
    burden = np.zeros(len(grid.need))
    for row, draw in zip(grid.row, grid.draw, strict=True):
        held = row >= 0
        burden[held] += prices[row[held]] * draw[held]
    burden /= np.maximum(1, grid.piece)
    quality = (grid.worth - grid.bonus) / np.maximum(1, grid.piece)
    ranked = np.lexsort((grid.offer, grid.period, -grid.piece, np.round(burden, 12), np.round(-quality, 12), -grid.bonus, grid.need))
    return [ranked[begin:end].tolist() for begin, end in zip(grid.first[:-1].tolist(), grid.first[1:].tolist(), strict=True)]


def by_worth(grid: Grid) -> list[int]:
    """Needs by value per piece of their minimum, best first."""
    least = np.maximum(1, grid.least)
    worth = grid.per_piece + grid.served / least
    ranked: list[int] = np.lexsort((np.arange(len(worth)), -worth)).tolist()
    return ranked


def greedy(board: Board) -> Orders:
    """Fill the board from nothing; returns the lane orders that it used."""
    grid = board.grid
    orders = lane_orders(grid, scarcity(grid))
    board.reset(np.zeros(len(grid.need), dtype=np.int64))
    board.fill(by_worth(grid), orders)
    return orders


def rounded(board: Board, model: Model, relaxed: Solved, orders: Orders) -> None:
    """Fill the board from the LP: whole lots of it first, then each need mended to its minimum, the rest filled."""
    grid = board.grid
    if relaxed.columns is None:
        return
    share = np.zeros(len(grid.need))
    share[model.lanes] = relaxed.columns[: len(model.lanes)]
    board.reset(np.zeros(len(grid.need), dtype=np.int64))
    bundled = np.isin(grid.need, list(board.bundle_of))
    whole = np.where(bundled, 0, np.floor(share + 1e-6)).astype(np.int64)
    for lane in np.flatnonzero(whole).tolist():
        board.put(int(grid.need[lane]), lane, min(int(whole[lane]), board.room(lane)))
    fraction = np.where(bundled, 0.0, share - whole)
    torn = np.zeros(len(grid.least), dtype=bool)
    torn[grid.need[fraction > 1e-6]] = True
    mended = [need for need in by_worth(grid) if torn[need]]
    for need in mended:
        lanes = sorted(board.lanes(need), key=lambda lane: (-fraction[lane], lane))
        lanes = [lane for lane in lanes if fraction[lane] > 1e-6] + [lane for lane in orders[need] if fraction[lane] <= 1e-6]
        if board.pieces[need] < board.least[need] and not board.serve(need, lanes):
            board.clear(need)
        elif fraction[lanes[0]] > 1e-6:
            board.top_up(need, [lane for lane in lanes if fraction[lane] > 1e-6])
    for need in range(len(board.pieces)):
        if 0 < board.pieces[need] < board.least[need]:
            board.clear(need)
    board.fill(by_worth(grid), orders)
