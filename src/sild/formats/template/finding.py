"""Finding the template in a file: by its hidden mark in a workbook, by a whole row of its headings in any table (a CSV, a pasted sheet)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sild.formats.template.definition import Sheet, Template, plain
from sild.values.document import Block, Part

MARK = "sild-sheet"
"""The first cell of the hidden sheet; behind it version, language, and what tells this book from others."""
BOOK = re.compile(r"[0-9a-f]{32}")
_HEAD_ROWS = 30
_LONGEST_HEADING = 200
_LONGEST_SHOWN = 60
# a sheet of a marked book is of the template where this much of its headings is there; without the mark all must be
_ENOUGH = 0.5


class UnknownVersion(Exception):
    """The file is of a version of the template that is not known: its number as it stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSheet:
    """A table with the template's headings: where each column stands, its rows as (index of the block in its part, block).

    `missing` are columns that must be filled and are not there, `foreign` the columns that are not the template's with their headings,
    `twice` headings that stand there more than once; `language` is that of the headings.
    """

    side: str
    language: str
    columns: dict[str, int]
    rows: tuple[tuple[int, Block], ...]
    missing: tuple[str, ...] = ()
    foreign: tuple[tuple[int, str], ...] = ()
    twice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTemplate:
    """The template in one part of a document. `version` and `book` are 0 and "" where no hidden mark says them.

    `own` are the blocks that are the template's: its sheets, its explanations, its lists. `stray` counts the rows of all other sheets:
    they are somebody's own, and read as such.
    """

    part: str
    version: int
    language: str
    book: str
    sheets: tuple[FoundSheet, ...]
    own: frozenset[int]
    stray: int = 0


def find_template(template: Template, part: Part) -> FoundTemplate | None:
    """The template in a part; None where it is none: then it is somebody's own sheet. Raises UnknownVersion."""
    tables = list(_tables(part))
    mark = next((found for rows in tables if (found := _mark(rows)) is not None), None)
    if mark is not None and mark[0] not in template.known:
        raise UnknownVersion(str(mark[0]))
    sheets: list[FoundSheet] = []
    own: set[int] = set()
    stray = 0
    for rows in tables:
        sheet = _sheet(template, rows, marked=mark is not None) if _mark(rows) is None else None
        if sheet is not None:
            sheets.append(sheet)
        if sheet is not None or _mark(rows) is not None or (mark is not None and _is_guide(template, rows)):
            own.update(index for index, _ in rows)
        else:
            stray += len(rows)
    if mark is None and not sheets:
        return None
    version, language, book = mark or (0, sheets[0].language, "")
    told = template.language(language)
    return FoundTemplate(part=part.name, version=version, language=told, book=book, sheets=tuple(sheets), own=frozenset(own), stray=stray)


def _tables(part: Part) -> Iterator[list[tuple[int, Block]]]:
    rows = [(index, block) for index, block in enumerate(part.blocks) if block.kind == "row" and block.cells]
    for _table, found in groupby(rows, key=lambda row: row[1].table or 1):
        yield list(found)


def _mark(rows: Sequence[tuple[int, Block]]) -> tuple[int, str, str] | None:
    """Version, language and book that the hidden sheet says."""
    cells = {cell.column: cell.text for cell in rows[0][1].cells}
    if cells.get(0) != MARK:
        return None
    version, book = cells.get(1, ""), cells.get(3, "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 6 else 0
    return number, cells.get(2, "en")[:8], book if BOOK.fullmatch(book) else ""


def _sheet(template: Template, rows: list[tuple[int, Block]], *, marked: bool) -> FoundSheet | None:
    for place, (_, block) in enumerate(rows[:_HEAD_ROWS]):
        heads = [(cell.column, plain(cell.text[:_LONGEST_HEADING]), cell.text) for cell in block.cells]
        for sheet in _likeliest(template, [told for _, told, _ in heads]):
            found = _columns(template, sheet, heads)
            share = sum(column.name in found for column in sheet.columns) / len(sheet.columns)
            if share == 1 or (marked and share >= _ENOUGH):
                return _found(template, sheet, found, heads, rows[place + 1 :])
    return None


def _likeliest(template: Template, told: Sequence[str]) -> list[Sheet]:
    """The side with most of its own headings first."""

    def own(sheet: Sheet) -> int:
        return sum(any(head in template.headings[column.name] for head in told) for column in sheet.columns)

    return sorted(template.sheets, key=lambda sheet: -own(sheet) / len(sheet.columns))


def _columns(template: Template, sheet: Sheet, heads: Sequence[tuple[int, str, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in (*sheet.columns, template.answer, template.key):
        places = [at for at, told, _ in heads if told in template.headings[column.name]]
        if places:
            found[column.name] = places[0]
    return found


def _found(
    template: Template, sheet: Sheet, columns: dict[str, int], heads: Sequence[tuple[int, str, str]], rows: Sequence[tuple[int, Block]]
) -> FoundSheet:
    known = {told for column in (*sheet.columns, template.answer, template.key) for told in template.headings[column.name]}
    counted = Counter(told for _, told, _ in heads if told in known)
    first = {told: text for _, told, text in reversed(heads)}
    return FoundSheet(
        side=sheet.side,
        language=_language_of(template, sheet.side, [told for _, told, _ in heads]),
        columns=columns,
        rows=tuple(row for row in rows if not _explains(template, row[1])),
        missing=tuple(column.name for column in sheet.columns if sheet.side in column.must and column.name not in columns),
        foreign=tuple((at, text[:_LONGEST_SHOWN]) for at, told, text in heads if told not in known),
        twice=tuple(first[told][:_LONGEST_SHOWN] for told, count in counted.items() if count > 1),
    )


def _explains(template: Template, block: Block) -> bool:
    """Whether the row is the one of explanations under the headings."""
    return all(plain(cell.text[:_LONGEST_HEADING]) in template.explanations for cell in block.cells)


def _is_guide(template: Template, rows: Sequence[tuple[int, Block]]) -> bool:
    """Whether the rows are those of the sheet that explains."""
    first = rows[0][1].cells[0].text
    return first in template.words["guide"]["name"].values()


def _language_of(template: Template, side: str, told: Sequence[str]) -> str:
    """The language of most of the headings."""
    columns = template.sheet(side).columns
    return max(template.languages, key=lambda language: sum(plain(column.heading[language]) in told for column in columns))
