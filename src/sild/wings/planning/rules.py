"""Planning as data: what the register supplement may say, the criteria of priority, and the arithmetic that is printed with every need.

Priority: the weighted mean of the criteria that are known, each from 0 to 1, with the range that the unknown ones leave
(each taken as 0 and as 1). The mechanism's file gives the weights, the supplement the values, each with source and date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

REFRESH = "planning.refresh"
"""The work of making links and plan anew, by the name under which it waits and is seen."""

LimitKind = Literal[
    "absorption",
    "budget",
    "unit-cost",
    "lead-time",
    "licence",
    "earmark",
    "objection",
    "consent",
    "visibility",
    "bundle",
    "substitute",
    "region",
    "site",
    "hosting",
    "footprint",
    "minimum-order",
    "re-export",
    "hand-on",
    "end-use",
    "intended-use",
]

LimitState = Literal["", "not-needed", "granted", "pending", "denied", "unknown", "open", "lifted", "given", "refused", "yes", "no"]

LARGEST_STATED = 10_000_000
"""Pieces, or units of hosting, beyond which a number is a slip of the pen."""

URGENCY_SCALE = {"low": Decimal("0.1"), "normal": Decimal("0.3"), "high": Decimal("0.7"), "critical": Decimal("1")}
"""A stated urgency as the criterion time_criticality, where no assessment says more."""


class Strict(BaseModel):
    """An unknown key is a fault, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LimitEntry(Strict):
    """One limit or fact. `subject` is a body (absorption, consent, bundle, substitute, region, site, hand-on, intended-use), a donor
    (budget), a site (hosting) or a provider (the others); `category` narrows it.

    `amount` counts pieces (absorption, minimum-order), money (budget, unit-cost), months (lead-time, licence) or units of hosting: what
    may stand at a site from `month` on (hosting), what a piece takes up (footprint); absent where it is unknown. `parts` of a bundle:
    category and pieces in one set. `accepts`: category (its own: any thing of it) and what a piece counts, up to 1. `uses`: the only end
    uses that are allowed (end-use), or the one that is meant (intended-use). `state` yes or no: whether it may be handed on (re-export),
    whether the body will (hand-on). `place`: the site where it would stand (site), the region of a body (region).
    """

    kind: LimitKind
    subject: str = Field(min_length=1, max_length=300)
    category: str = ""
    month: str | None = Field(default=None, pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    amount: Decimal | None = Field(default=None, ge=0)
    currency: str = Field(default="", pattern=r"^([A-Z]{3})?$")
    state: LimitState = ""
    authority: str = ""
    bodies: list[str] = Field(default_factory=list)
    sectors: list[str] = Field(default_factory=list)
    visibility: Literal["", "named", "amount-only", "anonymous", "secret"] = ""
    parts: dict[str, Annotated[int, Field(ge=1, le=LARGEST_STATED)]] = Field(default_factory=dict)
    accepts: dict[str, Annotated[Decimal, Field(gt=0, le=1)]] = Field(default_factory=dict)
    uses: list[Annotated[str, Field(min_length=1, max_length=300)]] = Field(default_factory=list)
    place: str = Field(default="", max_length=300)
    note: str = ""
    source: str = Field(min_length=1, max_length=300)
    as_of: date

    @model_validator(mode="after")
    def _fits_its_kind(self) -> LimitEntry:
        if self.kind == "absorption" and (self.month is None or self.category):
            raise ValueError("absorption counts all pieces of a body in a month: give month, such as 2026-03, and no category")
        if self.kind in ("budget", "unit-cost") and self.amount is not None and not self.currency:
            raise ValueError(f"{self.kind} is money: give its currency")
        if self.kind in ("licence", "objection", "consent") and not self.state:
            raise ValueError(f"{self.kind} needs a state")
        fault = _fault_of_further(self)
        if fault:
            raise ValueError(fault)
        return self

    @property
    def first_day(self) -> date | None:
        """The first day of the month."""
        return date.fromisoformat(f"{self.month}-01") if self.month else None


WHOLE_AMOUNTS = frozenset({"hosting", "footprint", "minimum-order"})
"""Kinds whose amount is a whole number that must be given."""


def _fault_of_further(entry: LimitEntry) -> str:
    """What an entry of one of the further kinds lacks; empty where nothing."""
    amount = entry.amount
    if entry.kind in WHOLE_AMOUNTS and (amount is None or amount != amount.to_integral_value() or amount > LARGEST_STATED):
        return f"{entry.kind} needs a whole amount, at most {LARGEST_STATED}"
    if entry.kind == "bundle" and (len(entry.parts) < len(("one", "another")) or entry.category not in entry.parts):
        return "a bundle needs at least two parts (category: pieces in one set), and as its category one of them"
    if entry.kind == "substitute" and (not entry.category or not entry.accepts):
        return "a substitute needs the category that is asked for, and what is accepted instead (category: what a piece counts)"
    if entry.kind in ("re-export", "hand-on") and entry.state not in ("yes", "no"):
        return f"{entry.kind} needs a state, yes or no"
    if entry.kind == "end-use" and not entry.uses:
        return "end-use needs the uses that are allowed"
    if entry.kind == "intended-use" and len(entry.uses) != 1:
        return "intended-use needs the one use that is meant"
    if entry.kind in ("site", "region") and not entry.place:
        return f"{entry.kind} needs a place"
    return ""


class AssessmentEntry(Strict):
    """What somebody says of the needs of a body (in a category): one criterion, from 0 to 1."""

    subject: str = Field(min_length=1, max_length=300)
    category: str = ""
    criterion: str
    value: Decimal = Field(ge=0, le=1)
    source: str = Field(min_length=1, max_length=300)
    as_of: date


class SupplementFile(Strict):
    """What the register knows besides messages: limits and assessments."""

    exercise: bool = False
    note: str = ""
    limits: list[LimitEntry] = Field(default_factory=list)
    assessments: list[AssessmentEntry] = Field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of a priority: weight times value; `value` None is unknown. `source` says who said so."""

    criterion: str
    weight: Decimal
    value: Decimal | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """A need's priority from 0 to 10 with its terms; `low` and `high` are what the unknown terms leave."""

    value: Decimal
    low: Decimal
    high: Decimal
    terms: tuple[Term, ...]

    def sentence(self) -> str:
        """The arithmetic in one line."""
        known = [f"{term.weight} x {term.criterion} {term.value}" for term in self.terms if term.value is not None]
        unknown = [term.criterion for term in self.terms if term.value is None]
        if not known:
            return f"{self.value} of 10: nothing is known of it, so it may be anything from {self.low} to {self.high}"
        weights = sum((term.weight for term in self.terms if term.value is not None), Decimal(0))
        text = f"{self.value} of 10 = 10 x ({' + '.join(known)}) / {weights}"
        return text + (f"; unknown: {', '.join(unknown)}, so between {self.low} and {self.high}" if unknown else "")


def priority_of(weights: Mapping[str, Decimal], known: Mapping[str, tuple[Decimal, str]]) -> Priority:
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
        return Priority(value=Decimal("5.00"), low=Decimal(0), high=Decimal(10), terms=terms)
    return Priority(
        value=_of_ten(reached / known_weight),
        low=_of_ten(reached / total),
        high=_of_ten((reached + total - known_weight) / total),
        terms=terms,
    )


def _of_ten(share: Decimal) -> Decimal:
    return (share * 10).quantize(Decimal("0.01"))


def worth(priority: Decimal, quantity: int) -> Decimal:
    """What serving a need in full is worth: priority times the square root of its quantity.

    A larger need is worth more, yet a piece of it less, so that neither size alone decides. A need of priority 0 is still worth
    serving when nothing better can be done with an offer.
    """
    return (max(priority, Decimal("0.01")) * Decimal(quantity).sqrt()).quantize(Decimal("0.000001"))


def month_index(today: date, day: date) -> int:
    """Whole calendar months from the plan's month to the day's; below 0 for a day that lies before."""
    return (day.year - today.year) * 12 + day.month - today.month


def month_at(today: date, index: int) -> date:
    """The first day of the month with that index."""
    months = today.year * 12 + today.month - 1 + index
    return date(months // 12, months % 12 + 1, 1)


UNIT_FAMILIES: dict[str, frozenset[str]] = {
    "storage": frozenset({"TB", "GB", "PB"}),
    "volume a day": frozenset({"GB per day", "TB per day", "GB/day", "TB/day"}),
    "working time": frozenset({"day", "expert day", "person-day", "hour", "month", "week"}),
    "person": frozenset({"person", "people", "participant", "seat", "place", "trainee", "expert", "specialist", "student"}),
    "licence": frozenset(
        {
            "licence",
            "license",
            "seat",
            "subscription",
            "account",
            "user",
            "endpoint",
            "workstation",
            "mailbox",
            "device",
            "computer",
            "host",
        }
    ),
    "bandwidth": frozenset({"Gbps", "Mbps", "Gbit", "Mbit"}),
}
"""Units that one plan may count together. What is in no family is counted in pieces. Own compilation from the desk's messages."""

TIME_CATEGORIES = frozenset({"training", "exercises", "expert-secondment", "legal-policy-advice", "incident-response"})
"""Categories in which a seat is a person's place; elsewhere it is a licence."""


def unit_family(unit: str, category: str) -> str | None:
    """The family of a unit; "piece" for things that are counted one by one, None where no unit was stated."""
    if not unit:
        return None
    lowered = {name: {word.lower() for word in words} for name, words in UNIT_FAMILIES.items()}
    order = ["storage", "volume a day", "working time", "bandwidth"]
    order += ["person", "licence"] if category in TIME_CATEGORIES else ["licence", "person"]
    word = unit.lower()
    for family in order:
        if word in lowered[family] or word.removesuffix("s") in lowered[family]:
            return "licence" if family == "licence" and category not in DEVICE_CATEGORIES else "piece" if family == "licence" else family
    return "piece"


DEVICE_CATEGORIES = frozenset({"end-user-devices", "server-hardware", "network-equipment", "satellite-connectivity", "power-continuity"})
"""Categories of things: a computer there is a thing, elsewhere the seat of a licence."""
