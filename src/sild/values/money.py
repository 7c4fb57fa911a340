"""Money: a Decimal amount in one ISO currency. Amounts of different currencies never add."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` in whole units of `currency` (ISO 4217), exact."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise ValueError(f"money needs a finite Decimal, not {self.amount!r}")
        if len(self.currency) != 3 or not self.currency.isascii() or not self.currency.isupper():
            raise ValueError(f"{self.currency!r} is not an ISO 4217 code such as EUR")

    def __add__(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise ValueError(f"{self} and {other} are of different currencies: convert one first, with a rate and its date")
        return Money(self.amount + other.amount, self.currency)

    def __str__(self) -> str:
        return f"{self.currency} {self.amount:,}"
