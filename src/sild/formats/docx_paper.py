"""Word documents that the desk writes: a title, headings, rows and paragraphs, each language in a column of its own.

The same paper gives the same bytes: no clock, no name of a program or a person stands in the file but those that are given.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every member of the file: the earliest that a zip can tell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one language says in a row: an optional label above the text; `blank` is marked for a person to fill."""

    text: str
    label: str = ""
    blank: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A paper of as many columns as `languages`; `marking` stands on every page, `foot` below; `day` is when it was made."""

    languages: Sequence[str]
    titles: Sequence[str]
    notes: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    marking: str
    foot: str
    day: date


def write_columns(paper: Columns) -> bytes:
    """The paper as a docx file. Raises ValueError where a row has not one cell for each language."""
    if any(len(row) != len(paper.languages) for row in (paper.titles, paper.notes, *paper.rows)):
        raise ValueError("every row of a paper has one cell for each of its languages")
    document: Any = docx.Document()
    document.styles["Normal"].font.size = Pt(10)
    _describe(document, paper)
    section = document.sections[0]
    section.header.paragraphs[0].text = _clean(paper.marking)
    section.footer.paragraphs[0].text = _clean(paper.foot)
    document.add_paragraph(_clean(" / ".join(dict.fromkeys(paper.titles))), style="Title")
    table = document.add_table(rows=0, cols=len(paper.languages))
    table.style = "Table Grid"
    for row in ([Cell(text) for text in paper.notes], *paper.rows):
        cells = table.add_row().cells
        for place, (cell, language) in enumerate(zip(row, paper.languages, strict=True)):
            _fill(cells[place].paragraphs[0], cell, language)
    made = io.BytesIO()
    document.save(made)
    return without_clock(made.getvalue())


def _describe(document: Any, paper: Columns) -> None:
    properties, moment = document.core_properties, datetime.combine(paper.day, time())
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = _clean(paper.titles[0])[:250]
    properties.created = properties.modified = moment
    properties.language = paper.languages[0]


def _fill(paragraph: Any, cell: Cell, language: str) -> None:
    if cell.label:
        label = _run(paragraph, cell.label, language)
        label.bold = True
        label.add_break()
    for number, line in enumerate(cell.text.split("\n")):
        run = _run(paragraph, line, language)
        run.bold = cell.heading or None
        if cell.blank:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if number < cell.text.count("\n"):
            run.add_break()


def _run(paragraph: Any, text: str, language: str) -> Any:
    """A run in a language, so that a checker of spelling takes it for what it is."""
    run = paragraph.add_run(_clean(text))
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), language)
    run._element.get_or_add_rPr().append(tongue)
    return run


def _clean(text: str) -> str:
    """The text without signs that no XML holds: what somebody sent may hold any."""
    return _UNWRITABLE.sub("\ufffd", text)


def without_clock(data: bytes) -> bytes:
    """The same Word package with every member at one time."""
    fresh = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            written.writestr(zipfile.ZipInfo(name, _FIRST_DAY), read.read(name), zipfile.ZIP_DEFLATED)
    return fresh.getvalue()
