"""The layout of PDF pages: characters to lines, lines to paragraphs and table rows, by their position alone."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

from sild.formats.csv_rows import row_block
from sild.formats.paragraphs import is_list_item
from sild.formats.place import Place
from sild.values.document import Block

# a gap of so many heights of a letter separates two columns, a smaller one of so many is a space
_COLUMN_GAP, _SPACE_GAP = 1.2, 0.18
_HYPHENS = ("\u0002", "\u00ad", "\ufffe")
_WORD_HYPHEN = re.compile(r"[^\W\d_]-$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text without a wide gap, from `left` to `right` in points."""

    left: float
    right: float
    text: str


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of a page: its pieces from left to right, its upper and lower edge in points from the foot of the page."""

    page: int
    bottom: float
    top: float
    size: float
    pieces: tuple[Piece, ...]

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Glyph:
    left: float
    right: float
    bottom: float
    top: float
    sign: str


def page_lines(page: Any, number: int) -> tuple[list[PageLine], int]:
    """The lines of one page from top to bottom, and the number of its characters."""
    textpage = page.get_textpage()
    try:
        glyphs, count = _glyphs(textpage.raw)
    finally:
        textpage.close()
        page.close()
    return [line for row in _rows(glyphs) if (line := _line(row, number)) is not None], count


def layout_blocks(pages: list[list[PageLine]], place: Place) -> list[Block]:
    """Paragraphs, list items and table rows of all pages in reading order."""
    blocks: list[Block] = []
    tables = 0
    for lines in pages:
        index = 0
        while index < len(lines):
            length = _table_length(lines, index)
            if length:
                tables += 1
                blocks.extend(_table(lines[index : index + length], tables, place))
                index += length
                continue
            end = index + 1
            while end < len(lines) and not _table_length(lines, end):
                end += 1
            blocks.extend(_paragraphs(lines[index:end], place))
            index = end
    return blocks


def _glyphs(textpage: Any) -> tuple[list[_Glyph], int]:
    count = pdfium.FPDFText_CountChars(textpage)
    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    glyphs: list[_Glyph] = []
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not sign or sign in "\r\n" or not pdfium.FPDFText_GetLooseCharBox(textpage, index, reference):
            continue
        glyphs.append(_Glyph(box.left, box.right, box.bottom, box.top, sign))
    return glyphs, max(count, 0)


def _rows(glyphs: list[_Glyph]) -> list[list[_Glyph]]:
    """Glyphs whose middles lie in each other's height, from the top of the page."""
    rows: list[list[_Glyph]] = []
    spans: list[tuple[float, float]] = []
    for glyph in sorted((g for g in glyphs if g.top > g.bottom), key=lambda g: (-(g.top + g.bottom), g.left)):
        middle = (glyph.top + glyph.bottom) / 2
        if rows and spans[-1][0] <= middle <= spans[-1][1]:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            height = glyph.top - glyph.bottom
            spans.append((middle - 0.35 * height, middle + 0.35 * height))
    return rows


def _line(row: list[_Glyph], page: int) -> PageLine | None:
    row = sorted(row, key=lambda g: g.left)
    size = median(g.top - g.bottom for g in row)
    pieces: list[Piece] = []
    text, left, right = "", 0.0, 0.0
    for glyph in row:
        if glyph.sign.isspace() and glyph.sign != "\u00a0":
            if text and not text.endswith(" "):
                text += " "
            continue
        gap = glyph.left - right if text else 0.0
        if text and gap > _COLUMN_GAP * size:
            pieces.append(Piece(left, right, text.strip()))
            text = ""
        elif text and gap > _SPACE_GAP * size and not text.endswith(" "):
            text += " "
        if not text:
            left = glyph.left
        text += glyph.sign
        right = max(right, glyph.right) if text != glyph.sign else glyph.right
    if text.strip():
        pieces.append(Piece(left, right, text.strip()))
    if not pieces:
        return None
    return PageLine(page, min(g.bottom for g in row), max(g.top for g in row), size, tuple(pieces))


def _table_length(lines: list[PageLine], start: int) -> int:
    """How many lines from `start` on form one table: at least two lines of two columns or more that begin at the same places."""
    first = lines[start]
    if len(first.pieces) < 2:
        return 0
    columns = [piece.left for piece in first.pieces]
    length = 1
    full = 1
    for before, line in zip(lines[start:], lines[start + 1 :], strict=False):
        if before.bottom - line.top > 2.5 * line.size or not _fits(line, columns):
            break
        length += 1
        full += len(line.pieces) >= 2
    while length > 1 and len(lines[start + length - 1].pieces) < 2:
        length -= 1
    return length if full >= 2 else 0


def _fits(line: PageLine, columns: list[float]) -> bool:
    tolerance = 0.8 * line.size
    return all(any(abs(piece.left - column) <= tolerance for column in columns) for piece in line.pieces)


def _table(lines: list[PageLine], table: int, place: Place) -> Iterator[Block]:
    columns = [piece.left for piece in lines[0].pieces]
    rows: list[list[str]] = []
    before: PageLine | None = None
    for line in lines:
        cells = [""] * len(columns)
        for piece in line.pieces:
            nearest = min(range(len(columns)), key=lambda index: abs(columns[index] - piece.left))
            cells[nearest] = f"{cells[nearest]} {piece.text}".strip()
        # a line without a first cell, close under the line above, is the rest of wrapped cells
        tight = before is not None and before.bottom - line.top < 0.45 * line.size
        if rows and not cells[0] and tight:
            rows[-1] = [" ".join(filter(None, pair)) for pair in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
        before = line
    for number, cells in enumerate(rows, 1):
        block = row_block(cells, place.table_row(table, number), row=number, table=table, page=lines[0].page)
        if block is not None:
            yield block


def _paragraphs(lines: list[PageLine], place: Place) -> Iterator[Block]:
    if not lines:
        return
    left_edge, right_edge = min(line.left for line in lines), max(line.right for line in lines)
    text, before = "", lines[0]
    for line in lines:
        if text and _continues(before, line, left_edge, right_edge):
            text = _joined(text, line.text)
        else:
            if text:
                yield _block(text, before, place)
            text = line.text
        before = line
    yield _block(text, before, place)


def _continues(before: PageLine, line: PageLine, left_edge: float, right_edge: float) -> bool:
    """Whether `line` is the rest of the paragraph of `before`: close under it, and its first word had no room there."""
    if before.bottom - line.top > 0.6 * line.size or abs(before.size - line.size) > 0.2 * line.size:
        return False
    first_word = line.text.split(maxsplit=1)[0]
    letter = max(line.right - line.left, 1.0) / max(len(line.text), 1)
    ragged = 0.04 * (right_edge - left_edge)
    full = before.right + letter * (len(first_word) + 1) > right_edge - ragged
    if is_list_item(line.text) and (not full or before.text.endswith((".", ";", ":", "!", "?", ","))):
        return False
    ended = before.text.endswith((".", ";", ":", "!", "?"))
    return full or (line.text[:1].islower() and not ended and before.right > (left_edge + right_edge) / 2)


def _joined(text: str, line: str) -> str:
    if text.endswith(_HYPHENS):
        return text[:-1] + line
    if _WORD_HYPHEN.search(text) and line[:1].islower():
        return text[:-1] + line
    return f"{text} {line}"


def _block(text: str, line: PageLine, place: Place) -> Block:
    for mark in _HYPHENS:
        text = text.replace(mark, "-" if mark == "\u0002" else "")
    return Block(kind="list-item" if is_list_item(text) else "paragraph", text=text, locator=place.part, page=line.page)
