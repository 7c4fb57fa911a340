"""Writing the template as a workbook (xlsx): empty to be filled in, or given back with what is to be mended in each row.

No macros, no formulas: whatever anybody wrote is put down as text, and stays text when its cell is edited.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from sild.formats.template.cells import FIRST_YEAR, LAST_YEAR, Value
from sild.formats.template.definition import TEMPLATE, Column, Sheet, Template
from sild.formats.template.finding import MARK
from sild.formats.template.row_keys import written_key

HIDDEN = "sild"
MOST_BODIES = 1_000
_HEAD_ROWS = 2
_LAST_ROW = 2_000
_LONGEST_CELL = 32_000
_LINE, _MOST_LINES = 15, 26
_MOST_FOREIGN = 50
# the same template has the same bytes: its date is not when somebody fetched it
_MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_UNSURE = ("text", "open")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A row as it is given back: its cells as they stood, the values that were read, what became of it (`outcome` is its code), and why.

    `faults` are sentences by column; `told` is one more sentence about the row, "" for none.
    """

    side: str
    cells: Mapping[str, str]
    values: Mapping[str, Value]
    outcome: str
    faults: Mapping[str, str] = field(default_factory=dict)
    told: str = ""
    key: str = ""
    more: tuple[tuple[str, str], ...] = ()


def write_template(language: str, *, book: str, bodies: Sequence[str] = (), template: Template = TEMPLATE) -> bytes:
    """An empty template. `book` (32 hex signs) tells this copy from others; `bodies` become a drop-down; free words stay allowed."""
    return _Writing(template, language, book, bodies).written((), ())


def write_answer(language: str, *, book: str, rows: Sequence[Answered], notes: Sequence[str] = (), template: Template = TEMPLATE) -> bytes:
    """The rows given back in a language, with a column that says what became of each; `notes` stand on the sheet that explains."""
    return _Writing(template, language, book, ()).written(rows, notes)


