"""What the field readers hand back: frozen records whose `start`/`end` are offsets into the text that was read.

`text[start:end] == verbatim` always holds; `confidence` lies in 0..1 and is for ranking, not a probability.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from sild.cores.extraction.inexact import Bound
from sild.values.marking import Marking
from sild.values.money import Money

NumberKind = Literal["count", "measure", "date", "time", "year", "phone", "identifier", "ordinal", "version", "percent", "address"]
UnitClass = Literal["thing", "licence", "capacity", "person", "place", "service", "work", "time", "part", "generic"]
DateRole = Literal["needed-by", "available-from", "available-until"]
Precision = Literal["day", "month-end", "month-start", "relative"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A piece of the text: offsets, the verbatim words, and how sure the reader is."""

    start: int
    end: int
    verbatim: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFound(Found):
    """A number; `value` is the upper bound of a range, `low`/`high` its ends; `unit` is given for measures ("kVA", "port").

    `bound` says what the text leaves open, in the words `told` ("at least 20"); None where the number is exact.
    """

    value: Decimal
    low: Decimal
    high: Decimal
    approximate: bool = False
    kind: NumberKind = "count"
    unit: str | None = None
    bound: Bound | None = None
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityFound(Found):
    """A number with what it counts, `unit` a plain English word ("licence", "TB", "GB per day") or None where the text names none.

    `start..end` spans number and unit; `unit_start..unit_end` the unit alone (both 0 where there is none).
    """

    value: Decimal
    unit: str | None
    unit_class: UnitClass | None
    number: NumberFound
    unit_start: int = 0
    unit_end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFound(Found):
    """A day with the role that the words beside it give; `precision` says whether the text named a day, a month or a distance."""

    day: date
    role: DateRole | None
    precision: Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFound(Found):
    """A sum; of a range the upper end."""

    money: Money
    approximate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkingFound(Found):
    """A TLP label."""

    marking: Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFound(Found):
    """A document's number (`number` without the cue before it); `role` is "own" or, for somebody's earlier letter, "recalled"."""

    number: str
    role: Literal["own", "recalled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyFound(Found):
    """How urgent the words say it is."""

    level: Literal["critical", "high", "normal", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionFound(Found):
    """A condition; `code` is stable ("civil-only", "region:Sumy", "category-earmark", "no-re-export" ...)."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFound(Found):
    """A body; `name` is the canonical name of a known one, else a readable English name or the words as written."""

    name: str
    known: bool
    score: float
    country: str | None = None
    kind: str | None = None
