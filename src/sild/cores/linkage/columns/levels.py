"""Comparisons of two rows in one column, each with a short list of levels. Levels are found for distinct pairs of values and gathered.

Level 0 is "unknown" (a row says nothing there), 1 "equal"; then one level for each bar, nearest first; the last is "other".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cpdist

from sild.cores.linkage.columns.blocking import Rows, shared
from sild.cores.linkage.columns.table import BadTable, Column, Table

Measure = Literal["exact", "jaro-winkler", "levenshtein", "apart", "ratio", "overlap"]
UNKNOWN_LEVEL, EQUAL = 0, 1
LONGEST = 256  # letters of a text that are compared for likeness: the work of a pair grows with the product of their lengths
SQUARE = 2**24  # values squared up to which the level of every pair of values is kept once found (a byte each)

OF_KIND: dict[Measure, frozenset[str]] = {
    "exact": frozenset({"text", "number", "set"}),
    "jaro-winkler": frozenset({"text"}),
    "levenshtein": frozenset({"text"}),
    "apart": frozenset({"number"}),
    "ratio": frozenset({"number"}),
    "overlap": frozenset({"set"}),
}
RISING = frozenset({"jaro-winkler", "overlap"})  # more is nearer; of the others less is

Levels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one column is compared.

    `measure` and `bars`, nearest first: `jaro-winkler` similarity of at least (0.92, 0.8), `levenshtein` at most (1, 2) edits, numbers
    `apart` by at most (1, 30) units, a `ratio` by which numbers differ, as a share of the greater, of at most (0.15,), `overlap` of at
    least (2, 1) members. `exact` has no bars. With `frequency` an equal rare value says more than an equal common one. Of a long text the
    first 256 letters are compared for likeness; equal means equal throughout.
    Raises BadTable for bars that are out of order.
    """

    name: str
    column: str
    measure: Measure = "exact"
    bars: tuple[float, ...] = ()
    frequency: bool = False

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.bars, reverse=self.measure in RISING))
        if self.bars != ordered or len(set(self.bars)) != len(self.bars):
            raise BadTable(f"comparison {self.name}: bars {self.bars} must run from the nearest to the farthest: {ordered}")
        if (self.measure == "exact") == bool(self.bars):
            raise BadTable(f"comparison {self.name}: {self.measure} takes {'no bars' if self.measure == 'exact' else 'at least one bar'}")
        if len(self.bars) > 200:
            raise BadTable(f"comparison {self.name}: {len(self.bars)} bars; 200 at most")

    @property
    def count(self) -> int:
        """How many levels there are, unknown included."""
        return len(self.bars) + 3

    def level_name(self, level: int) -> str:
        """What a level is called: unknown, equal, the bar it reaches, other."""
        if level in (UNKNOWN_LEVEL, EQUAL):
            return ("unknown", "equal")[level]
        sign = ">=" if self.measure in RISING else "<="
        return "other" if level == self.count - 1 else f"{self.measure} {sign} {self.bars[level - 2]:g}"


class Leveller:
    """Finds the levels of one comparison over the rows of one table, and remembers what it found where there is room."""

    def __init__(self, table: Table, comparison: Comparison) -> None:
        self.comparison = comparison
        self.column: Column = table.column(comparison.column)
        if self.column.kind not in OF_KIND[comparison.measure]:
            raise BadTable(
                f"comparison {comparison.name}: {comparison.measure} cannot compare {self.column.kind} column {comparison.column!r}"
            )
        self._width = len(self.column.values)
        self._words = self.column.values
        if self.dear and any(len(word) > LONGEST for word in self._words):
            self._words = np.array([word[:LONGEST] for word in self._words], dtype=object)
        remembers = self.dear and self._width**2 <= SQUARE
        self._known: Levels | None = np.zeros(self._width**2, dtype=np.uint8) if remembers else None

    @property
    def dear(self) -> bool:
        """Whether a pair of values costs much more than looking it up: measures of words."""
        return self.comparison.measure in ("jaro-winkler", "levenshtein")

    def levels(self, left: Rows, right: Rows) -> Levels:
        """The level of each pair of rows; the same whichever row comes first."""
        one, other = self.column.codes[left], self.column.codes[right]
        found = np.full(len(left), self.comparison.count - 1, dtype=np.uint8)
        found[one == other] = EQUAL
        found[(one < 0) | (other < 0)] = UNKNOWN_LEVEL
        if self.comparison.bars:
            at = np.flatnonzero(found > EQUAL)
            if len(at):
                found[at] = self._near(left[at], right[at], one[at], other[at])
        return found

    def _near(self, left: Rows, right: Rows, one: Rows, other: Rows) -> Levels:
        """The levels of pairs that are known and not equal."""
        if self.comparison.measure == "overlap":
            return self._banded(shared(self.column, left, right)[0])
        if not self.dear:
            return self._banded(self._distance(self.column.values[one], self.column.values[other]))
        keys = np.minimum(one, other).astype(np.int64) * self._width + np.maximum(one, other)
        if self._known is None:
            distinct, inverse = np.unique(keys, return_inverse=True)
            levels: Levels = self._of_values(distinct)[inverse]
            return levels
        missing = keys[self._known[keys] == 0]
        if len(missing):
            distinct = np.unique(missing)
            self._known[distinct] = self._of_values(distinct)
        return self._known[keys]

    def _of_values(self, keys: NDArray[np.int64]) -> Levels:
        """The levels of distinct pairs of words."""
        words = self._words
        one, other = words[keys // self._width], words[keys % self._width]
        farthest = self.comparison.bars[-1]
        if self.comparison.measure == "jaro-winkler":
            return self._banded(cpdist(one, other, scorer=JaroWinkler.similarity, score_cutoff=farthest - 1e-9, dtype=np.float64))
        return self._banded(cpdist(one, other, scorer=Levenshtein.distance, score_cutoff=int(farthest), dtype=np.int32))

    def _distance(self, one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.float64]:
        apart: NDArray[np.float64] = np.abs(one - other)
        if self.comparison.measure == "ratio":
            apart /= np.maximum(np.abs(one), np.abs(other))
        return apart

    def _banded(self, measured: NDArray[Any]) -> Levels:
        """The first bar that each measurement reaches; values on a bar, to a billionth, reach it."""
        level = np.full(len(measured), self.comparison.count - 1, dtype=np.uint8)
        for place in reversed(range(len(self.comparison.bars))):
            bar = self.comparison.bars[place]
            reaches = measured >= bar - 1e-9 if self.comparison.measure in RISING else measured <= bar + 1e-9
            level[reaches] = place + 2
        return level
