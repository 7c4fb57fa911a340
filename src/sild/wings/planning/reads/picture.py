"""The plan as two pictures, in numbers that a template draws: needs by category and state, deliveries by month.

Coordinates are whole numbers in the units of the drawing's view box; every picture has its table beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from sild.wings.planning.reads.sheet import STATES, PlanRow

WIDTH, ROW = 480, 24
"""Of the bars, and from one bar to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a bar: `count` needs in `state`, from `x`, `width` wide."""

    state: str
    count: int
    x: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One category with its stretches at height `y`; `total` needs."""

    category: str
    y: int
    total: int
    pieces: tuple[Piece, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """How many needs stand in each state, in the order of STATES."""
        found = {piece.state: piece.count for piece in self.pieces}
        return tuple(found.get(state, 0) for state in STATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Deliveries to needs in one month: `count` of them, a column at `x` from `y` down, `height` high."""

    month: date
    count: int
    x: int
    y: int
    height: int


def bars_of(rows: Sequence[PlanRow]) -> tuple[Bar, ...]:
    """Needs by category, the largest first; the longest bar is WIDTH."""
    counted: dict[str, Counter[str]] = {}
    for row in rows:
        counted.setdefault(row.category, Counter())[row.state] += 1
    largest = max((states.total() for states in counted.values()), default=1)
    ordered = sorted(counted.items(), key=lambda item: (-item[1].total(), item[0]))
    return tuple(
        Bar(category=category, y=number * ROW, total=states.total(), pieces=_pieces(states, largest))
        for number, (category, states) in enumerate(ordered)
    )


def _pieces(states: Counter[str], largest: int) -> tuple[Piece, ...]:
    ends = list(accumulate(states[state] for state in STATES))
    starts = [0, *ends[:-1]]
    return tuple(
        Piece(state=state, count=states[state], x=start * WIDTH // largest, width=end * WIDTH // largest - start * WIDTH // largest)
        for state, start, end in zip(STATES, starts, ends, strict=True)
        if states[state]
    )


def months_of(rows: Sequence[PlanRow], *, height: int = 96, step: int = 64) -> tuple[Month, ...]:
    """Deliveries by month, oldest first, every month between the first and the last; the highest column is `height`."""
    counted = Counter(given.month for row in rows for given in row.given if given.month is not None)
    if not counted:
        return ()
    first, last, highest = min(counted), max(counted), max(counted.values())
    months = [_month_after(first, number) for number in range((last.year - first.year) * 12 + last.month - first.month + 1)]
    return tuple(
        Month(
            month=month,
            count=counted[month],
            x=number * step,
            y=height - counted[month] * height // highest,
            height=counted[month] * height // highest,
        )
        for number, month in enumerate(months)
    )


def _month_after(first: date, months: int) -> date:
    total = first.year * 12 + first.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)
