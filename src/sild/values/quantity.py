"""Quantity: a number that keeps its unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """`amount` of `unit` ("licence", "TB", "GB per day"); never negative."""

    amount: Decimal
    unit: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite() or self.amount < 0:
            raise ValueError(f"a quantity needs a finite Decimal of at least 0, not {self.amount!r}")

    def __add__(self, other: Quantity) -> Quantity:
        if self.unit != other.unit:
            raise ValueError(f"{self} and {other} are counted in different units")
        return Quantity(self.amount + other.amount, self.unit)

    def __str__(self) -> str:
        return f"{self.amount:,f} {self.unit}".strip()
