"""The second reader's answer, taken apart: strict JSON of a known shape and size, or Malformed with what is wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

FIELDS = ("kind", "category", "quantity", "unit", "beneficiary", "provider", "needed_by", "urgency")
MOST_LINES = 200
_LONGEST_WORDS = 400
_LONGEST_ANSWER = 400_000


class Malformed(ValueError):
    """The answer is not what was asked for."""


@dataclass(frozen=True, slots=True)
class ToldField:
    """One field as told: a value as text, and the words that are said to stand in a numbered block."""

    value: str
    block: int
    words: str


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line as told, not yet compared with the message. `broken`: fields that were not of the shape asked for."""

    fields: dict[str, ToldField]
    broken: tuple[str, ...] = ()


def told_lines(text: str) -> tuple[ToldLine, ...]:
    """The lines of an answer; a fence of ``` around the JSON is taken off. Raises Malformed."""
    if len(text) > _LONGEST_ANSWER:
        raise Malformed(f"the answer is longer than {_LONGEST_ANSWER:,} characters")
    try:
        data: Any = json.loads(_without_fence(text))
    except (ValueError, RecursionError) as fault:
        raise Malformed("the answer is no JSON") from fault
    lines = data.get("lines") if isinstance(data, dict) else None
    if not isinstance(lines, list):
        raise Malformed('the answer holds no list "lines"')
    if len(lines) > MOST_LINES:
        raise Malformed(f"the answer tells {len(lines)} lines; more than {MOST_LINES} are no reading of one message")
    return tuple(_line(line) for line in lines if isinstance(line, dict))


def _without_fence(text: str) -> str:
    inner = text.strip()
    if inner.startswith("```"):
        inner = inner.partition("\n")[2]
        inner = inner.rpartition("```")[0] if "```" in inner else inner
    return inner


def _line(line: dict[Any, Any]) -> ToldLine:
    fields: dict[str, ToldField] = {}
    broken = []
    for name in FIELDS:
        told = line.get(name)
        if told is None:
            continue
        field = _field(told)
        if field is None:
            broken.append(name)
        else:
            fields[name] = field
    return ToldLine(fields, tuple(broken))


def _field(told: Any) -> ToldField | None:
    if not isinstance(told, dict):
        return None
    value, block, words = told.get("value"), told.get("block"), told.get("words")
    whole = isinstance(block, int) and not isinstance(block, bool)
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    if not whole or not plain or not isinstance(words, str) or not words.strip() or len(words) > _LONGEST_WORDS:
        return None
    return ToldField(str(value).strip()[:300], int(str(block)), words)
