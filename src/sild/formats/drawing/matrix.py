"""Need by supply: a row for each need or category in one unit, a column for each giver, then what is asked and what is missing.

Units do not add: what is folded together is folded by unit, and there are no sums down a column.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sild.formats.drawing.layout import SMALL, USUAL, fitted, label, legend, wrapped
from sild.formats.drawing.shapes import Box, Mark, Picture, Stroke, Tone, Wording, Words

MOST_ROWS, MOST_COLUMNS, MOST_UNITS = 30, 8, 6
NAME, STEP, ROW, HEAD = 260.0, 80.0, 38.0, 62.0
OWN = 2
"""Columns of the row itself, before those of the givers: what is asked, and what is missing."""
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """What is asked in one unit (None: nobody knows) and what each giver gives of it. `count` needs stand in it; `unsure`: of so many
    of them nobody knows how much, so that more may be missing than is told. `short` is what is missing in all where the row sums several
    needs: what one has too much of helps no other."""

    name: str
    unit: str
    asked: Decimal | None
    given: Mapping[str, Decimal]
    count: int = 1
    unsure: int = 0
    link: str = ""
    short: Decimal | None = None

    @property
    def covered(self) -> Decimal:
        """What is given by all."""
        return sum(self.given.values(), NOTHING)

    @property
    def gap(self) -> Decimal | None:
        """What is missing; None where nobody knows how much is asked."""
        if self.asked is None:
            return None
        return max(self.asked - self.covered, NOTHING) if self.short is None else self.short


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Rows and columns as they are shown. `mixed` are rows of further units: (name, how many), no sum is told of them."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    mixed: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixWords:
    """Words of the matrix: headings, and `other_units` with {count} for what is in still other units."""

    usual: Wording
    asked: str
    covered: str
    gap: str
    unknown: str
    given: str
    other_units: str


def folded(rows: Sequence[MatrixRow], words: MatrixWords) -> Matrix:
    """The rows in their order, the first MOST_ROWS whole and the rest summed by unit; the largest givers whole and the rest summed.

    Givers are ranked by the rows that they serve, then by name: quantities of different units cannot be ranked.
    """
    served: dict[str, int] = defaultdict(int)
    for row in rows:
        for giver, amount in row.given.items():
            served[giver] += amount > 0
    ranked = sorted((giver for giver in served if served[giver]), key=lambda giver: (-served[giver], giver))
    kept = ranked if len(ranked) <= MOST_COLUMNS + 1 else ranked[:MOST_COLUMNS]
    rest = words.usual.others.format(count=len(ranked) - len(kept)) if len(kept) < len(ranked) else ""
    while rest in kept:
        rest += " "
    shown = list(rows) if len(rows) <= MOST_ROWS + 1 else [*rows[:MOST_ROWS], *_by_unit(rows[MOST_ROWS:], words)]
    mixed = () if len(rows) <= MOST_ROWS + 1 else _mixed(rows[MOST_ROWS:], words)
    columns = (*kept, rest) if rest else tuple(kept)
    return Matrix(columns=columns, rows=tuple(_narrowed(row, frozenset(kept), rest) for row in shown), mixed=mixed)


def _narrowed(row: MatrixRow, kept: frozenset[str], rest: str) -> MatrixRow:
    given = {giver: amount for giver, amount in row.given.items() if giver in kept and amount}
    if rest:
        given[rest] = sum((amount for giver, amount in row.given.items() if giver not in kept), NOTHING)
    return replace(row, given=given)


def _units(rows: Sequence[MatrixRow]) -> dict[str, list[MatrixRow]]:
    by_unit: dict[str, list[MatrixRow]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit].append(row)
    return dict(sorted(by_unit.items(), key=lambda held: (-len(held[1]), held[0])))


def _by_unit(rows: Sequence[MatrixRow], words: MatrixWords) -> list[MatrixRow]:
    return [_summed(held, unit, words) for unit, held in list(_units(rows).items())[:MOST_UNITS]]


def _mixed(rows: Sequence[MatrixRow], words: MatrixWords) -> tuple[tuple[str, int], ...]:
    count = sum(row.count for held in list(_units(rows).values())[MOST_UNITS:] for row in held)
    return ((words.other_units.format(count=count), count),) if count else ()


def _summed(held: Sequence[MatrixRow], unit: str, words: MatrixWords) -> MatrixRow:
    if len(held) == 1:
        return held[0]
    given: dict[str, Decimal] = defaultdict(Decimal)
    for row in held:
        for giver, amount in row.given.items():
            given[giver] += amount
    known = [row.asked for row in held if row.asked is not None]
    unsure = sum(row.unsure or row.asked is None for row in held)
    count = sum(row.count for row in held)
    return MatrixRow(
        name=words.usual.others.format(count=len(held)),
        unit=unit,
        asked=sum(known, NOTHING) if known else None,
        given=given,
        count=count,
        unsure=unsure,
        short=sum((row.gap or NOTHING for row in held), NOTHING) if known else None,
    )


def matrix_picture(matrix: Matrix, words: MatrixWords) -> Picture | None:
    """The matrix drawn; None where it has no rows."""
    if not matrix.rows:
        return None
    heads = (words.asked, words.gap, *matrix.columns)
    width = NAME + STEP * len(heads) + 12
    marks: list[Mark] = []
    for number, head in enumerate(heads):
        lines = wrapped(head, STEP - 10, SMALL, 3)
        for line, text in enumerate(lines):
            y = HEAD - 10 - 14 * (len(lines) - 1 - line)
            full = head if " ".join(lines) != head else ""
            marks.append(Words(NAME + STEP * (number + 1) - 6, y, text, SMALL, "end", number < OWN, "ink", full))
    for number, row in enumerate(matrix.rows):
        marks += _row(row, matrix.columns, HEAD + ROW * number, words)
    foot = HEAD + ROW * len(matrix.rows)
    for name, _count in matrix.mixed:
        marks.append(label((4, foot + 19), name, width - 8))
        foot += ROW
    marks.append(Stroke(((0, foot), (width, foot)), "line"))
    keys: list[tuple[Tone, bool, str]] = [("good", False, words.given), ("gap", True, words.gap), ("unknown", True, words.unknown)]
    drawn, high = legend((4, foot + 12), keys, width)
    return Picture(width, foot + high + 16, words.usual.title, words.usual.summary, (*marks, *drawn))


def _row(row: MatrixRow, columns: Sequence[str], y: float, words: MatrixWords) -> list[Mark]:
    """The name with its unit below it, what is asked, what is missing, then what each giver gives."""
    told = words.usual.number
    marks: list[Mark] = [Stroke(((0, y), (NAME + STEP * (len(columns) + OWN) + 12, y)), "line")]
    marks.append(label((4, y + 16), row.name, NAME - 12))
    marks.append(label((4, y + 31), row.unit, NAME - 12, size=SMALL))
    asked = words.unknown if row.asked is None else told(row.asked) + (" +?" if row.unsure else "")
    marks.append(Words(NAME + STEP - 6, y + 17, fitted(asked, STEP, USUAL), USUAL, "end"))
    marks += _gap(row, NAME + STEP, y, words)
    whole = max(row.asked or NOTHING, row.covered)
    for number, column in enumerate(columns):
        amount, left = row.given.get(column, NOTHING), NAME + STEP * (number + OWN)
        if amount > 0:
            part = max(float(amount / whole) * (STEP - 12), 2.0)
            marks.append(Box(left + 6, y + ROW - 13, part, 7, "good", f"{row.name}: {column}, {told(amount)} {row.unit}"))
            marks.append(Words(left + STEP - 6, y + 17, told(amount), USUAL, "end"))
        else:
            marks.append(Words(left + STEP - 6, y + 17, "·", USUAL, "end", tone="muted"))
    return marks


def _gap(row: MatrixRow, left: float, y: float, words: MatrixWords) -> list[Mark]:
    told = words.usual.number
    if row.gap is None:
        box = Box(left + 6, y + ROW - 13, STEP - 12, 7, "unknown", f"{row.name}: {words.unknown}", True)
        return [box, Words(left + STEP - 6, y + 17, "?", USUAL, "end", True)]
    if row.gap == 0:
        return [Words(left + STEP - 6, y + 17, "0 ?" if row.unsure else "0 ✓", USUAL, "end")]
    part = max(float(row.gap / (row.asked or row.gap)) * (STEP - 12), 3.0)
    said = told(row.gap) + (" +?" if row.unsure else "")
    box = Box(left + 6, y + ROW - 13, part, 7, "gap", f"{row.name}: {words.gap} {said} {row.unit}", True)
    return [box, Words(left + STEP - 6, y + 17, fitted(said, STEP, USUAL), USUAL, "end", True)]
