"""Lists of public statements as CSV: the columns that the desk itself writes, in any order, each row as text with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sild.formats.csv_rows import read_csv
from sild.formats.place import Place
from sild.formats.unreadable import Unreadable

MOST_BYTES = 4 * 1024 * 1024
MOST_ROWS = 5_000
WANTED = ("day", "title", "who")
KNOWN = (*WANTED, "precision", "kind", "office", "country", "countries", "actor", "summary", "languages", "source", "source_on", "address")
PASSED_OVER = ("id", "withdrawn", "marking")
"""Columns of the desk's own file that are not read: a new row has its own."""


class NotStatements(ValueError):
    """The file is no list that is read; the text says what to do."""


@dataclass(frozen=True, slots=True)
class StatementTextRow:
    """A row as it stands in the file: its number, counted from 1 with the headings, and its cells by column."""

    place: int
    cells: Mapping[str, str]


def read_statement_rows(data: bytes, name: str) -> list[StatementTextRow]:
    """The rows of a list. Raises NotStatements where the headings are not those that are read, and for a file that is too long."""
    if len(data) > MOST_BYTES:
        raise NotStatements(f"{name} has more than {MOST_BYTES // 1024 // 1024} MiB. Take it in in parts.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotStatements(f"{name} is no UTF-8 text. Save it as “CSV UTF-8” and try again.") from fault
    try:
        blocks = read_csv(text, name, Place())
    except Unreadable as fault:
        raise NotStatements(str(fault)) from fault
    if not blocks:
        raise NotStatements(f"{name} is empty. Its first row names the columns: {', '.join(KNOWN)}.")
    headings = {cell.column: cell.text.strip().casefold() for cell in blocks[0].cells}
    if missing := [one for one in WANTED if one not in headings.values()]:
        raise NotStatements(f"{name} has no column {missing[0]!r}. Its first row names the columns: {', '.join(KNOWN)}.")
    if strange := [one for one in headings.values() if one not in (*KNOWN, *PASSED_OVER)]:
        raise NotStatements(f"{name} has a column {strange[0][:40]!r} that is not known. Those that are: {', '.join(KNOWN)}.")
    if len(blocks) - 1 > MOST_ROWS:
        raise NotStatements(f"{name} has more than {MOST_ROWS} rows. Take it in in parts.")
    return [
        StatementTextRow(block.row or 0, {headings[cell.column]: cell.text for cell in block.cells if cell.column in headings})
        for block in blocks[1:]
    ]
