"""Statements and incidents from CSV, and an answer as JSON. A fault names the line of the file and says what to do.

Columns that are not named here are not looked at; `day` may be headed `date`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from sild.cores.influence.answer import Influence
from sild.cores.influence.problem import BadProblem, Incident, InfluenceProblem, Statement

LONGEST = 20_000_000  # characters of a file: half a million rows


class ShapeRefused(ValueError):
    """The text is not such a file; the message names its line and what to do."""


def statements_from_csv(text: str) -> list[Statement]:
    """Columns `day`, `who`, and where known `id`, `kind`, `topic`. Without `id` a statement is named by its day, speaker and line."""
    found: dict[str, Statement] = {}
    for number, row in _rows(text, ("day", "who")):
        day = _day(row["day"], number)
        name = row.get("id") or f"{day} {row['who']} (line {number})"
        if name in found:
            raise ShapeRefused(f"line {number}: the id {name!r} stands already above; give every statement its own")
        found[name] = Statement(id=name, day=day, who=row["who"], kind=row.get("kind") or "statement", topic=row.get("topic") or None)
    if not found:
        raise ShapeRefused("the file holds no statements: write one a line, with at least day and who")
    return list(found.values())


def incidents_from_csv(text: str) -> list[Incident]:
    """Columns `day`, and where known `count` (else 1), `country`, `sector`, `source`."""
    found = []
    for number, row in _rows(text, ("day",)):
        written = row.get("count") or "1"
        if not written.isascii() or not written.isdigit() or len(written) > 9:
            raise ShapeRefused(f"line {number}: the count {written!r} is no whole number of 0 or more. Mend it, or leave it out for 1")
        try:
            found.append(
                Incident(
                    day=_day(row["day"], number),
                    count=int(written),
                    country=row.get("country") or None,
                    sector=row.get("sector") or None,
                    source=row.get("source") or None,
                )
            )
        except BadProblem as fault:
            raise ShapeRefused(f"line {number}: {fault}") from fault
    if not found:
        raise ShapeRefused("the file holds no incidents: write one a line, with at least its day")
    return found


def _rows(text: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    if len(text) > LONGEST:
        raise ShapeRefused(f"the file is longer than {LONGEST:,} characters: count incidents by day and country first")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        heads = ["day" if name.strip().lower() == "date" else name.strip().lower() for name in next(reader, [])]
        for name in needed:
            if name not in heads:
                raise ShapeRefused(f"line 1: there is no column {name}. The first line names the columns, separated by commas")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            row = {head: cell.strip() for head, cell in zip(heads, cells, strict=False)}
            for name in needed:
                if not row.get(name):
                    raise ShapeRefused(f"line {reader.line_num}: {name} is missing or empty")
            yield reader.line_num, row
    except csv.Error as fault:
        raise ShapeRefused(f"line {reader.line_num} is not CSV: {fault}") from fault


def _day(written: str, number: int) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as fault:
        raise ShapeRefused(f"line {number}: {written!r} is not a day: write it as 2026-02-10") from fault


def answer_to_json(problem: InfluenceProblem, answer: Influence) -> dict[str, Any]:
    """The answer, with the calendar and the design that it rests on; days as 2026-02-10."""
    told = {
        "calendar": {
            "first": problem.calendar.first,
            "last": problem.calendar.last,
            "gaps": [[gap.first, gap.last] for gap in problem.calendar.gaps],
            "holidays": sorted(problem.calendar.holidays),
        },
        "design": asdict(problem.design),
        "questions": [asdict(one) for one in problem.questions],
        **asdict(answer),
    }
    plain: dict[str, Any] = _plain(told)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return round(value, 6) if isinstance(value, float) else value
