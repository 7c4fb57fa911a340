"""Among plans of equal worth: earlier deliveries first, then fewer donors for a need. The objective stays exactly as it is.

Every move leaves each need the pieces that it has, so that its value cannot change.
"""

from __future__ import annotations

from sild.cores.allocation.method.board import Board


def settle_ties(board: Board) -> None:
    """Move lots to earlier periods of the same offer, then to offers of donors that serve the need already."""
    for need in range(len(board.pieces)):
        if board.pieces[need]:
            _earlier(board, need)
            _fewer_donors(board, need)


def _earlier(board: Board, need: int) -> None:
    grid = board.grid
    # what stays as the plan before had it earns by staying
    held = [lane for lane in board.lanes(need) if board.lots[lane] and not grid.bonus[lane]]
    for late in reversed(held):
        # the lanes of one offer stand together, earliest first
        first = late
        while first > board.first[need] and grid.offer[first - 1] == grid.offer[late]:
            first -= 1
        for early in range(first, late):
            if board.lots[late] and grid.worth[early] == grid.worth[late]:
                _move(board, need, late, early, board.lots[late])


def _fewer_donors(board: Board, need: int) -> None:
    """Give up the donor with the fewest pieces where others, with lots of the same size and no later, can carry all of it."""
    grid, problem = board.grid, board.grid.problem
    # an order with a minimum is nobody's to give up
    lanes = [lane for lane in board.lanes(need) if board.lots[lane] and board.drawn[lane][0][0] not in board.minimum]
    donor = {lane: problem.offers[grid.offer[lane]].donor for lane in lanes}
    pieces: dict[str, int] = {}
    for lane in lanes:
        pieces[donor[lane]] = pieces.get(donor[lane], 0) + board.lots[lane] * board.piece[lane]
    for small in sorted(pieces, key=lambda name: (pieces[name], name))[:-1]:
        given = [lane for lane in lanes if donor[lane] == small and board.lots[lane]]
        before = [(lane, board.lots[lane]) for lane in lanes]
        for lane in given:
            for other in lanes:
                alike = board.piece[other] == board.piece[lane] and grid.period[other] <= grid.period[lane]
                alike = alike and grid.worth[other] == grid.worth[lane]
                if donor[other] != small and pieces[donor[other]] and alike and board.lots[lane]:
                    _move(board, need, lane, other, board.lots[lane])
        if any(board.lots[lane] for lane in given):
            for lane, count in before:
                if board.lots[lane] > count:
                    board.put(need, lane, count - board.lots[lane])
            for lane, count in before:
                if board.lots[lane] < count:
                    board.put(need, lane, count - board.lots[lane])
        else:
            pieces[small] = 0


def _move(board: Board, need: int, source: int, goal: int, count: int) -> None:
    """Move up to `count` lots between lanes of one lot size, as far as the limits allow."""
    board.put(need, source, -count)
    taken = min(count, max(0, board.room(goal)))
    board.put(need, goal, taken)
    board.put(need, source, count - taken)
