"""What a file of public flows holds, as plain records: flows, and what its source says of sums and facts. Amounts are exact decimals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sild.values.flow import FlowState

MOST_DIGITS = 15
"""Of the whole part of an amount; what tables hold."""


class NotFlows(ValueError):
    """A file that is none of the known forms, or a row that cannot be read; the words say what is wrong where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """One flow of a source. `key` names it within `source`; `series` is the collection in which its sums are made.

    `amount` is what was told originally, `value` what the source made of it at `rate` (units of `currency` for one of
    `value_currency`). `parent` is the key of the flow that the money came out of; `within`: the parent's amount still holds it.
    `view`: a second look at money that other rows of the source hold. `tags` are the source's own divisions, `raw` its row as it came.
    """

    source: str
    series: str
    key: str
    state: FlowState
    giver: str
    body: str
    amount: Decimal
    currency: str
    through: str = ""
    value: Decimal | None = None
    value_currency: str = ""
    rate: Decimal | None = None
    in_kind: bool = False
    method: str = ""
    title: str = ""
    sector: str = ""
    on: date | None = None
    begins: date | None = None
    ends: date | None = None
    as_of: date | None = None
    parent: str = ""
    within: bool = False
    view: bool = False
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """What a source says: of a sum (`boundary` tells of which rows) or of a fact. Claims of one `topic` speak of one thing.

    `amount` None: it says no number. `at_least`: it says "over". `rounded_to` is the step in which the figures that make up the sum are
    told. `unit` is a currency, or what else is counted.
    """

    source: str
    series: str
    topic: str
    label: str
    said: str
    amount: Decimal | None = None
    unit: str = ""
    at_least: bool = False
    rounded_to: Decimal = Decimal(0)
    as_of: str = ""
    cited: tuple[str, ...] = ()
    note: str = ""
    boundary: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowFile:
    """What one file holds. `rows` counts its data rows, `empty` those in which no money moves, `sums` the sums within rows that were
    added up; `faults` are rows that could not be read, each with its place and what to do."""

    form: str
    flows: tuple[FlowRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    rows: int = 0
    empty: int = 0
    sums: int = 0
    faults: tuple[str, ...] = ()


def decimal_of(text: object, where: str) -> Decimal:
    """An exact decimal. Raises NotFlows for what is none, or is longer than tables hold."""
    try:
        amount = Decimal(str(text).strip())
    except InvalidOperation as fault:
        raise NotFlows(f"{where}: {str(text)[:60]!r} is no number") from fault
    if not amount.is_finite() or amount.adjusted() >= MOST_DIGITS:
        raise NotFlows(f"{where}: {str(text)[:60]!r} is no amount of money")
    return amount


def currency_of(text: object, where: str) -> str:
    """An ISO 4217 code. Raises NotFlows."""
    code = str(text or "").strip()
    if len(code) != 3 or not code.isascii() or not code.isalpha() or not code.isupper():
        raise NotFlows(f"{where}: {code[:20]!r} is not an ISO 4217 code such as EUR")
    return code


def day_of(text: object) -> date | None:
    """The day of an ISO date or moment; None for none."""
    try:
        return date.fromisoformat(str(text or "")[:10])
    except ValueError:
        return None


def state_of(text: object, names: Mapping[str, FlowState], where: str) -> FlowState:
    """The state that a source's word means. Raises NotFlows for a word that nobody placed: a state is never guessed."""
    found = names.get(str(text or "").strip().casefold())
    if found is None:
        raise NotFlows(f"{where}: the state {str(text)[:40]!r} is none of {', '.join(names)}")
    return found
