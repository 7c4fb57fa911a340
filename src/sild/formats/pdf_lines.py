"""Signs to lines: what stands at one height, cut into pieces where the gap is that of a column, two columns of prose read in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sild.formats.pdf_glyphs import Glyph

# gaps in heights of a letter: wider than the first separates cells, wider than the second is a space
_COLUMN_GAP, _SPACE_GAP = 1.2, 0.18
# two columns of prose: so many lines on end, a gutter so wide (in heights), most lines crossing no gutter
_PROSE_LINES, _GUTTER, _PROSE_SHARE, _PROSE_LETTERS = 8, 0.5, 0.85, 25


@dataclass(frozen=True, slots=True)
class Word:
    """Signs without a space between them, from `left` to `right`."""

    left: float
    right: float
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words without a wide gap between them."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of a page: its pieces from left to right, its lower and upper edge, the height of its letters.

    `column` is 1 and 2 in the left and right column of a page of two, 0 elsewhere.
    """

    page: int
    bottom: float
    top: float
    size: float
    pieces: tuple[Piece, ...]
    column: int = 0

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


def lines_of(glyphs: list[Glyph], page: int) -> list[PageLine]:
    """The lines from top to bottom; where the page has two columns of prose, the left column comes first."""
    rows = _rows(glyphs)
    return [line for row, column in _read_in_turn(rows) if (line := _line(row, page, column)) is not None]


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Signs whose middles lie in each other's height, from the top of the page."""
    rows: list[list[Glyph]] = []
    lower = upper = 0.0
    for glyph in sorted(glyphs, key=lambda one: (-(one.top + one.bottom), one.left)):
        middle = (glyph.top + glyph.bottom) / 2
        if rows and lower <= middle <= upper:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            reach = 0.35 * (glyph.top - glyph.bottom)
            lower, upper = middle - reach, middle + reach
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _line(row: list[Glyph], page: int, column: int) -> PageLine | None:
    size = median(glyph.top - glyph.bottom for glyph in row)
    pieces: list[list[Word]] = []
    for word in _words(row, size):
        if pieces and word.left - pieces[-1][-1].right <= _COLUMN_GAP * size:
            pieces[-1].append(word)
        else:
            pieces.append([word])
    if not pieces:
        return None
    joined = tuple(Piece(tuple(words)) for words in pieces)
    return PageLine(page, min(glyph.bottom for glyph in row), max(glyph.top for glyph in row), size, joined, column)


def _words(row: list[Glyph], size: float) -> Iterator[Word]:
    text, left, right = "", 0.0, 0.0
    for glyph in row:
        space = glyph.sign.isspace() and glyph.sign != "\u00a0"
        if text and (space or glyph.left - right > _SPACE_GAP * size):
            yield Word(left, right, text)
            text = ""
        if not space:
            left, right = (left, max(right, glyph.right)) if text else (glyph.left, glyph.right)
            text += glyph.sign
    if text:
        yield Word(left, right, text)


def _read_in_turn(rows: list[list[Glyph]]) -> Iterator[tuple[list[Glyph], int]]:
    """The rows in reading order with their column: a stretch of two columns of prose gives its left halves, then its right halves."""
    gutter = _gutter(rows)
    if gutter is None:
        yield from ((row, 0) for row in rows)
        return
    right_halves: list[tuple[list[Glyph], int]] = []
    for row in rows:
        if not _free_at(row, gutter):
            # a line across both columns ends the stretch
            yield from right_halves
            right_halves = []
            yield row, 0
            continue
        left = [glyph for glyph in row if glyph.right <= gutter]
        right = [glyph for glyph in row if glyph.right > gutter]
        if left:
            yield left, 1
        if right:
            right_halves.append((right, 2))
    yield from right_halves


def _gutter(rows: list[list[Glyph]]) -> float | None:
    """The place between two columns of prose; None where the page is one column, or a table."""
    if len(rows) < _PROSE_LINES:
        return None
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    gaps: dict[int, int] = {}
    for row in rows:
        size = median(glyph.top - glyph.bottom for glyph in row)
        inked = [glyph for glyph in row if not glyph.sign.isspace()]
        for one, other in pairwise(inked):
            if other.left - one.right > _GUTTER * size:
                for point in range(int(one.right) + 1, int(other.left) + 1):
                    if left + 0.3 * (right - left) < point < left + 0.7 * (right - left):
                        gaps[point] = gaps.get(point, 0) + 1
    if not gaps:
        return None
    place = float(max(gaps, key=lambda one: gaps[one]))
    sides = [(_letters(row, place, True), _letters(row, place, False)) for row in rows if _free_at(row, place)]
    both = [pair for pair in sides if min(pair) > 0]
    if len(sides) < _PROSE_SHARE * len(rows) or len(both) < max(_PROSE_LINES, 0.35 * len(rows)):
        return None
    return place if min(median(pair[0] for pair in both), median(pair[1] for pair in both)) >= _PROSE_LETTERS else None


def _free_at(row: list[Glyph], place: float) -> bool:
    return not any(glyph.left < place < glyph.right and not glyph.sign.isspace() for glyph in row)


def _letters(row: list[Glyph], place: float, left: bool) -> int:
    return sum(1 for glyph in row if not glyph.sign.isspace() and (glyph.right <= place) == left)
