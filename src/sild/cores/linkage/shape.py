"""Extracted lines as text and back: one JSON object a line in, one object a line out. A fault names its line and says what to do.

Only the fields of `FIELDS` are read; what else an object holds (a truth to score against, somebody's notes) is never looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sild.cores.linkage.answer import Linkage
from sild.cores.linkage.problem import KINDS, BadProblem, Line

TEXTS = (
    "category",
    "unit",
    "beneficiary",
    "provider",
    "sent_by",
    "relayed_by",
    "place",
    "reference",
    "thread",
    "subject",
    "language",
    "channel",
    "message",
)
FIELDS = ("id", "kind", "text", "quantity", "sent_at", "needed_by", *TEXTS)
LONGEST = 1_000_000  # characters of one line of the file: a message has a few thousand


class ShapeRefused(ValueError):
    """The text is not a file of lines; the message names the line of the file and what to do."""


def lines_from_jsonl(text: str) -> list[Line]:
    """The lines of a file of JSON objects, empty lines of the file left out.

    `id`, `kind` and `text` must stand in each; the fields of `FIELDS` that are missing or null are unknown. Where `message` is missing,
    lines of one sender, day, and thread or letter number stand in one message, and any other line in one of its own. Raises ShapeRefused.
    """
    found: list[Line] = []
    seen: dict[str, int] = {}
    for number, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        if len(written) > LONGEST:
            raise ShapeRefused(f"line {number} is longer than {LONGEST} characters: split it into the lines of its message")
        line = _line(written, number)
        if line.id in seen:
            raise ShapeRefused(f"line {number}: the id {line.id!r} stands already in line {seen[line.id]}; give every line its own")
        seen[line.id] = number
        found.append(line)
    if not found:
        raise ShapeRefused("the file holds no lines: write one JSON object a line, with at least id, kind and text")
    return found


def links_to_jsonl(lines: Iterable[Line], answer: Linkage) -> str:
    """Each line's id, need (the id of its cluster; null for a question) and relation to the first line of it (null for that one)."""
    cluster = answer.cluster_of()
    told = [
        {"id": line.id, "need": cluster.get(line.id), "relation": str(said) if (said := answer.relation_to_first.get(line.id)) else None}
        for line in lines
    ]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told)


def _line(written: str, number: int) -> Line:
    try:
        row = json.loads(written, parse_float=Decimal)
    except (ValueError, RecursionError) as fault:
        raise ShapeRefused(f"line {number} is not JSON: {fault}. Write one object a line and mend this one") from fault
    if not isinstance(row, dict):
        raise ShapeRefused(f"line {number} is no JSON object. Write one object a line, such as {{'id': ..., 'kind': ..., 'text': ...}}")
    texts = {name: _text(row, name, number) for name in ("id", "kind", "text", *TEXTS)}
    for name in ("id", "kind", "text"):
        if texts[name] is None:
            raise ShapeRefused(f"line {number}: {name} is missing or empty. Every line needs id, kind and text")
    if texts["kind"] not in KINDS:
        raise ShapeRefused(f"line {number}: kind {texts['kind']!r} is none of {', '.join(KINDS)}. Say which of them it is")
    if texts["channel"] not in (None, "civil", "military"):
        raise ShapeRefused(f"line {number}: channel {texts['channel']!r} is neither civil nor military. Mend it, or leave it out")
    sent = _moment(row, "sent_at", number)
    try:
        return Line(
            id=texts["id"] or "",
            kind=texts["kind"],
            message=texts["message"] or _message(texts, sent),
            sent_at=sent,
            category=texts["category"],
            evidence=texts["text"] or "",
            quantity=_amount(row, number),
            unit=texts["unit"],
            beneficiary=texts["beneficiary"],
            provider=texts["provider"],
            sent_by=texts["sent_by"],
            relayed_by=texts["relayed_by"],
            needed_by=_day(row, number),
            reference=texts["reference"],
            threads=(texts["thread"],) if texts["thread"] else (),
            subject=texts["subject"] or "",
            language=texts["language"],
            channel=texts["channel"],
            place=texts["place"],
        )
    except BadProblem as fault:
        raise ShapeRefused(f"line {number}: {fault}") from fault


def _message(texts: Mapping[str, str | None], sent: datetime | None) -> str:
    same = texts["thread"] or texts["reference"]
    if not same or sent is None:
        return texts["id"] or ""
    return f"{texts['sent_by']} {sent.date().isoformat()} {same}"


def _text(row: Mapping[str, Any], name: str, number: int) -> str | None:
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ShapeRefused(f"line {number}: {name} is {json.dumps(value, default=str)[:60]}, which is no text. Put it in quotes, or null")
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ShapeRefused(f"line {number}: {name} holds half a sign (a lone surrogate). Write the file anew as UTF-8")
    return value.strip() or None


def _amount(row: Mapping[str, Any], number: int) -> Decimal | None:
    value = row.get("quantity")
    if value is None:
        return None
    try:
        amount = Decimal(str(value)) if isinstance(value, (int, Decimal, str)) and not isinstance(value, bool) else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or amount < 0 or amount.adjusted() > 15:
        raise ShapeRefused(f"line {number}: quantity {str(value)[:60]!r} is no number from 0 on. Mend it, or write null")
    return amount


def _moment(row: Mapping[str, Any], name: str, number: int) -> datetime | None:
    value = _text(row, name, number)
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError as fault:
        raise ShapeRefused(
            f"line {number}: {name} {value[:60]!r} is no date: write it as 2026-02-10 or 2026-02-10T09:30:00+02:00"
        ) from fault
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _day(row: Mapping[str, Any], number: int) -> date | None:
    found = _moment(row, "needed_by", number)
    return found.date() if found else None
