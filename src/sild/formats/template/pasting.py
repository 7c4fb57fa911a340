"""Cells pasted from a sheet to a table of their own: rows of the template, with its headings where they were not pasted along."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from sild.formats.template.definition import Template, plain

MOST_SIGNS = 2_000_000


@dataclass(frozen=True, slots=True)
class PastedRows:
    """The table as CSV bytes (UTF-8, tabs), and how many rows of cells were pasted, without the headings."""

    data: bytes
    rows: int


def pasted_sheet(template: Template, text: str, side: str, language: str) -> PastedRows:
    """What a person pasted, as a table that `find_template` finds. Raises ValueError where it cannot be taken apart."""
    columns = template.sheet(side).columns
    try:
        rows = [
            row
            for row in csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline=""), delimiter="\t")
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as fault:
        raise ValueError(str(fault)) from fault
    width = max([len(columns), *(len(row) for row in rows)])
    if not rows or not _is_heading(template, side, rows[0]):
        rows.insert(0, [column.heading[template.language(language)] for column in columns])
    elif any(plain(cell) in template.headings[column.name] for column in columns for cell in rows[0]):
        _complete(template, side, language, rows)
        width = max(len(row) for row in rows)
    made = io.StringIO(newline="")
    csv.writer(made, delimiter="\t", lineterminator="\n").writerows([*row, *[""] * (width - len(row))] for row in rows)
    return PastedRows(made.getvalue().encode(), len(rows) - 1)


def _is_heading(template: Template, side: str, row: list[str]) -> bool:
    """Whether at least two cells of the row, and half of those that say something, are headings of the side."""
    known = {
        heading for column in (*template.sheet(side).columns, template.answer, template.key) for heading in template.headings[column.name]
    }
    said = [plain(cell) for cell in row if cell.strip()]
    found = sum(cell in known for cell in said)
    return found >= 2 and found * 2 >= len(said)


def _complete(template: Template, side: str, language: str, rows: list[list[str]]) -> None:
    """Add the headings that were not pasted along, with nothing under them."""
    there = {plain(cell) for cell in rows[0]}
    width = max(len(row) for row in rows)
    rows[0] += [""] * (width - len(rows[0]))
    for column in template.sheet(side).columns:
        if not there & template.headings[column.name]:
            rows[0].append(column.heading[template.language(language)])
