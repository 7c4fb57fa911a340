"""The workbook of a report: what it says on its first sheet, each table on a sheet of its own; numbers are numbers, days are days.

The same report gives the same bytes. No cell is taken for a formula or a link, whatever somebody wrote.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from sild.formats.report_paper import Cell, ReportPaper, ReportTable, clean, shown
from sild.formats.table_sheet import LONGEST_CELL

EXACT_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; a longer one is given as text, so that none is lost."""
LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")


def write_workbook(paper: ReportPaper) -> bytes:
    """The report as an xlsx file. Raises ValueError where a row of a table has not one cell for each of its heads."""
    stream = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, settings) as book:
        # left to itself the library writes the moment of its own clock
        book.set_properties({"created": datetime.combine(paper.day, time()), "title": clean(paper.title)[:250]})
        looks = {
            "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "number": book.add_format({"num_format": "#,##0.###", "valign": "top"}),
            "whole": book.add_format({"num_format": "#,##0", "valign": "top"}),
            "day": book.add_format({"num_format": "d mmm yyyy", "valign": "top"}),
        }
        taken: set[str] = set()
        _first_sheet(book.add_worksheet(_name(paper.summary_heading, taken)), paper, looks)
        for table in (table for part in paper.parts for table in part.tables):
            _table_sheet(book.add_worksheet(_name(table.name, taken)), paper, table, looks)
    return stream.getvalue()


def _first_sheet(sheet: Any, paper: ReportPaper, looks: dict[str, Any]) -> None:
    """Everything that the report says in words, in the order of the paper."""
    _marked(sheet, paper)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 110)
    rows: list[tuple[str, str]] = [(paper.title, ""), (paper.marking, ""), *paper.lead, (paper.summary_heading, paper.summary)]
    for part in paper.parts:
        said = [*part.sentences, *part.listed]
        rows += [(part.heading if number == 0 else "", text) for number, text in enumerate(said)]
    for place, (head, text) in enumerate(rows):
        sheet.write_string(place, 0, clean(head)[:LONGEST_CELL], looks["bold"])
        sheet.write_string(place, 1, clean(text)[:LONGEST_CELL], looks["text"])


def _table_sheet(sheet: Any, paper: ReportPaper, table: ReportTable, looks: dict[str, Any]) -> None:
    _marked(sheet, paper)
    for place, head in enumerate(table.heads):
        sheet.write_string(0, place, clean(head), looks["bold"])
    for line, row in enumerate(table.rows, 1):
        for place, (_head, cell) in enumerate(zip(table.heads, row, strict=True)):
            _write(sheet, (line, place), cell, paper, looks)
    for place, head in enumerate(table.heads):
        sheet.set_column(place, place, _width([head, *(shown(row[place], paper) for row in table.rows)]))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), max(len(table.heads) - 1, 0))


def _marked(sheet: Any, paper: ReportPaper) -> None:
    """The marking at the head and the foot of what is printed; `&` begins a command there."""
    marking, foot = paper.marking.replace("&", "&&"), clean(paper.foot).replace("&", "&&")
    sheet.set_header(f"&C{marking}")
    sheet.set_footer(f"&L{foot[:120]}&C{marking}&R&P / &N")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write(sheet: Any, place: tuple[int, int], cell: Cell, paper: ReportPaper, looks: dict[str, Any]) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(*place, datetime.combine(cell, time()), looks["day"])
    elif isinstance(cell, int) and len(str(abs(cell))) <= EXACT_DIGITS:
        sheet.write_number(*place, cell, looks["whole"])
    elif isinstance(cell, Decimal) and len(cell.normalize().as_tuple().digits) <= EXACT_DIGITS:
        sheet.write_number(*place, float(cell), looks["number" if cell % 1 else "whole"])
    else:
        text = str(cell) if isinstance(cell, int | Decimal) else shown(cell, paper)
        sheet.write_string(*place, text[:LONGEST_CELL], looks["text"])


def _width(texts: Iterable[str]) -> int:
    return min(max((len(text) for text in texts), default=8) + 2, 48)


def _name(wanted: str, taken: set[str]) -> str:
    """A name that no other sheet of the book has."""
    name = _NOT_IN_A_NAME.sub(" ", clean(wanted)).strip()[:LONGEST_NAME] or "-"
    number = 2
    while name.casefold() in taken:
        name = f"{name[: LONGEST_NAME - 3]} {number}"
        number += 1
    taken.add(name.casefold())
    return name
