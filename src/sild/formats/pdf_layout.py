"""The layout of PDF pages: ruled tables first, then lines to paragraphs, list items and unruled tables, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from sild.formats.csv_rows import row_block
from sild.formats.paragraphs import is_list_item
from sild.formats.pdf_glyphs import page_glyphs, page_rules
from sild.formats.pdf_lines import PageLine, lines_of
from sild.formats.pdf_tables import aligned_length, aligned_rows, grid_rows, grids_of, join_lines
from sild.formats.place import Place
from sild.values.document import Block, BlockKind

_SENTENCE_END = (".", ";", ":", "!", "?")
# letters so much larger than the others make a heading
_HEADING_SIZE = 1.12
# where all lines are short (an address, a signature) none of them is full
_SHORTEST_FULL = 40


@dataclass(frozen=True, slots=True)
class PageTable:
    """A ruled table of a page: its upper edge and the texts of its rows."""

    page: int
    top: float
    rows: tuple[tuple[str, ...], ...]


PageItem = PageLine | PageTable


def page_items(page: Any, number: int) -> tuple[list[PageItem], int]:
    """The lines and ruled tables of one page in reading order, and the number of its characters."""
    glyphs, turn, count = page_glyphs(page)
    items: list[PageItem] = []
    grids = grids_of(page_rules(page, turn)) if glyphs else []
    for grid in grids:
        inside = [glyph for glyph in glyphs if grid.holds(glyph)]
        rows = grid_rows(grid, inside, number)
        if rows is None or not any(sum(1 for text in row if text) > 1 for row in rows):
            continue  # a drawing, or a frame around a paragraph
        # what stands above the table is read before it, also where the page has columns below
        above = [glyph for glyph in glyphs if glyph.bottom >= grid.heights[0] - 1 and not grid.holds(glyph)]
        taken = {id(glyph) for glyph in (*inside, *above)}
        items.extend(lines_of(above, number))
        items.append(PageTable(number, grid.heights[0], tuple(tuple(row) for row in rows)))
        glyphs = [glyph for glyph in glyphs if id(glyph) not in taken]
    items.extend(lines_of(glyphs, number))
    return items, count


def layout_blocks(items: list[PageItem], place: Place) -> list[Block]:
    """Paragraphs, list items and table rows of all pages; tables count through the document."""
    blocks: list[Block] = []
    tables = 0
    form = _Form([item for item in items if isinstance(item, PageLine)])
    for stretch in _stretches(items):
        if isinstance(stretch, PageTable):
            tables += 1
            blocks.extend(_rows(stretch.rows, tables, stretch.page, place))
            continue
        index = 0
        while index < len(stretch):
            length = aligned_length(stretch, index)
            if length:
                tables += 1
                lines = stretch[index : index + length]
                blocks.extend(_rows(aligned_rows(lines), tables, lines[0].page, place))
                index += length
                continue
            end = index + 1
            while end < len(stretch) and not aligned_length(stretch, end):
                end += 1
            blocks.extend(_paragraphs(stretch[index:end], form, place))
            index = end
    return blocks


def _stretches(items: list[PageItem]) -> Iterator[list[PageLine] | PageTable]:
    """Runs of lines, and the ruled tables between them."""
    lines: list[PageLine] = []
    for item in items:
        if isinstance(item, PageLine):
            lines.append(item)
            continue
        if lines:
            yield lines
            lines = []
        yield item
    if lines:
        yield lines


def _rows(rows: Any, table: int, page: int, place: Place) -> Iterator[Block]:
    for number, texts in enumerate(rows, 1):
        block = row_block([_tidy(text) for text in texts], place.table_row(table, number), row=number, table=table, page=page)
        if block is not None:
            yield block


class _Form:
    """What is usual in a document: how far the lines of each column reach, and the height of the letters."""

    def __init__(self, lines: list[PageLine]) -> None:
        self.edges: dict[int, tuple[float, float]] = {}
        for line in lines:
            left, right = self.edges.get(line.column, (line.left, line.right))
            self.edges[line.column] = min(left, line.left), max(right, line.right)
        self.size = median(line.size for line in lines) if lines else 0.0


def _paragraphs(lines: list[PageLine], form: _Form, place: Place) -> Iterator[Block]:
    text, first, before = "", lines[0], lines[0]
    for line in lines:
        if text and (_continues(before, line, *form.edges[before.column]) or _runs_over(before, line)):
            text = join_lines(text, line.text)
        else:
            if text:
                yield _block(text, first, form.size, place)
            text, first = line.text, line
        before = line
    yield _block(text, first, form.size, place)


def _continues(before: PageLine, line: PageLine, left_edge: float, right_edge: float) -> bool:
    """Whether `line` is the rest of the paragraph of `before`: close under it, and its first word had no room there."""
    step = before.bottom - line.top
    if (before.page, before.column) != (line.page, line.column) or abs(before.size - line.size) > 0.2 * line.size:
        return False
    if not -0.8 * line.size < step <= 0.6 * line.size:
        return False
    first_word = line.text.split(maxsplit=1)[0]
    letter = max(line.right - line.left, 1.0) / max(len(line.text), 1)
    ragged = 0.04 * (right_edge - left_edge)
    full = len(before.text) >= _SHORTEST_FULL and before.right + letter * (len(first_word) + 1) > right_edge - ragged
    ended = before.text.endswith(_SENTENCE_END)
    if is_list_item(line.text) and (not full or ended or before.text.endswith(",")):
        return False
    return full or (line.text[:1].islower() and not ended and before.right > (left_edge + right_edge) / 2)


def _runs_over(before: PageLine, line: PageLine) -> bool:
    """Whether a sentence goes on from the foot of a page or column to the head of the next."""
    moved = before.page != line.page or line.bottom > before.top
    return moved and line.text[:1].islower() and not before.text.endswith(_SENTENCE_END) and len(before.text) > 30


def _tidy(text: str) -> str:
    """Hyphens that the file marks as soft are gone, those that it marks as its own at a line's end are hyphens."""
    return text.replace("\u00ad", "").replace("\ufffe", "").replace("\u0002", "-")


def _block(text: str, line: PageLine, usual: float, place: Place) -> Block:
    text = _tidy(text)
    kind: BlockKind = "list-item" if is_list_item(text) else "paragraph"
    if line.size > _HEADING_SIZE * usual and len(text) < 200:
        kind = "heading"
    return Block(kind=kind, text=text, locator=place.part, page=line.page)
