"""A workbook of several sheets of records: written empty with drop-downs and explanations, read back, given back with what is to be mended.

What the sheets and columns are is told by whoever asks; this knows how they are laid out. Nothing is guessed: a cell that can be read
two ways is a fault, and a row with a fault stops none of the others from being read.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from sild.values.document import Block, Document

LISTS = "lists"
MOST_ROWS = 20_000
LAST_ROW, LONGEST_CELL = 2_000, 32_000
MOST_DIGITS, MOST_PLACES = 15, 3
# the same template has the same bytes: its date is not when somebody fetched it
_MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_AMOUNT = re.compile(r"(?P<whole>\d{1,40})(?:[.,](?P<part>\d{1,40}))?", re.ASCII)
_TWO_WAYS = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)
_SIGNS = re.compile(r"[^\w]+")

Kind = Literal["line", "words", "amount", "day", "choice", "reference"]
Value = str | Decimal | dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class BookColumn:
    """A column: its heading and explanation by language, the first written; choices as (code, words by language); `refers`: a sheet
    whose first column its cells name; `must`: it is not left empty."""

    key: str
    headings: tuple[str, ...]
    help: str = ""
    kind: Kind = "line"
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    refers: str = ""
    must: bool = False
    most: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSheet:
    """A sheet: what it is called by language, the first written, and its columns."""

    key: str
    names: tuple[str, ...]
    columns: tuple[BookColumn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRow:
    """A row: the texts of its cells as they stand and what was read of them, by column; what could not be read is a code in `faults`.

    Codes: missing, long, amount, two-numbers, day, choice.
    """

    sheet: str
    number: int
    cells: Mapping[str, str]
    values: Mapping[str, Value]
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBook:
    """The rows of a file in its order; `unread` counts rows under no heading that is known, `strange` are columns that are none of ours."""

    rows: tuple[BookRow, ...]
    unread: int
    strange: tuple[str, ...]


class NotABook(ValueError):
    """The file holds none of the sheets that were asked for, or more rows than are read of one; says which: none, many."""


def write_book(
    sheets: Sequence[BookSheet],
    *,
    rows: Sequence[BookRow] = (),
    told: Mapping[tuple[str, int], Mapping[str, str]] | None = None,
    mend: str = "",
    lines: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """The workbook. `rows` fill it; `told` are sentences by (sheet, number) and column, under a first column called `mend`.

    `lines` are the drop-downs of what columns refer to, by sheet, beside what is written into the sheet itself.
    """
    return _Writing(sheets, mend if told is not None else "", lines or {}).written(rows, told or {})


class _Writing:
    """One workbook in the making."""

    def __init__(self, sheets: Sequence[BookSheet], mend: str, lines: Mapping[str, Sequence[str]]) -> None:
        self.sheets, self.mend, self.lines = sheets, mend, lines
        self.stream = io.BytesIO()
        settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(self.stream, settings)
        self.book.set_properties({"created": _MADE})
        base = {"valign": "top", "text_wrap": True}
        self.text: Format = self.book.add_format({**base, "num_format": "@"})
        self.number: Format = self.book.add_format({**base, "num_format": "#,##0.###"})
        self.day: Format = self.book.add_format({**base, "num_format": "yyyy-mm-dd"})
        self.heading: Format = self.book.add_format({"bold": True, **base, "bottom": 2, "bg_color": "#DCE6F1"})
        self.fault: Format = self.book.add_format(
            {**base, "num_format": "@", "bg_color": "#FBE3DF", "border": 1, "border_color": "#A4281A"}
        )
        self.choices: list[list[str]] = []

    def written(self, rows: Sequence[BookRow], told: Mapping[tuple[str, int], Mapping[str, str]]) -> bytes:
        """The bytes of the workbook."""
        for sheet in self.sheets:
            paper = self.book.add_worksheet(sheet.names[0])
            self._head(paper, sheet)
            for number, row in enumerate((row for row in rows if row.sheet == sheet.key), 1):
                self._row(paper, number, sheet, row, told.get((row.sheet, row.number), {}))
        paper = self.book.add_worksheet(LISTS)
        for at, choices in enumerate(self.choices):
            for number, words in enumerate(choices):
                paper.write_string(number, at, words)
        paper.hide()
        self.book.close()
        return self.stream.getvalue()

    def _head(self, paper: Worksheet, sheet: BookSheet) -> None:
        if self.mend:
            paper.set_column(0, 0, 44, self.text)
            paper.write_string(0, 0, self.mend, self.heading)
        for at, column in enumerate(sheet.columns, bool(self.mend)):
            look = {"amount": self.number, "day": self.day}.get(column.kind, self.text)
            paper.set_column(at, at, 36 if column.kind in ("words", "choice") else 20, look)
            paper.write_string(0, at, column.headings[0] + " *" * column.must, self.heading)
            rule = self._rule(column)
            if column.help:
                rule |= {"input_title": column.headings[0][:32], "input_message": column.help[:255]}
            paper.data_validation(1, at, LAST_ROW, at, rule)
        paper.freeze_panes(1, 1 + bool(self.mend))

    def _rule(self, column: BookColumn) -> dict[str, object]:
        """The drop-down or the limits of a column."""
        if column.kind == "choice":
            return {"validate": "list", "source": self._listed([words[0] for _code, words in column.choices])}
        if column.kind == "reference":
            named = self.lines.get(column.refers, ())
            sheet = next(one for one in self.sheets if one.key == column.refers)
            letter = xl_col_to_name(bool(self.mend))
            own = f"='{sheet.names[0]}'!${letter}$2:${letter}${LAST_ROW + 1}"
            # what is not in the list may be a row that is still to be written
            return {"validate": "list", "source": self._listed(named) if named else own, "show_error": False}
        if column.kind == "amount":
            return {"validate": "decimal", "criteria": ">=", "value": 0}
        return {"validate": "any"}

    def _listed(self, words: Sequence[str]) -> str:
        listed = list(words)
        if listed not in self.choices:
            self.choices.append(listed)
        letter = xl_col_to_name(self.choices.index(listed))
        return f"={LISTS}!${letter}$1:${letter}${max(len(listed), 1)}"

    def _row(self, paper: Worksheet, number: int, sheet: BookSheet, row: BookRow, told: Mapping[str, str]) -> None:
        headings = {column.key: column.headings[0] for column in sheet.columns}
        if self.mend:
            why = "\n".join(f"{headings[key]}: {sentence}" if key in headings else sentence for key, sentence in told.items())
            paper.write_string(number, 0, why[:LONGEST_CELL], self.text)
        for at, column in enumerate(sheet.columns, bool(self.mend)):
            text, value = row.cells.get(column.key, ""), row.values.get(column.key)
            if column.key in told:
                paper.write_string(number, at, text[:LONGEST_CELL], self.fault)
            elif isinstance(value, Decimal):
                paper.write_number(number, at, float(value), self.number)
            elif isinstance(value, dt.date):
                paper.write_datetime(number, at, dt.datetime.combine(value, dt.time()), self.day)
            elif text:
                paper.write_string(number, at, text[:LONGEST_CELL], self.text)


def read_book(sheets: Sequence[BookSheet], document: Document) -> FoundBook:
    """The rows of a file that was read. Raises NotABook."""
    rows: list[BookRow] = []
    unread, known, strange = 0, False, list[str]()
    for blocks in _tables(document):
        found = _headed(sheets, blocks)
        if found is None:
            continue
        sheet, columns, start, others = found
        known = True
        strange += others
        for block in blocks[start:]:
            texts = {cell.column: cell.text for cell in block.cells}
            cells = {column.key: texts[at].strip() for at, column in columns.items() if texts.get(at, "").strip()}
            if cells:
                rows.append(_row(sheet, block.row or 0, cells))
            else:
                unread += any(text.strip() for text in texts.values())
    if not known:
        raise NotABook("none")
    if len(rows) > MOST_ROWS:
        raise NotABook("many")
    return FoundBook(rows=tuple(rows), unread=unread, strange=tuple(dict.fromkeys(strange)))


def _tables(document: Document) -> Iterator[list[Block]]:
    tables: dict[tuple[str, int], list[Block]] = {}
    for part in document.parts:
        for block in part.blocks:
            if block.kind == "row" and block.table is not None:
                tables.setdefault((part.name, block.table), []).append(block)
    yield from tables.values()


def _headed(sheets: Sequence[BookSheet], blocks: Sequence[Block]) -> tuple[BookSheet, dict[int, BookColumn], int, list[str]] | None:
    """The sheet whose headings stand in one of the first rows: its columns by place, where its rows begin, headings that are none of ours.

    Of several sheets, the one with the most headings there; all of those that must be filled have to be among them.
    """
    best: tuple[BookSheet, dict[int, BookColumn], int, list[str]] | None = None
    for start, block in enumerate(blocks[:5], 1):
        words = {cell.column: plain(cell.text) for cell in block.cells if cell.text.strip()}
        for sheet in sheets:
            ours = {plain(heading): column for column in sheet.columns for heading in column.headings}
            columns = {at: ours[word] for at, word in words.items() if word in ours}
            named = {column.key for column in columns.values()}
            if len(named) < len(columns) or not {column.key for column in sheet.columns if column.must} <= named:
                continue
            if named and (best is None or len(named) > len(best[1])):
                others = [cell.text.strip()[:80] for cell in block.cells if cell.text.strip() and cell.column not in columns]
                best = (sheet, columns, start, others)
    return best


def _row(sheet: BookSheet, number: int, cells: Mapping[str, str]) -> BookRow:
    values: dict[str, Value] = {}
    faults: dict[str, str] = {}
    for column in sheet.columns:
        if column.key not in cells:
            if column.must:
                faults[column.key] = "missing"
            continue
        read = _read(column, cells[column.key])
        if isinstance(read, _Misread):
            faults[column.key] = read.code
        else:
            values[column.key] = read
    return BookRow(sheet=sheet.key, number=number, cells=cells, values=values, faults=faults)


@dataclass(frozen=True, slots=True)
class _Misread:
    """Why a cell is no value."""

    code: str


def _read(column: BookColumn, text: str) -> Value | _Misread:
    if len(text) > column.most:
        return _Misread("long")
    if column.kind == "amount":
        return _amount(text)
    if column.kind == "day":
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return _Misread("day")
    if column.kind == "choice":
        told = plain(text)
        for code, words in column.choices:
            if told in {plain(code), *(plain(word) for word in words)}:
                return code
        return _Misread("choice")
    return text if column.kind == "words" else " ".join(text.split())


def _amount(text: str) -> Value | _Misread:
    told = "".join(unicodedata.normalize("NFKC", text).split())
    if _TWO_WAYS.fullmatch(told):
        return _Misread("two-numbers")
    digits = _AMOUNT.fullmatch(told)
    if digits is None or len(digits["whole"].lstrip("0")) > MOST_DIGITS or len((digits["part"] or "").rstrip("0")) > MOST_PLACES:
        return _Misread("amount")
    return Decimal(told.replace(",", "."))


def plain(text: str) -> str:
    """A heading or a choice as it is compared: without signs, case and needless spaces."""
    return _SIGNS.sub(" ", unicodedata.normalize("NFKC", text)).casefold().strip()
