"""Tables on PDF pages: ruled ones by their lines, unruled ones by texts that begin at the same places line after line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sild.formats.pdf_glyphs import Glyph, Rule
from sild.formats.pdf_lines import PageLine, Piece, lines_of

_SAME_PLACE = 3.0
# in heights of a letter: between the lines of a table, between those of a cell; off a column's edge; between cells
_WIDEST_STEP, _TIGHT_STEP = 2.5, 0.45
_EDGE, _CELL_GAP, _WIDE_GAP = 0.8, 0.5, 2.0


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
    """How many lines from `start` on form an unruled table: two lines or more of two cells or more in the same columns."""
    if len(lines[start].pieces) < 2:
        return 0
    columns = _Columns(lines[start])
    length = full = 1
    for before, line in zip(lines[start:], lines[start + 1 :], strict=False):
        far = before.bottom - line.top > _WIDEST_STEP * line.size
        if far or (before.page, before.column) != (line.page, line.column):
            break
        cells = columns.cells(line)
        if cells is None:
            break
        columns.widen(line)
        length += 1
        full += len(cells) >= 2
    while (
        length > 1
        and len(columns.cells(lines[start + length - 1]) or {}) < 2
        and not _tight(lines[start + length - 2], lines[start + length - 1])
    ):
        length -= 1
    # justified prose has gaps that pass for columns, but none as wide as beside a short cell
    widest = max(other.left - one.right for line in lines[start : start + length] for one, other in pairwise(line.pieces))
    return length if full >= 2 and widest > _WIDE_GAP * lines[start].size else 0


def aligned_rows(lines: list[PageLine]) -> list[list[str]]:
    """The rows of an unruled table. Where rows stand further apart than the lines of a cell, that parts them; else each first cell does."""
    columns = _Columns(lines[0])
    for line in lines[1:]:
        columns.widen(line)
    found = [columns.cells(line) or {} for line in lines]
    tight = [False, *(_tight(before, line) for before, line in pairwise(lines))]
    runs: list[list[dict[int, str]]] = []
    for cells, close in zip(found, tight, strict=True):
        if close and runs:
            runs[-1].append(cells)
        else:
            runs.append([cells])
    return [columns.row(row) for run in runs for row in _rows_of_run(run)]


def _rows_of_run(run: list[dict[int, str]]) -> list[list[dict[int, str]]]:
    """The rows within lines that stand close under each other: one, unless several of them have a first cell and another."""
    if sum(1 for cells in run if 0 in cells and len(cells) > 1) < 2:
        return [run]
    rows: list[list[dict[int, str]]] = []
    for cells in run:
        if rows and 0 not in cells:
            rows[-1].append(cells)
        else:
            rows.append([cells])
    return rows


def _tight(before: PageLine, line: PageLine) -> bool:
    return before.bottom - line.top < _TIGHT_STEP * line.size


class _Columns:
    """The columns of an unruled table, as the places where they begin and how far their texts have reached."""

    def __init__(self, first: PageLine) -> None:
        self.spans = [[piece.left, piece.right] for piece in first.pieces]

    def cells(self, line: PageLine) -> dict[int, str] | None:
        """The texts of a line by column; None where a text runs over a column's edge, so that the line is no row of this table."""
        found: dict[int, str] = {}
        for piece in line.pieces:
            column = self._column_of(piece, line.size)
            if column is None:
                return None
            right = piece.left
            for word in piece.words:
                following = self.spans[column + 1][0] if column + 1 < len(self.spans) else float("inf")
                if abs(word.left - following) <= _EDGE * line.size and word.left - right > _CELL_GAP * line.size:
                    column += 1
                elif word.right > following:
                    return None
                right = word.right
                found[column] = f"{found.get(column, '')} {word.text}".strip()
        return found

    def widen(self, line: PageLine) -> None:
        """Let the columns reach as far as the texts of this line do, where each is a piece of its own."""
        for piece in line.pieces:
            column = self._column_of(piece, line.size)
            following = self.spans[column + 1][0] if column is not None and column + 1 < len(self.spans) else float("inf")
            if column is not None and piece.right < following:
                self.spans[column] = [min(self.spans[column][0], piece.left), max(self.spans[column][1], piece.right)]

    def row(self, lines: list[dict[int, str]]) -> list[str]:
        """The cells of one row out of its lines."""
        return [" ".join(cells[column] for cells in lines if column in cells) for column in range(len(self.spans))]

    def _column_of(self, piece: Piece, size: float) -> int | None:
        """The column that the piece begins with, or the only one that it stands under (a centred or right-aligned text)."""
        for column, (left, _) in enumerate(self.spans):
            if abs(piece.left - left) <= _EDGE * size:
                return column
        under = [column for column, (left, right) in enumerate(self.spans) if piece.left < right and piece.right > left]
        return under[0] if len(under) == 1 else None


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
