"""Where the second reader agrees with the first, and where not: an opinion per line and field, for a person to look at."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from sild.cores.extraction.second.door import AdmittedLine
from sild.values.span import Span

Verdict = Literal["agrees", "differs", "only-second", "line-missed"]
_COMPARED = ("kind", "category", "quantity", "beneficiary", "provider", "needed_by", "urgency")
_ENOUGH = 2.0


@dataclass(frozen=True, slots=True)
class FirstLine:
    """A line as the first reader (or a person) has it: a key, values as text ("" where unknown), the spans it rests on."""

    key: str
    values: dict[str, str]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the second reader says of a field: `line` is the key of the first reader's line, "" for one that it missed."""

    line: str
    field: str
    first: str
    second: str
    span: Span
    verdict: Verdict


def opinions(first: tuple[FirstLine, ...], second: tuple[AdmittedLine, ...]) -> tuple[Opinion, ...]:
    """One opinion per field that the second reader read; lines are paired by the words they rest on and by what they say."""
    free = list(range(len(first)))
    found: list[Opinion] = []
    scored = sorted(
        ((likeness(first[i], line), i, j) for i in free for j, line in enumerate(second)), key=lambda entry: (-entry[0], entry[1], entry[2])
    )
    pairs: dict[int, int] = {}
    for score, i, j in scored:
        if score >= _ENOUGH and i not in pairs.values() and j not in pairs:
            pairs[j] = i
    for j, line in enumerate(second):
        own = first[pairs[j]] if j in pairs else None
        for name in _COMPARED:
            told = line.fields.get(name)
            if told is None:
                continue
            said = own.values.get(name, "") if own is not None else ""
            found.append(
                Opinion(own.key if own is not None else "", name, said, told.value, told.span, _verdict(own, said, told.value, name))
            )
    return tuple(found)


def _verdict(own: FirstLine | None, said: str, told: str, name: str) -> Verdict:
    if own is None:
        return "line-missed"
    if not said:
        return "only-second"
    return "agrees" if same(name, said, told) else "differs"


def same(name: str, first: str, second: str) -> bool:
    """Whether two values of a field are one; numbers by what they count, words without case."""
    if name == "quantity":
        try:
            return Decimal(first) == Decimal(second)
        except InvalidOperation:
            return False
    return first.strip().casefold() == second.strip().casefold()


def likeness(first: FirstLine, second: AdmittedLine) -> float:
    """How surely the two speak of one thing: words that meet count most, then equal category and number."""
    meets = any(_meet(own, field.span) for own in first.spans for field in second.fields.values())
    beside = any(own.part == f.span.part and own.block == f.span.block for own in first.spans for f in second.fields.values())
    equal = sum(
        same(name, first.values.get(name, ""), second.fields[name].value)
        for name in ("category", "quantity")
        if name in second.fields and first.values.get(name)
    )
    return 1.5 * meets + 0.5 * beside + 1.0 * equal


def _meet(one: Span, other: Span) -> bool:
    same_place = (one.part, one.block, one.cell) == (other.part, other.block, other.cell)
    return same_place and one.start < other.end and other.start < one.end
