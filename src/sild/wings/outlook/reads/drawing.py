"""Capacity and lapses as pictures, in whole numbers that a template draws; every picture has its table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sild.wings.outlook.rules import Month, Outlook, month_of

HEIGHT, STEP, COLUMN = 80, 56, 40
WIDTH, ROW = 560, 22
MOST_DRAWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A month at `x`: planned from `y` down, `height` high, of which `committed` high at the foot; `cap` is the height of the line of
    capacity from the top, None where nobody said it."""

    month: Month
    x: int
    y: int
    height: int
    committed_y: int
    committed: int
    cap: int | None

    @property
    def kind(self) -> str:
        """How it is drawn: within what can be taken in, over it, or not known."""
        return "over" if self.month.over else "within" if self.month.capacity is not None else "unknown"


def columns_of(months: Sequence[Month]) -> tuple[Column, ...]:
    """Planned deliveries by month under the capacity; the largest number of the body is HEIGHT."""
    largest = max((max(one.planned, one.capacity or Decimal(0)) for one in months), default=Decimal(0)) or Decimal(1)

    def tall(amount: Decimal) -> int:
        return int(amount * HEIGHT / largest)

    return tuple(
        Column(
            month=one,
            x=number * STEP,
            y=HEIGHT - tall(one.planned),
            height=tall(one.planned),
            committed_y=HEIGHT - tall(one.committed),
            committed=tall(one.committed),
            cap=None if one.capacity is None else HEIGHT - tall(one.capacity),
        )
        for number, one in enumerate(months)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A thing that lapses, as a bar from today, `width` long, at height `y`; `kind`: dark, partly, replaced, or over."""

    row: Outlook
    y: int
    width: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """The first day of a quarter at `x`."""

    month: date
    x: int


def lanes_of(rows: Sequence[Outlook], today: date, until: date) -> tuple[tuple[Lane, ...], tuple[Tick, ...]]:
    """What lapses as bars over the days from today, the earliest first, and the months below them; the first MOST_DRAWN are drawn."""
    whole = max((until - today).days, 1)

    def place(day: date) -> int:
        return max(min((day - today).days * WIDTH // whole, WIDTH), 0)

    lanes = tuple(
        Lane(row=one, y=number * ROW, width=max(place(one.running.on), 2), kind=_kind(one, today))
        for number, one in enumerate(rows[:MOST_DRAWN])
    )
    months = [month_of(today, later) for later in range(1, 20)]
    return lanes, tuple(Tick(month=month, x=place(month)) for month in months if month <= until and month.month in (1, 4, 7, 10))


def _kind(one: Outlook, today: date) -> str:
    if one.running.on < today:
        return "past"
    if one.dark is None or one.in_time == 0:
        return "dark"
    return "partly" if one.dark > 0 else "replaced"
