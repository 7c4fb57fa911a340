"""Where sources contradict each other, and where a source contradicts its own rows: pure comparisons. Nothing is settled here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ClaimVerdict(StrEnum):
    """How claims of one thing stand to each other, the gravest last."""

    AGREE = "agree"
    ROUNDING = "rounding"
    LESS_EXACT = "less-exact"
    OTHER_UNIT = "other-unit"
    OTHER_WORDS = "other-words"
    CONTRADICT = "contradict"


OPEN = frozenset({ClaimVerdict.OTHER_UNIT, ClaimVerdict.OTHER_WORDS, ClaimVerdict.CONTRADICT})
"""What somebody has to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one source says of a thing. `amount` None: words alone. `rounded_to`: the last place of the figures, 0 for exact."""

    said: str
    amount: Decimal | None = None
    unit: str = ""
    at_least: bool = False
    rounded_to: Decimal = Decimal(0)


def compare(claims: Sequence[Said]) -> ClaimVerdict:
    """The gravest verdict over all pairs of claims; AGREE for one alone."""
    order = list(ClaimVerdict)
    verdicts = [_pair(one, other) for place, one in enumerate(claims) for other in claims[place + 1 :]]
    return max(verdicts, key=order.index, default=ClaimVerdict.AGREE)


def _pair(one: Said, other: Said) -> ClaimVerdict:
    if one.amount is None or other.amount is None:
        alike = one.amount is None and other.amount is None and _folded(one.said) == _folded(other.said)
        return ClaimVerdict.AGREE if alike else ClaimVerdict.CONTRADICT
    if one.unit != other.unit:
        return ClaimVerdict.OTHER_UNIT
    if one.at_least != other.at_least:
        lowest, exact = (one, other) if one.at_least else (other, one)
        assert lowest.amount is not None and exact.amount is not None
        return ClaimVerdict.LESS_EXACT if lowest.amount <= exact.amount else ClaimVerdict.CONTRADICT
    apart = abs(one.amount - other.amount)
    if apart > max(one.rounded_to, other.rounded_to):
        return ClaimVerdict.CONTRADICT
    if apart:
        return ClaimVerdict.ROUNDING
    return ClaimVerdict.AGREE if _words(one.said) == _words(other.said) else ClaimVerdict.OTHER_WORDS


_SIGNS = re.compile(r"[\W_]+")
_TELLING = re.compile(r"[^\W\d_]+")
_CARRIERS = frozenset({"eur", "usd", "bn", "million", "m", "billion", "thousand", "k", "over", "by", "and", "of", "the"})


def _folded(text: str) -> str:
    return _SIGNS.sub(" ", text.casefold()).strip()


def _words(text: str) -> frozenset[str]:
    """What is said beside the number, without words that only carry it."""
    return frozenset(_TELLING.findall(text.casefold())) - _CARRIERS


def against_rows(claim: Said, amount: Decimal, rows: int) -> tuple[ClaimVerdict, Decimal]:
    """(verdict, claim less rows). Rounded rows may miss by half a last place each, and so may the claim."""
    if claim.amount is None:
        raise ValueError("a claim without an amount is not held against rows")
    apart = claim.amount - amount
    if apart == 0:
        return ClaimVerdict.AGREE, apart
    if claim.at_least and apart < 0:
        return ClaimVerdict.LESS_EXACT, apart
    return (ClaimVerdict.ROUNDING if abs(apart) <= claim.rounded_to / 2 * (rows + 1) else ClaimVerdict.CONTRADICT), apart


def rate_fault(amount: Decimal, value: Decimal, rate: Decimal) -> Decimal | None:
    """How far a value is from its amount at its rate (units of the amount's currency for one of the value's); None where they agree.

    A rate is as exact as its last digit, a value as its own: within what these leave open nothing is a fault.
    """
    if rate <= 0:
        return None if value == 0 else value
    half = Decimal(1).scaleb(_exponent(rate)) / 2
    low, high = sorted((amount / (rate + half), amount / (rate - half))) if rate > half else sorted((Decimal(0), amount / rate * 2))
    give = Decimal(1).scaleb(max(_exponent(value), -2))
    return None if low - give <= value <= high + give else value - amount / rate


def _exponent(number: Decimal) -> int:
    found = number.as_tuple().exponent
    return found if isinstance(found, int) else 0
