"""What the register supplement may say: limits and facts, and what somebody says of a need's weight, each with source and date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sild.cores.allocation.problem import LARGEST_PERIOD

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
    "waiver",
    "absorption-people",
    "absorption-training",
    "absorption-racks",
    "absorption-power",
    "use-people",
    "use-training",
    "use-racks",
    "use-power",
]

LimitState = Literal["", "not-needed", "granted", "pending", "denied", "unknown", "open", "lifted", "given", "refused", "yes", "no"]

Waived = Literal["civil-only", "region"]
"""Conditions in the words of an offer that its provider may let go."""

LARGEST_STATED = 10_000_000
"""Pieces, or units of hosting, beyond which a number is a slip of the pen."""


class Strict(BaseModel):
    """An unknown key is a fault, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LimitEntry(Strict):
    """One limit or fact. `subject` is a body (absorption, consent, bundle, substitute, region, site, hand-on, intended-use), a donor
    (budget), a site (hosting) or a provider (the others); `category` narrows it.

    absorption-people and the like say what a body has of a resource in a month, use-people and the like what a piece of a provider takes
    of it: hours, places, rack units, watts. `amount` counts these, pieces (absorption, minimum-order), money (budget, unit-cost), months
    (lead-time, licence) or units of hosting: what
    may stand at a site from `month` on (hosting), what a piece takes up (footprint); absent where it is unknown. `parts` of a bundle:
    category and pieces in one set. `accepts`: category (its own: any thing of it) and what a piece counts, up to 1. `uses`: the only end
    uses that are allowed (end-use), or the one that is meant (intended-use). `state` yes or no: whether it may be handed on (re-export),
    whether the body will (hand-on). `place`: the site where it would stand (site), the region of a body (region). `waives`: conditions of
    an offer that its provider lets go, as the message stated them (waiver); a later waiver without them brings them back.
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
    waives: list[Waived] = Field(default_factory=list)
    note: str = ""
    source: str = Field(min_length=1, max_length=300)
    as_of: date

    @model_validator(mode="after")
    def _fits_its_kind(self) -> LimitEntry:
        if self.kind in RESOURCE_CAPACITIES and (self.month is None or self.category):
            raise ValueError(f"{self.kind} is of a body in a month: give month, such as 2026-03, and no category")
        if self.kind in RESOURCE_USES and self.amount is None:
            raise ValueError(f"{self.kind} needs an amount; what is not known is left out")
        if self.kind in (*RESOURCE_CAPACITIES, *RESOURCE_USES) and self.amount is not None and self.amount * 100 % 1:
            raise ValueError(f"{self.kind} is counted in hundredths at most: {self.amount} is finer")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class KindForm:
    """What a kind of limit speaks of (a body, a donor, a provider, a site), which fields it has, which of them it needs, its states."""

    about: str
    fields: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    states: tuple[LimitState, ...] = ()


RESOURCE_CAPACITIES: tuple[LimitKind, ...] = ("absorption-people", "absorption-training", "absorption-racks", "absorption-power")
RESOURCE_USES: tuple[LimitKind, ...] = ("use-people", "use-training", "use-racks", "use-power")
CAPACITIES: tuple[LimitKind, ...] = ("absorption", *RESOURCE_CAPACITIES)
"""Kinds that say what a body can take in within a month."""

OF_MONEY = ("amount", "currency")
KIND_FORMS: dict[LimitKind, KindForm] = {
    "absorption": KindForm(about="body", fields=("month", "amount"), needs=("month",)),
    "budget": KindForm(about="donor", fields=OF_MONEY),
    "unit-cost": KindForm(about="provider", fields=("category", *OF_MONEY)),
    "lead-time": KindForm(about="provider", fields=("category", "amount"), needs=("amount",)),
    "licence": KindForm(
        about="provider",
        fields=("category", "state", "authority", "amount"),
        needs=("state",),
        states=("not-needed", "granted", "pending", "denied", "unknown"),
    ),
    "earmark": KindForm(about="provider", fields=("category", "bodies", "sectors")),
    "objection": KindForm(
        about="provider", fields=("category", "authority", "state"), needs=("authority", "state"), states=("open", "lifted")
    ),
    "consent": KindForm(about="body", fields=("category", "state"), needs=("state",), states=("given", "refused")),
    "visibility": KindForm(about="provider", fields=("category", "visibility"), needs=("visibility",)),
    "bundle": KindForm(about="body", fields=("category", "parts"), needs=("category", "parts")),
    "substitute": KindForm(about="body", fields=("category", "accepts"), needs=("category", "accepts")),
    "region": KindForm(about="body", fields=("place",), needs=("place",)),
    "site": KindForm(about="body", fields=("category", "place"), needs=("place",)),
    "hosting": KindForm(about="site", fields=("month", "amount"), needs=("amount",)),
    "footprint": KindForm(about="provider", fields=("category", "amount"), needs=("amount",)),
    "minimum-order": KindForm(about="provider", fields=("category", "amount"), needs=("amount",)),
    "re-export": KindForm(about="provider", fields=("category", "state"), needs=("state",), states=("yes", "no")),
    "hand-on": KindForm(about="body", fields=("category", "state"), needs=("state",), states=("yes", "no")),
    "end-use": KindForm(about="provider", fields=("category", "uses"), needs=("uses",)),
    "intended-use": KindForm(about="body", fields=("category", "uses"), needs=("uses",)),
    "waiver": KindForm(about="provider", fields=("category", "waives")),
    **dict.fromkeys(RESOURCE_CAPACITIES, KindForm(about="body", fields=("month", "amount"), needs=("month",))),
    **dict.fromkeys(RESOURCE_USES, KindForm(about="provider", fields=("category", "amount"), needs=("amount",))),
}
"""What is asked of who states a limit, by its kind."""

GRANTED_AS: Mapping[str, LimitKind] = {
    "budget": "budget",
    "absorption": "absorption",
    "lead-time": "lead-time",
    "licence": "licence",
    "earmark": "earmark",
    "re-export": "re-export",
    "end-use": "end-use",
    "minimum-order": "minimum-order",
    "hosting": "hosting",
    "civil-only": "waiver",
    "region": "waiver",
}
"""What a plan asks for, by the limit that it names, and the kind of limit by which somebody says that it was granted."""

OF_MONTHS = frozenset({"lead-time", "licence"})
"""Kinds whose amount counts months."""
WHOLE_AMOUNTS = frozenset({"hosting", "footprint", "minimum-order"})
"""Kinds whose amount is a whole number that must be given."""


def months_of(amount: Decimal | None) -> int | None:
    """Stated months as plans and lights count them; None where nobody knows. What was kept above the most there is, is the most."""
    return int(min(amount, Decimal(LARGEST_PERIOD))) if amount is not None else None


def _fault_of_further(entry: LimitEntry) -> str:
    """What an entry of one of the further kinds lacks; empty where nothing."""
    amount = entry.amount
    if entry.kind in WHOLE_AMOUNTS and (amount is None or amount != amount.to_integral_value() or amount > LARGEST_STATED):
        return f"{entry.kind} needs a whole amount, at most {LARGEST_STATED}"
    if entry.kind in RESOURCE_USES and amount is not None and amount * 100 > LARGEST_STATED:
        return f"{entry.kind} is of one piece, at most {LARGEST_STATED // 100}"
    if entry.kind in OF_MONTHS and amount is not None and amount > LARGEST_PERIOD:
        return f"{entry.kind} is told in months, at most {LARGEST_PERIOD}"
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
