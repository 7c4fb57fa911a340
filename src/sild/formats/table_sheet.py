"""A table as a workbook (xlsx): a head that stays in sight, filters over it, and no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter

SHEET = "rows"
LONGEST_CELL = 32_767
"""Signs in a cell; the limit of the format."""


def table_sheet(heads: Sequence[str], rows: Iterable[Sequence[object]], made: datetime) -> bytes:
    """The workbook, which says that it was `made` then.

    Texts stay texts: a number that must be exact to the last place is given as text, as the house's lists do.
    """
    stream = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, settings) as book:
        # left to itself the library writes the moment of its own clock
        book.set_properties({"created": made})
        sheet = book.add_worksheet(SHEET)
        bold = book.add_format({"bold": True})
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head, bold)
        last = 0
        for last, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if isinstance(value, bool):
                    sheet.write_boolean(last, place, value)
                elif isinstance(value, int):
                    sheet.write_number(last, place, value)
                elif value is not None:
                    sheet.write_string(last, place, str(value)[:LONGEST_CELL])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(last, 1), max(len(heads) - 1, 0))
    return stream.getvalue()
