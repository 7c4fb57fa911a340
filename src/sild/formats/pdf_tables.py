"""Tables on PDF pages: ruled ones by their lines, unruled ones by texts that begin at the same places line after line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sild.formats.pdf_glyphs import Glyph, Rule
from sild.formats.pdf_lines import PageLine, lines_of

_SAME_PLACE = 3.0
_WIDEST_STEP, _TIGHT_STEP = 2.5, 0.45


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the heights of its row lines from top to bottom and the places of its column lines from left to right.

    `uprights` are the column lines themselves: one that stops short of a row leaves a cell there that spans columns.
    """

    heights: tuple[float, ...]
    places: tuple[float, ...]
    uprights: tuple[Rule, ...]

    def holds(self, glyph: Glyph) -> bool:
        """Whether the sign stands inside the table."""
        across, up = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        return self.places[0] <= across <= self.places[-1] and self.heights[-1] <= up <= self.heights[0]

    def cells(self, row: int) -> list[tuple[int, float, float]]:
        """The cells of a row as (column, left edge, right edge)."""
        middle = (self.heights[row] + self.heights[row + 1]) / 2
        drawn = [
            column
            for column, place in enumerate(self.places)
            if column in (0, len(self.places) - 1)
            or any(abs(rule.at - place) <= _SAME_PLACE and rule.start <= middle <= rule.end for rule in self.uprights)
        ]
        return [(column, self.places[column], self.places[following]) for column, following in pairwise(drawn)]


def grids_of(rules: list[Rule]) -> list[Grid]:
    """The ruled tables of a page, from the top: at least two rows and two columns, closed by lines on all sides."""
    level = [rule for rule in rules if rule.level]
    upright = [rule for rule in rules if not rule.level]
    grids: list[Grid] = []
    for group in _touching(level, upright):
        heights = _places([rule.at for rule in group if rule.level])[::-1]
        places = _places([rule.at for rule in group if not rule.level])
        if len(heights) >= 3 and len(places) >= 3:
            grids.append(Grid(tuple(heights), tuple(places), tuple(rule for rule in group if not rule.level)))
    return sorted(grids, key=lambda grid: -grid.heights[0])


def grid_rows(grid: Grid, glyphs: list[Glyph], page: int) -> list[list[str]] | None:
    """The texts of the table's cells, row by row; None where a line goes through a word, so that this is a drawing and no table.

    A cell that spans columns or rows stands in one of them, the others are empty.
    """
    rows = []
    for row, (high, low) in enumerate(pairwise(grid.heights)):
        inside = [glyph for glyph in glyphs if low <= (glyph.top + glyph.bottom) / 2 < high]
        texts = [""] * (len(grid.places) - 1)
        for column, left, right in grid.cells(row):
            if _cuts_word(inside, right):
                return None
            texts[column] = _cell_text([glyph for glyph in inside if left <= (glyph.left + glyph.right) / 2 < right], page)
        rows.append(texts)
    return rows


def _cuts_word(glyphs: list[Glyph], place: float) -> bool:
    """Whether two signs on one line stand on either side of `place` as close as letters of a word."""
    inked = [glyph for glyph in glyphs if not glyph.sign.isspace() and abs((glyph.left + glyph.right) / 2 - place) < 30]
    for one in inked:
        if (one.left + one.right) / 2 >= place:
            continue
        height = one.top - one.bottom
        for other in inked:
            across = (other.left + other.right) / 2
            if across >= place and other.left - one.right < 0.12 * height and abs(other.bottom - one.bottom) < 0.3 * height:
                return True
    return False


def aligned_length(lines: list[PageLine], start: int) -> int:
    """How many lines from `start` on form an unruled table: two lines or more of two pieces or more that begin at the same places."""
    first = lines[start]
    if len(first.pieces) < 2:
        return 0
    columns = [piece.left for piece in first.pieces]
    length = full = 1
    for before, line in zip(lines[start:], lines[start + 1 :], strict=False):
        if before.bottom - line.top > _WIDEST_STEP * line.size or before.page != line.page or not _fits(line, columns):
            break
        length += 1
        full += len(line.pieces) >= 2
    while length > 1 and len(lines[start + length - 1].pieces) < 2:
        length -= 1
    return length if full >= 2 else 0


def aligned_rows(lines: list[PageLine]) -> list[list[str]]:
    """The rows of an unruled table; a line close under another and without a first cell is the rest of wrapped cells."""
    columns = [piece.left for piece in lines[0].pieces]
    rows: list[list[str]] = []
    before: PageLine | None = None
    for line in lines:
        cells = [""] * len(columns)
        for piece in line.pieces:
            nearest = min(range(len(columns)), key=lambda index: abs(columns[index] - piece.left))
            cells[nearest] = f"{cells[nearest]} {piece.text}".strip()
        tight = before is not None and before.bottom - line.top < _TIGHT_STEP * line.size
        if rows and not cells[0] and tight:
            rows[-1] = [" ".join(filter(None, pair)) for pair in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
        before = line
    return rows


def _cell_text(glyphs: list[Glyph], page: int) -> str:
    text = ""
    for line in lines_of(glyphs, page):
        text = join_lines(text, line.text) if text else line.text
    return text


def join_lines(text: str, line: str) -> str:
    """Two lines of one paragraph as one text: a hyphen at the end of a line goes, except between parts of a number or name."""
    if text.endswith(("\u0002", "\u00ad", "\ufffe")):
        return text[:-1] + line
    if len(text) > 1 and text[-1] in "-‐" and text[-2].islower() and line[:1].islower():
        return text[:-1] + line
    return f"{text} {line}"


def _fits(line: PageLine, columns: list[float]) -> bool:
    """Whether each piece begins at a column and ends before the next one."""
    for piece in line.pieces:
        column = min(range(len(columns)), key=lambda index: abs(columns[index] - piece.left))
        if abs(columns[column] - piece.left) > 0.8 * line.size:
            return False
        if column + 1 < len(columns) and piece.right > columns[column + 1]:
            return False
    return True


def _touching(level: list[Rule], upright: list[Rule]) -> list[list[Rule]]:
    """Groups of rules that cross or meet: each group is the frame of one table."""
    groups: list[list[Rule]] = []
    for rule in [*level, *upright]:
        met = [group for group in groups if any(_meet(rule, other) for other in group)]
        groups = [group for group in groups if all(group is not one for one in met)]
        groups.append([rule, *(other for group in met for other in group)])
    return groups


def _meet(one: Rule, other: Rule) -> bool:
    if one.level == other.level:
        return False
    across, up = (one, other) if one.level else (other, one)
    return across.start - _SAME_PLACE <= up.at <= across.end + _SAME_PLACE and up.start - _SAME_PLACE <= across.at <= up.end + _SAME_PLACE


def _places(values: list[float]) -> list[float]:
    """The distinct places, ascending; lines closer than a double frame are one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SAME_PLACE:
            places.append(value)
    return places
