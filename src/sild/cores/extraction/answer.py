"""What was read from a message: draft lines whose every field says from which words it was read, how surely, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from sild.values.document import Document
from sild.values.marking import Marking
from sild.values.money import Money
from sild.values.span import Span

LineKind = Literal["request", "offer", "update", "withdrawal", "question"]
LineChannel = Literal["civil", "military", "undetermined"]
Urgency = Literal["critical", "high", "normal", "low"]


@dataclass(frozen=True, slots=True)
class FieldRead:
    """One field as read: `value` as text, the words it stands on (None where it was inferred), a confidence 0..1 for ranking, and why."""

    value: str
    span: Span | None
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition by its stable code ("civil-only", "region:Sumy") with the words that state it."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an update or withdrawal changes: the old quantity and the old day, and the place it points to ("item no. 2")."""

    old_quantity: Decimal | None = None
    earlier: str | None = None
    old_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One request, offer, change or withdrawal. None is "not said"; `evidence` is verbatim and together at most 400 characters.

    `of` says whether an update or withdrawal changes an offer or a request, where that can be told. `confidence` is for the whole line.
    """

    kind: LineKind
    of: Literal["request", "offer"] | None
    category: str | None
    item: str
    product: str | None
    quantity: Decimal | None
    unit: str | None
    beneficiary: str | None
    beneficiary_known: bool
    relayed_by: str | None
    provider: str | None
    sent_by: str | None
    needed_by: date | None
    available_from: date | None
    available_until: date | None
    value: Money | None
    conditions: tuple[Condition, ...]
    channel: LineChannel
    urgency: Urgency | None
    marking: Marking | None
    reference: str | None
    language: str
    additional: bool
    changes: Change | None
    part: str
    locator: str
    evidence: tuple[Span, ...]
    confidence: float
    fields: dict[str, FieldRead] = field(default_factory=dict)
    vendor: str | None = None
    beneficiary_as_written: str | None = None  # a body that no list holds, as the text spells it
    provider_as_written: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The lines of a message; `noise` says why it holds none by its nature; `remarks` are for a person to look at."""

    lines: tuple[DraftLine, ...]
    noise: str | None = None
    remarks: tuple[str, ...] = ()
    sent_by: str | None = None


def lines_json(document: Document, extraction: Extraction) -> list[dict[str, Any]]:
    """The lines as plain records, one per line, `need` left to linkage. Quantities are int or float, dates ISO 8601."""
    stem = document.name.rsplit("/", 1)[-1]
    return [_record(f"{stem}#{number}", stem, line) for number, line in enumerate(extraction.lines, 1)]


def _record(identity: str, message: str, line: DraftLine) -> dict[str, Any]:
    euros = line.value.amount if line.value is not None and line.value.currency == "EUR" else None
    return {
        "id": identity,
        "message": message,
        "locator": line.locator,
        "kind": line.kind,
        "need": None,
        "category": line.category,
        "item": line.item,
        "quantity": _number(line.quantity),
        "unit": line.unit,
        "beneficiary": shown_name(line.beneficiary, None if line.beneficiary_known else line.beneficiary_as_written),
        "provider": shown_name(line.provider, line.provider_as_written),
        "sent_by": line.sent_by,
        "needed_by": _day(line.needed_by),
        "available_from": _day(line.available_from),
        "available_until": _day(line.available_until),
        "value_eur": _number(euros),
        "conditions": [condition.code for condition in line.conditions],
        "channel": line.channel,
        "urgency": line.urgency,
        "marking": line.marking.label if line.marking is not None else None,
        "language": line.language,
        "reference": line.reference,
        "evidence": [span.text for span in line.evidence],
    }


def shown_name(name: str | None, written: str | None) -> str | None:
    """A body's name; behind the English name of one that no list holds the text's own words, against which a reader checks it."""
    return name if name is None or written in (None, name) else f"{name} ({written})"


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None