class _Writing:
    """One workbook in the making."""

    def __init__(self, template: Template, language: str, book: str, bodies: Sequence[str]) -> None:
        self.template, self.language, self.mark = template, template.language(language), book
        self.stream = io.BytesIO()
        settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(self.stream, settings)
        self.book.set_properties({"created": _MADE, "title": "sild-sheet", "comments": f"version {template.version}"})
        self.lists: dict[str, list[str]] = {name: template.labels(name, self.language) for name in template.lists}
        if bodies:
            self.lists["body"] = list(dict.fromkeys(bodies))[:MOST_BODIES]
        self.formats: dict[str, Format] = {}

    def written(self, rows: Sequence[Answered], notes: Sequence[str]) -> bytes:
        """The bytes of the workbook; with `rows` it is an answer."""
        for sheet in self.template.sheets:
            self._side(sheet, [row for row in rows if row.side == sheet.side], answer=bool(rows))
        self._guide(notes)
        self._hidden()
        self.book.close()
        return self.stream.getvalue()

    def _format(self, name: str) -> Format:
        """A look by its name: what several cells share is one format."""
        base: dict[str, Any] = {"valign": "top", "text_wrap": True, "locked": False}
        looks: dict[str, dict[str, Any]] = {
            "text": {**base, "quote_prefix": True},
            "open": {**base, "num_format": "@"},
            "number": {**base, "num_format": "#,##0.###", "text_wrap": False},
            "day": {**base, "num_format": "dd.mm.yyyy", "text_wrap": False},
            "heading": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2, "bg_color": "#DCE6F1", "locked": True},
            "help": {
                "italic": True,
                "text_wrap": True,
                "valign": "top",
                "bottom": 1,
                "font_color": "#3B4A5A",
                "font_size": 9,
                "locked": True,
            },
            "fault": {**base, "quote_prefix": True, "bg_color": "#FBE3DF", "border": 1, "border_color": "#A4281A"},
            "mend": {**base, "quote_prefix": True, "bold": True, "font_color": "#8A1F11"},
            "done": {**base, "quote_prefix": True, "font_color": "#1E5631"},
            "plain": {"text_wrap": True, "valign": "top"},
            "strong": {"text_wrap": True, "valign": "top", "bold": True},
        }
        if name not in self.formats:
            self.formats[name] = self.book.add_format(looks[name])
        return self.formats[name]

    def _side(self, sheet: Sheet, rows: Sequence[Answered], *, answer: bool) -> None:
        paper = self.book.add_worksheet(sheet.name[self.language])
        columns = [*([self.template.answer] if answer else []), *sheet.columns, *([self.template.key] if answer else [])]
        last = max(_LAST_ROW, _HEAD_ROWS + len(rows) + 500)
        for at, column in enumerate(columns):
            look = column.kind if column.kind in ("number", "day") else "open"
            paper.set_column(at, at, column.width, self._format(look), {"hidden": column.name == "key"})
            must = " *" if sheet.side in column.must else ""
            paper.write_string(0, at, column.heading[self.language] + must, self._format("heading"))
            paper.write_string(1, at, column.help[self.language], self._format("help"))
            self._rule(paper, column, at, last)
        foreign = list(dict.fromkeys(heading for row in rows for heading, _ in row.more))[:_MOST_FOREIGN]
        for at, heading in enumerate(foreign, len(columns)):
            paper.set_column(at, at, 20, self._format("open"))
            paper.write_string(0, at, heading, self._format("heading"))
        for number, row in enumerate(rows, _HEAD_ROWS):
            self._row(paper, number, columns, foreign, row)
            # not every program makes room for wrapped words by itself
            paper.set_row(number, _LINE * self._lines(columns, row))
        paper.set_row(1, 62)
        paper.freeze_panes(_HEAD_ROWS, 1 + answer)
        paper.autofilter(1, 0, last - 1, len(columns) - 1)
        paper.set_landscape()
        paper.fit_to_pages(1, 0)
        paper.repeat_rows(0)
        # no password: it keeps the headings from being overwritten by accident, and whoever wants to can lift it
        allowed = ("insert_rows", "delete_rows", "sort", "autofilter", "format_cells", "format_columns", "format_rows")
        paper.protect("", dict.fromkeys(allowed, True))

    def _rule(self, paper: Worksheet, column: Column, at: int, last: int) -> None:
        """The drop-down or the limits of a column."""
        rule: dict[str, Any] = {
            "input_title": column.heading[self.language][:32],
            "input_message": column.help[self.language][:255],
            "error_title": self.template.words["validation"]["title"][self.language][:32],
            "error_message": column.help[self.language][:255],
            "ignore_blank": True,
        }
        if self.lists.get(column.list):
            rule |= {"validate": "list", "source": self._range(column.list), "show_error": column.kind == "choice"}
        elif column.kind == "number":
            rule |= {"validate": "decimal", "criteria": ">", "value": 0, "error_title": column.heading[self.language][:32]}
        elif column.kind == "day":
            first, final = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
            rule |= {"validate": "date", "criteria": "between", "minimum": first, "maximum": final}
            rule |= {"error_title": column.heading[self.language][:32]}
        else:
            rule |= {"validate": "any"}
        paper.data_validation(_HEAD_ROWS, at, last - 1, at, rule)

    def _range(self, name: str) -> str:
        letters = xl_col_to_name(list(self.lists).index(name))
        return f"={HIDDEN}!${letters}$4:${letters}${3 + len(self.lists[name])}"

    def _row(self, paper: Worksheet, number: int, columns: Sequence[Column], foreign: Sequence[str], row: Answered) -> None:
        for at, column in enumerate(columns):
            if column.name == "answer":
                told = self._told(row)
                paper.write_string(number, at, told[:_LONGEST_CELL], self._format("mend" if row.outcome in ("mend", "changed") else "done"))
            elif column.name == "key":
                paper.write_string(number, at, written_key(row.key), self._format("open"))
            else:
                self._cell(paper, (number, at), column, row)
        for at, heading in enumerate(foreign, len(columns)):
            text = next((text for one, text in row.more if one == heading), "")
            if text:
                paper.write_string(number, at, text[:_LONGEST_CELL], self._format("text"))

    def _lines(self, columns: Sequence[Column], row: Answered) -> int:
        """How many lines the highest cell of a row takes, as far as a row may grow."""
        texts = [(self._told(row) if column.name == "answer" else row.cells.get(column.name, ""), column.width) for column in columns]
        needed = (sum(1 + len(line) // width for line in text.split("\n")) for text, width in texts)
        return min(max(needed), _MOST_LINES)

    def _told(self, row: Answered) -> str:
        headings = {column.name: column.heading[self.language] for column in self.template.sheet(row.side).columns}
        why = [f"{headings[name]}: {sentence}" for name, sentence in row.faults.items()]
        return "\n".join(part for part in (self.template.say("outcomes", row.outcome, self.language), *why, row.told) if part)

    def _cell(self, paper: Worksheet, place: tuple[int, int], column: Column, row: Answered) -> None:
        text, value = row.cells.get(column.name, ""), row.values.get(column.name)
        fault = row.faults.get(column.name)
        if fault is not None:
            paper.write_string(*place, text[:_LONGEST_CELL], self._format("fault")) if text else paper.write_blank(
                *place, None, self._format("fault")
            )
            paper.write_comment(*place, fault, {"author": HIDDEN, "x_scale": 2})
        elif isinstance(value, Decimal):
            paper.write_number(*place, float(value), self._format("number"))
        elif isinstance(value, dt.date):
            paper.write_datetime(*place, dt.datetime.combine(value, dt.time()), self._format("day"))
        elif value is not None and column.kind not in _UNSURE:
            paper.write_string(*place, self.template.label(column.list, value, self.language), self._format("open"))
        elif text:
            paper.write_string(*place, text[:_LONGEST_CELL], self._format("text"))

    def _guide(self, notes: Sequence[str]) -> None:
        guide = self.template.words["guide"]
        paper = self.book.add_worksheet(guide["name"][self.language])
        paper.set_column(0, 0, 34)
        paper.set_column(1, 1, 90)
        lines = [guide["name"][self.language], *notes, *guide["lines"][self.language], ""]
        for number, line in enumerate(lines):
            paper.merge_range(number, 0, number, 1, "", self._format("plain"))
            paper.write_string(number, 0, line[:_LONGEST_CELL], self._format("plain" if number else "strong"))
            paper.set_row(number, 32 if len(line) > 110 else None)
        at = len(lines)
        for sheet in self.template.sheets:
            paper.write_string(at, 0, sheet.name[self.language], self._format("strong"))
            paper.write_string(at, 1, guide["meaning"][self.language], self._format("strong"))
            for column in sheet.columns:
                at += 1
                paper.write_string(at, 0, column.heading[self.language], self._format("plain"))
                paper.write_string(at, 1, column.help[self.language], self._format("plain"))
            at += 2
        paper.set_landscape()
        paper.fit_to_pages(1, 0)
        paper.protect("")

    def _hidden(self) -> None:
        """The sheet that says what this is, and holds the lists: the first row is read again, the lists are not."""
        paper = self.book.add_worksheet(HIDDEN)
        for at, text in enumerate((MARK, str(self.template.version), self.language, self.mark)):
            paper.write_string(0, at, text)
        for at, (name, labels) in enumerate(self.lists.items()):
            paper.write_string(2, at, name)
            for number, label in enumerate(labels, 3):
                paper.write_string(number, at, label)
        paper.very_hidden()
        paper.protect("")
