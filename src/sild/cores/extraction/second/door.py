"""The door: of what the second reader tells, only fields pass whose words stand in the message letter by letter and say the value.

Numbers, days and bodies are read from those words by the desk's own readers; what they do not say is refused, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.fields.dates import find_dates
from sild.cores.extraction.fields.numbers import find_numbers
from sild.cores.extraction.fields.units import find_units
from sild.cores.extraction.method.lexicons import categories
from sild.cores.extraction.second.prompt import Question
from sild.cores.extraction.second.told import ToldField, ToldLine
from sild.values.document import Block, Document
from sild.values.span import Span

KINDS = frozenset(("request", "offer", "update", "withdrawal"))
LEVELS = frozenset(("critical", "high", "normal", "low"))
_SOLID = ("category", "quantity", "beneficiary", "provider", "unit")
_LONGEST_UNIT = 60


@dataclass(frozen=True, slots=True)
class AdmittedField:
    """A field that passed: its value as text and where its words stand."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class AdmittedLine:
    """A line of which at least one solid field (thing, number, whose) passed."""

    fields: dict[str, AdmittedField]


@dataclass(frozen=True, slots=True)
class Admitted:
    """What passed, and what was refused and why, in words for the operator."""

    lines: tuple[AdmittedLine, ...]
    refused: tuple[str, ...]


def admit(document: Document, question: Question, told: tuple[ToldLine, ...], bodies: BodyIndex) -> Admitted:
    """Let the told lines through the door."""
    lines: list[AdmittedLine] = []
    refused: list[str] = []
    for number, line in enumerate(told, 1):
        refused += [f"line {number}, {name}: not of the shape that was asked for" for name in line.broken]
        fields: dict[str, AdmittedField] = {}
        for name, field in line.fields.items():
            span = _span(document, question, field)
            value = _value(document, name, field, bodies) if span is not None else None
            if span is None:
                refused.append(f"line {number}, {name}: its words do not stand in the message")
            elif value is None:
                refused.append(f"line {number}, {name}: its words do not say the value")
            else:
                fields[name] = AdmittedField(value, span)
        if any(name in fields for name in _SOLID):
            lines.append(AdmittedLine(fields))
        else:
            refused.append(f"line {number}: nothing of it stands in the message")
    return Admitted(tuple(lines), tuple(refused))


def _span(document: Document, question: Question, field: ToldField) -> Span | None:
    """Where the words stand: in the block that is named, letter by letter; None where they do not."""
    if not 0 <= field.block < len(question.blocks):
        return None
    name, index = question.blocks[field.block]
    block = next((part.blocks[index] for part in document.parts if part.name == name), None)
    if block is None:
        return None
    return _in_block(name, index, block, field.words)


def _in_block(part: str, index: int, block: Block, words: str) -> Span | None:
    for column, text in [(cell.column, cell.text) for cell in block.cells] if block.cells else [(None, block.text)]:
        at = text.find(words)
        if at >= 0:
            return Span(
                part=part, locator=block.locator, block=index, start=at, end=at + len(words), text=words, cell=column, page=block.page
            )
    return None


def _value(document: Document, name: str, field: ToldField, bodies: BodyIndex) -> str | None:
    """The value as the desk's own readers find it in the words; None where the words do not say it."""
    readers: dict[str, Callable[[], str | None]] = {
        "kind": lambda: field.value if field.value in KINDS else None,
        "category": lambda: field.value if field.value in categories() else None,
        "urgency": lambda: field.value if field.value in LEVELS else None,
        "quantity": lambda: _number(field),
        "needed_by": lambda: _day(document, field),
        "unit": lambda: _unit(field),
        "beneficiary": lambda: _body(field, bodies),
        "provider": lambda: _body(field, bodies),
    }
    return readers[name]()


def _number(field: ToldField) -> str | None:
    try:
        meant = Decimal(field.value)
    except InvalidOperation:
        return None
    if not meant.is_finite() or meant < 0:
        return None
    return f"{meant:f}" if any(meant in (found.value, found.low) for found in find_numbers(field.words)) else None


def _unit(field: ToldField) -> str | None:
    units = find_units(field.words)
    if units:
        return units[0].key.name
    return field.value if len(field.value) <= _LONGEST_UNIT and field.value.casefold() in field.words.casefold() else None


def _day(document: Document, field: ToldField) -> str | None:
    sent = document.envelope.sent_at
    try:
        meant = date.fromisoformat(field.value)
    except ValueError:
        return None
    days = [found.day for found in find_dates(field.words, sent.date() if sent is not None else meant)]
    return meant.isoformat() if meant in days else None


def _body(field: ToldField, bodies: BodyIndex) -> str | None:
    """The body that the words name, by the desk's own list; words that name nobody known stay as written."""
    found = bodies.resolve(field.words)
    if found is not None:
        return found.name
    return " ".join(field.words.split()) if any(char.isalpha() for char in field.words) else None
