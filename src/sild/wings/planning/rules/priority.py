"""Priority as arithmetic that is printed, and what serving a need is worth.

Priority: the weighted mean of the criteria that are known, each from 0 to 1, with the range that the unknown ones leave (each taken as 0
and as 1). The mechanism's file gives the weights, the supplement and people the values, each with source and date. A person may set
another priority over it, with the reason; the arithmetic stays beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

URGENCY_SCALE = {"low": Decimal("0.1"), "normal": Decimal("0.3"), "high": Decimal("0.7"), "critical": Decimal("1")}
"""A stated urgency as the criterion time_criticality, where no assessment says more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of a priority: weight times value; `value` None is unknown. `source` says who said so."""

    criterion: str
    weight: Decimal
    value: Decimal | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overridden:
    """A priority from 0 to 10 that a person set over the arithmetic: who, when, why."""

    value: Decimal
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """A need's priority from 0 to 10 with its terms; `low` and `high` are what the unknown terms leave.

    `value` is the arithmetic, also where a person set another one over it; `stands` is what counts.
    """

    value: Decimal
    low: Decimal
    high: Decimal
    terms: tuple[Term, ...]
    overridden: Overridden | None = None

    @property
    def stands(self) -> Decimal:
        """What counts: the word of a person, else the arithmetic."""
        return self.overridden.value if self.overridden is not None else self.value

    def sentence(self) -> str:
        """The arithmetic in one line, and what a person set over it."""
        one = self.overridden
        over = f"; set to {one.value} of 10 by {one.by} on {one.on:%d %b %Y}: {one.reason}" if one is not None else ""
        return self._arithmetic() + over

    def _arithmetic(self) -> str:
        known = [f"{term.weight} x {term.criterion} {term.value}" for term in self.terms if term.value is not None]
        unknown = [term.criterion for term in self.terms if term.value is None]
        if not known:
            return f"{self.value} of 10: nothing is known of it, so it may be anything from {self.low} to {self.high}"
        weights = sum((term.weight for term in self.terms if term.value is not None), Decimal(0))
        text = f"{self.value} of 10 = 10 x ({' + '.join(known)}) / {weights}"
        return text + (f"; unknown: {', '.join(unknown)}, so between {self.low} and {self.high}" if unknown else "")


def priority_of(weights: Mapping[str, Decimal], known: Mapping[str, tuple[Decimal, str]], overridden: Overridden | None = None) -> Priority:
    """The priority from the mechanism's weights and the known values (0 to 1, with their source).

    With nothing known the value is the middle, 5, and the range is all of it: unknown is neither least nor most.
    """
    terms = tuple(
        Term(criterion=name, weight=weight, value=known[name][0] if name in known else None, source=known[name][1] if name in known else "")
        for name, weight in weights.items()
        if weight > 0
    )
    total = sum((term.weight for term in terms), Decimal(0))
    known_weight = sum((term.weight for term in terms if term.value is not None), Decimal(0))
    reached = sum((term.weight * term.value for term in terms if term.value is not None), Decimal(0))
    if not known_weight:
        return Priority(value=Decimal("5.00"), low=Decimal(0), high=Decimal(10), terms=terms, overridden=overridden)
    return Priority(
        value=_of_ten(reached / known_weight),
        low=_of_ten(reached / total),
        high=_of_ten((reached + total - known_weight) / total),
        terms=terms,
        overridden=overridden,
    )


def _of_ten(share: Decimal) -> Decimal:
    return (share * 10).quantize(Decimal("0.01"))


def worth(priority: Decimal, quantity: int) -> Decimal:
    """What serving a need in full is worth: priority times the square root of its quantity.

    A larger need is worth more, yet a piece of it less, so that neither size alone decides. A need of priority 0 is still worth
    serving when nothing better can be done with an offer.
    """
    return (max(priority, Decimal("0.01")) * Decimal(quantity).sqrt()).quantize(Decimal("0.000001"))
