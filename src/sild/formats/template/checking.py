"""Checking a filled-in template: every row becomes values with the cells that say them, or faults by cell; nothing stops the other rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sild.formats.template.cells import Misread, Value, read_cell
from sild.formats.template.definition import Template
from sild.formats.template.finding import FoundSheet, FoundTemplate
from sild.formats.template.row_keys import sound_key
from sild.values.document import Block

MOST_ROWS = 2_000
"""Rows of one file. More are refused whole: whoever sends them splits the file, and no row is passed over."""


class TooManyRows(Exception):
    """The file holds more rows than are read of one; the number says how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one cell: its column, the code of the sentence and what stands in it."""

    column: str
    code: str
    told: Mapping[str, str] = field(default_factory=dict)

    def say(self, template: Template, side: str, language: str) -> str:
        """The sentence, without the column's name."""
        told = dict(self.told)
        if "near" in told:
            column = next(column for column in template.sheet(side).columns if column.name == self.column)
            told["near"] = template.label(column.list, told["near"], language)
        return template.say("faults", self.code, language, **told)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRow:
    """A row of a sheet: `block` is its index in the part, `cells` the texts of its columns as they stand, `places` where they stand.

    `values` are those of cells that could be read; a row with `faults` is not taken. `key` is what an earlier answer wrote into it;
    `more` holds the cells of columns that are not the template's, by their heading.
    """

    part: str
    side: str
    locator: str
    row: int
    block: int
    cells: Mapping[str, str]
    places: Mapping[str, int]
    values: Mapping[str, Value]
    faults: tuple[Fault, ...] = ()
    key: str = ""
    more: tuple[tuple[str, str], ...] = ()

    def cell(self, column: str) -> str:
        """The cell of a column as sheets call it (C7); "" where nothing stands in it."""
        if column not in self.places:
            return ""
        letters, left = "", self.places[column] + 1
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{self.row}"

    @property
    def content(self) -> str:
        """A digest of what the row says, so that it is known again."""
        told = [self.side, *sorted((name, _canonical(value)) for name, value in self.values.items())]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSheets:
    """All rows of a file, in its order, and what is told of its sheets as (code, words by name)."""

    found: FoundTemplate
    rows: tuple[CheckedRow, ...]
    notes: tuple[tuple[str, Mapping[str, str]], ...]


def check_sheets(template: Template, found: FoundTemplate) -> CheckedSheets:
    """Check every row of the file. Raises TooManyRows."""
    count = sum(len(sheet.rows) for sheet in found.sheets)
    if count > MOST_ROWS:
        raise TooManyRows(str(count))
    rows = tuple(_row(template, found.part, sheet, index, block) for sheet in found.sheets for index, block in sheet.rows)
    kept = tuple(row for row in rows if row.cells)
    return CheckedSheets(found=found, rows=kept, notes=tuple(_notes(found, len(kept))))


def _notes(found: FoundTemplate, rows: int) -> Iterator[tuple[str, Mapping[str, str]]]:
    for sheet in found.sheets:
        if sheet.missing:
            yield "no-columns", {"side": sheet.side, "columns": ",".join(sheet.missing)}
        if sheet.foreign:
            yield "foreign-columns", {"side": sheet.side, "words": ", ".join(heading for _, heading in sheet.foreign[:20])}
        if sheet.twice:
            yield "twice", {"side": sheet.side, "words": ", ".join(sheet.twice)}
    if found.stray:
        yield "no-headings", {"words": str(found.stray)}
    if not rows:
        yield "no-rows", {}


def say_note(template: Template, code: str, told: Mapping[str, str], language: str) -> str:
    """The sentence of a note."""
    said = dict(told)
    if "side" in said:
        said["sheet"] = template.sheet(said["side"]).name[template.language(language)]
        if "columns" in said:
            headings = {column.name: column.heading for column in template.sheet(said["side"]).columns}
            said["words"] = ", ".join(headings[name][template.language(language)] for name in said["columns"].split(","))
    return template.say("notes", code, language, **said)


def _row(template: Template, part: str, sheet: FoundSheet, index: int, block: Block) -> CheckedRow:
    texts = {cell.column: cell.text for cell in block.cells}
    columns = {column.name: column for column in template.sheet(sheet.side).columns}
    cells = {name: texts[at] for name, at in sheet.columns.items() if name in columns and texts.get(at, "").strip()}
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    for name, column in columns.items():
        if name in cells:
            try:
                values[name] = read_cell(template, column, cells[name])
            except Misread as misread:
                faults.append(Fault(column=name, code=misread.code, told=misread.told))
        elif sheet.side in column.must:
            faults.append(Fault(column=name, code="missing"))
    faults += _together(values, cells)
    return CheckedRow(
        part=part,
        side=sheet.side,
        locator=block.locator,
        row=block.row or 0,
        block=index,
        cells=cells,
        places={name: sheet.columns[name] for name in cells},
        values=values,
        faults=tuple(faults),
        key=sound_key(texts.get(sheet.columns.get("key", -1), "")),
        more=tuple((heading, texts[at]) for at, heading in sheet.foreign if at in texts),
    )


def _together(values: Mapping[str, Value], cells: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with cells only beside each other."""
    begins, ends = values.get("available_from"), values.get("available_until")
    if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
        yield Fault(column="available_until", code="ends-before")
    if "value_amount" in values and "value_currency" not in cells:
        yield Fault(column="value_currency", code="no-currency")
    if "value_currency" in values and "value_amount" not in cells:
        yield Fault(column="value_amount", code="no-value")


def _canonical(value: Value) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else " ".join(value.split())
