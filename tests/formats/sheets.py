"""Filled-in sheet templates for tests, as a person fills them in: the empty workbook with cells put into it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from sild.formats.template import TEMPLATE, write_template

BOOK = "0123456789abcdef" * 2
Row = Mapping[str, str]
LAPTOPS: Row = {
    "item": "Laptops for the front desks", "category": "End-user devices", "quantity": "40", "unit": "laptop",
    "beneficiary": "Lviv City Council", "needed_by": "1.4.2026", "urgency": "висока",
}  # fmt: skip
SERVERS: Row = {"item": "Rack servers", "category": "server-hardware", "quantity": "4", "beneficiary": "Lviv City Council"}
WRONG: Row = {"item": "Switches with 48 ports", "category": "Network equipmnt", "quantity": "about 12"}
OFFER: Row = {"item": "Rack servers, two years old", "quantity": "8", "provider": "Estonia", "available_until": "2026-12-31"}


def filled(language: str, *, request: Sequence[Row] = (), offer: Sequence[Row] = (), book: str = BOOK) -> bytes:
    """The template with rows typed into its sheets; every cell a text, as a person types it."""
    data = write_template(language, book=book)
    for number, (sheet, rows) in enumerate(zip(TEMPLATE.sheets, (request, offer), strict=True), 1):
        names = [column.name for column in sheet.columns]
        cells = {(place, names.index(name)): text for place, row in enumerate(rows, 3) for name, text in row.items()}
        data = with_cells(data, number, cells)
    return data


def mended(data: bytes, changes: Mapping[int, Row]) -> bytes:
    """A file that was given back, with cells of its rows of requests (from 1) written anew."""
    names = ["answer", *(column.name for column in TEMPLATE.sheets[0].columns)]
    return with_cells(data, 1, {(row + 2, names.index(name)): text for row, cells in changes.items() for name, text in cells.items()})


def with_cells(data: bytes, sheet: int, cells: Mapping[tuple[int, int], str]) -> bytes:
    """The workbook with texts put into cells, given as (row from 1, column from 0), of its sheet of that number."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = old.read(name).decode("utf-8", "surrogateescape")
            new.writestr(
                name, (_put(member, cells) if name == f"xl/worksheets/sheet{sheet}.xml" else member).encode("utf-8", "surrogateescape")
            )
    return made.getvalue()


def _put(xml: str, cells: Mapping[tuple[int, int], str]) -> str:
    rows: dict[int, dict[int, str]] = {}
    for number, inside in re.findall(r'<row r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', xml, re.DOTALL):
        rows[int(number)] = {
            _column(letters): cell for cell, letters in re.findall(r'(<c r="([A-Z]+)\d+".*?(?:/>(?=<c|$)|</c>))', inside, re.DOTALL)
        }
    for (row, column), text in cells.items():
        there = f'<c r="{_letters(column)}{row}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        rows.setdefault(row, {})[column] = there
    written = "".join(f'<row r="{number}">{"".join(cell for _, cell in sorted(rows[number].items()))}</row>' for number in sorted(rows))
    return re.sub(r"<sheetData>.*</sheetData>|<sheetData/>", lambda _: f"<sheetData>{written}</sheetData>", xml, flags=re.DOTALL)


def _letters(column: int) -> str:
    return ("" if column < 26 else chr(64 + column // 26)) + chr(65 + column % 26)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
