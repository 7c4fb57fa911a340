"""CSV as Excel and people write it: the delimiter is found by trying, cells may hold line ends, rows count from 1."""

from __future__ import annotations

import csv
import io
from collections import Counter

from sild.formats.place import Place
from sild.formats.unreadable import refusal
from sild.values.document import Block, Cell

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_ROWS = 200
_SAMPLE_CHARACTERS = 100_000
csv.field_size_limit(1_000_000)


def looks_like_csv(text: str) -> bool:
    """Whether nearly all rows have the same number of columns, at least two, under one delimiter."""
    rows = [row for row in _sample(text, _delimiter(text)) if row]
    if len(rows) < 2:
        return False
    widths = Counter(len(row) for row in rows)
    width, count = widths.most_common(1)[0]
    return width >= 2 and count >= 0.9 * len(rows)


def read_csv(text: str, name: str, place: Place) -> list[Block]:
    """One block of kind "row" a record that holds anything; empty records still count. Raises Unreadable on a broken file."""
    offset = 0
    delimiter = _delimiter(text)
    first, _, rest = text.partition("\n")
    if first.strip().strip('"').lower().startswith("sep=") and len(first.strip().strip('"')) == 5:
        # Excel's own hint; Excel does not show it as a row
        delimiter, text = first.strip().strip('"')[4], rest
    blocks = []
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            block = row_block(record, place.row(number), row=number + offset)
            if block is not None:
                blocks.append(block)
    except csv.Error as error:
        raise refusal(name, f"it is not a table that can be read ({error})", "Save it again as CSV or .xlsx") from error
    return blocks


def row_block(texts: list[str], locator: str, row: int, table: int = 1, page: int | None = None) -> Block | None:
    """A row with its non-empty cells, columns from 0; None where nothing stands in it."""
    cells = tuple(Cell(column=column, text=text.strip()) for column, text in enumerate(texts) if text.strip())
    if not cells:
        return None
    joined = " | ".join(cell.text for cell in cells)
    return Block(kind="row", text=joined, locator=locator, cells=cells, table=table, row=row, page=page)


def _delimiter(text: str) -> str:
    """The delimiter under which most rows agree on the largest number of columns."""
    best, best_score = ";", 0.0
    for delimiter in _DELIMITERS:
        rows = [row for row in _sample(text, delimiter) if row]
        widths = Counter(len(row) for row in rows)
        if not widths:
            continue
        width, count = widths.most_common(1)[0]
        score = count / len(rows) * (1.0 - 1.0 / width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _sample(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text[:_SAMPLE_CHARACTERS], newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        pass  # a quote that the cut of the sample left open; the rows read so far are sample enough
    return rows
