"""Workbooks (xlsx, xls, xlsb, ods) to rows: the cached values as a reader sees them, empty cells left out, rows from 1."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import python_calamine

from sild.formats.csv_rows import row_block
from sild.formats.limits import Account
from sild.formats.place import Place
from sild.formats.unreadable import refusal
from sild.values.document import Block

_CELL = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_PANIC = "pyo3_runtime"
_SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$", re.IGNORECASE)


def read_sheets(data: bytes, name: str, place: Place, account: Account) -> list[Block]:
    """One block a row that holds anything; the first sheet is told by "row N", the others by their name. Hidden sheets are read too."""
    if data.startswith(b"PK"):
        _refuse_sparse(data, name, account)
    blocks: list[Block] = []
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for index, meta in enumerate(workbook.sheets_metadata):
            if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                account.warn(f"{name}: sheet {meta.name} is a chart or a macro sheet and was not read")
                continue
            if meta.visible != python_calamine.SheetVisibleEnum.Visible:
                account.warn(f"{name}: sheet {meta.name} is hidden in the workbook; it was read all the same")
            rows = workbook.get_sheet_by_index(index).to_python(skip_empty_area=False)
            for number, row in enumerate(rows, 1):
                locator = place.row(number, None if index == 0 else meta.name)
                block = row_block([_text(value) for value in row], locator, row=number, table=index + 1)
                if block is not None:
                    blocks.append(block)
    except python_calamine.PasswordError as error:
        raise refusal(name, "it is encrypted with a password", "Ask the sender for a copy without a password") from error
    except (python_calamine.CalamineError, ValueError, OSError, OverflowError, TypeError, MemoryError) as error:
        raise refusal(name, f"it is a damaged workbook ({str(error)[:100]})", "Ask the sender to save and send it again") from error
    except BaseException as error:
        # where the parser's own checks end it, its words come as an exception that is no Exception and that nobody can import
        if type(error).__module__ != _PANIC:
            raise
        raise refusal(name, "it is a damaged workbook", "Ask the sender to save and send it again") from error
    return blocks


def _text(value: Any) -> str:
    """A value as a sheet shows it: 14.0 as 14, a day as 2026-02-15, a truth value as TRUE."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return format(value, ".12g")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    return str(value)


def _refuse_sparse(data: bytes, name: str, account: Account) -> None:
    """The parser lays a sheet out as a full rectangle: two cells in far corners would take all the memory there is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                if _SHEET.match(member) and _area(archive.read(member)) > account.limits.sheet_cells:
                    what = f"a sheet in it spans more than {account.limits.sheet_cells} cells"
                    raise refusal(name, what, "Ask the sender to delete the empty rows and columns and save it again")
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError) as error:
        raise refusal(name, "it is a damaged workbook", "Ask the sender to save and send it again") from error


def _area(xml: bytes) -> int:
    rows: set[int] = set()
    columns: set[bytes] = set()
    for column, row in _CELL.findall(xml):
        rows.add(int(row))
        columns.add(column)
    if not rows:
        return 0
    # from the first row and column on: what lies before the first cell is filled up too
    return max(rows) * max(_column_number(column.decode()) for column in columns)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
