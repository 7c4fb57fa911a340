"""Capacity as a picture, in whole numbers that a template draws; every picture has its table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sild.wings.outlook.rules import Month

HEIGHT, STEP, COLUMN = 80, 56, 40


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
