"""Items under hypotheses: a row for each item, a column for each hypothesis, in each cell how the one goes with the other.

Each rating has a tone, a pattern where it speaks against, and its words in the cell, so that no colour is needed to read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sild.formats.drawing.layout import SMALL, fitted, label, legend, wrapped
from sild.formats.drawing.shapes import Box, Mark, Picture, Stroke, Tone, Wording, Words

MOST_ITEMS, MOST_HYPOTHESES = 40, 8
NAME, STEP, ROW, HEAD = 280.0, 130.0, 34.0, 62.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedCell:
    """A cell: its words, its tone, and whether those who rated it differ. Without a rating its tone is "unknown"."""

    text: str
    tone: Tone
    torn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedRow:
    """An item with a cell for each hypothesis."""

    name: str
    below: str
    cells: tuple[RatedCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingWords:
    """Words of the picture; the legend is told as (tone, patterned, words)."""

    usual: Wording
    keys: tuple[tuple[Tone, bool, str], ...]


def ratings_picture(columns: Sequence[str], rows: Sequence[RatedRow], words: RatingWords) -> Picture | None:
    """The matrix drawn, of very long ones the first items and hypotheses; None where there are none."""
    if not rows or not columns:
        return None
    shown, heads = rows[:MOST_ITEMS], columns[:MOST_HYPOTHESES]
    width = NAME + STEP * len(heads) + 12
    marks: list[Mark] = []
    for number, head in enumerate(heads):
        lines = wrapped(head, STEP - 12, SMALL, 3)
        for line, text in enumerate(lines):
            full = head if " ".join(lines) != head else ""
            marks.append(Words(NAME + STEP * number + 6, HEAD - 10 - 14 * (len(lines) - 1 - line), text, SMALL, bold=True, title=full))
    for number, row in enumerate(shown):
        marks += _row(row, heads, HEAD + ROW * number, width)
    foot = HEAD + ROW * len(shown)
    if len(rows) > len(shown):
        marks.append(label((4, foot + 19), words.usual.others.format(count=len(rows) - len(shown)), width - 8))
        foot += ROW
    marks.append(Stroke(((0, foot), (width, foot)), "line"))
    drawn, high = legend((4, foot + 12), words.keys, width)
    return Picture(width, foot + high + 16, words.usual.title, words.usual.summary, (*marks, *drawn))


def _row(row: RatedRow, heads: Sequence[str], y: float, width: float) -> list[Mark]:
    marks: list[Mark] = [Stroke(((0, y), (width, y)), "line")]
    marks.append(label((4, y + 14), row.name, NAME - 12))
    marks.append(label((4, y + 28), row.below, NAME - 12, size=SMALL))
    for number, (head, cell) in enumerate(zip(heads, row.cells, strict=False)):
        left = NAME + STEP * number + 6
        marks.append(Box(left, y + ROW - 11, STEP - 12, 6, cell.tone, f"{row.name}: {head}, {cell.text}", cell.tone in ("gap", "unknown")))
        marks.append(Words(left, y + 16, fitted(cell.text + (" ≠" if cell.torn else ""), STEP - 12, SMALL), SMALL))
    return marks
