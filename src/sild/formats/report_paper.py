"""A report as plain data: what its Word document, its PDF and its workbook are made of, with nothing to look up and nothing to decide.

Kept as JSON it gives the same papers for ever. Cells are texts, whole numbers, exact numbers, days, or None: what nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

Cell = str | int | Decimal | date | None
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
"""Signs that no XML holds, and those that turn the direction of what follows them: a name must not turn a page around."""

MOST_PRINTED = 400
"""Rows of a table on paper: nobody reads more of them there, and a Word document of thousands opens slowly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table: its heads, its rows with a cell for each head, and in one sentence what it shows (`caption`)."""

    name: str
    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPicture:
    """A picture as SVG with what it shows in words, for whoever does not see it."""

    svg: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPart:
    """A part under a heading: sentences, what is listed, tables, pictures. `sheet_only`: its tables stand in the workbook alone."""

    heading: str
    sentences: Sequence[str] = ()
    listed: Sequence[str] = ()
    tables: Sequence[ReportTable] = ()
    pictures: Sequence[ReportPicture] = ()
    sheet_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaper:
    """A report: `marking` stands at the head and the foot of every page, `foot` beside it, `page` says "Page {page} of {pages}".

    `lead` are pairs of a word and what it is (period, for whom, by whom). `unknown` is the word for a cell of which nobody knows,
    `more` says that {count} rows stand in the workbook alone.
    """

    language: str
    title: str
    marking: str
    foot: str
    page: str
    day: date
    lead: Sequence[tuple[str, str]]
    summary_heading: str
    summary: str
    unknown: str
    more: str
    parts: Sequence[ReportPart]


def shown(cell: Cell, paper: ReportPaper) -> str:
    """A cell as people read it in the paper's language."""
    if cell is None:
        return paper.unknown
    if isinstance(cell, date):
        return str(format_date(cell, "d MMM y", locale=paper.language))
    if isinstance(cell, int | Decimal):
        return str(format_decimal(cell, locale=paper.language, decimal_quantization=False))
    return clean(cell)


def clean(text: str) -> str:
    """The text without signs that no file holds, or that would turn the page around: what somebody sent may hold any."""
    return _UNWRITABLE.sub("\ufffd", text)


def printed(table: ReportTable) -> Sequence[Sequence[Cell]]:
    """The rows that stand on paper: of a very long table the first ones; the workbook holds them all."""
    return table.rows[:MOST_PRINTED]


def left_out(table: ReportTable, paper: ReportPaper) -> str:
    """How many rows do not stand on paper, in words; "" where all do."""
    count = len(table.rows) - len(printed(table))
    return paper.more.replace("{count}", str(count)) if count else ""


def is_number(cell: Cell) -> bool:
    """Whether a cell is set to the right."""
    return isinstance(cell, int | Decimal)


def paper_as_data(paper: ReportPaper) -> dict[str, Any]:
    """The paper as JSON can keep it."""
    plain = {name: getattr(paper, name) for name in _WORDS}
    return {
        **plain,
        "day": paper.day.isoformat(),
        "lead": [list(pair) for pair in paper.lead],
        "parts": [_part_as_data(part) for part in paper.parts],
    }


def paper_of_data(told: Mapping[str, Any]) -> ReportPaper:
    """The paper again. Raises KeyError or ValueError for what is none."""
    return ReportPaper(
        **{name: told[name] for name in _WORDS},
        day=date.fromisoformat(told["day"]),
        lead=[(name, text) for name, text in told["lead"]],
        parts=[_part_of_data(part) for part in told["parts"]],
    )


_WORDS = ("language", "title", "marking", "foot", "page", "summary_heading", "summary", "unknown", "more")


def _part_as_data(part: ReportPart) -> dict[str, Any]:
    tables = [
        {"name": one.name, "caption": one.caption, "heads": list(one.heads), "rows": [[_as_data(cell) for cell in row] for row in one.rows]}
        for one in part.tables
    ]
    pictures = [{"svg": one.svg, "told": one.told} for one in part.pictures]
    told = {"heading": part.heading, "sentences": list(part.sentences), "listed": list(part.listed)}
    return {**told, "tables": tables, "pictures": pictures, "sheet_only": part.sheet_only}


def _part_of_data(told: Mapping[str, Any]) -> ReportPart:
    tables = [
        ReportTable(
            name=one["name"],
            caption=one["caption"],
            heads=one["heads"],
            rows=[[_of_data(cell) for cell in row] for row in one["rows"]],
        )
        for one in told["tables"]
    ]
    return ReportPart(
        heading=told["heading"],
        sentences=told["sentences"],
        listed=told["listed"],
        tables=tables,
        pictures=[ReportPicture(svg=one["svg"], told=one["told"]) for one in told["pictures"]],
        sheet_only=told["sheet_only"],
    )


def _as_data(cell: Cell) -> Any:
    if isinstance(cell, Decimal):
        return {"number": f"{cell.normalize():f}"}
    return {"day": cell.isoformat()} if isinstance(cell, date) else cell


def _of_data(told: Any) -> Cell:
    if not isinstance(told, dict):
        if told is None or isinstance(told, str | int):
            return told
        raise ValueError(f"a report has no cell such as {told!r}")
    return Decimal(told["number"]) if "number" in told else date.fromisoformat(told["day"])
