"""What is compared, by which rules, and what each level weighs: a plan, and the model that was estimated for it.

The score of a pair is the sum of its parts, in bits: the prior of the rule that found it, and for each comparison log2(m / u) of its
level, m being how often the level comes up among that rule's pairs of one need and u how often among its other pairs (Fellegi and
Sunter). Unknown weighs nothing, and neither does agreement in the rule's own columns; only how rare the equal value is counts there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sild.cores.linkage.columns.blocking import Rule
from sild.cores.linkage.columns.levels import Comparison
from sild.cores.linkage.columns.table import UNKNOWN, BadTable, Column

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_PATTERNS = 2**24  # ways to come out, all comparisons together; a table of scores is kept for each rule


@dataclass(frozen=True, slots=True)
class Plan:
    """What to compare and by which rules to find pairs. `across` names a column in which the rows of a pair must differ."""

    comparisons: tuple[Comparison, ...]
    rules: tuple[Rule, ...]
    across: str | None = None

    def __post_init__(self) -> None:
        names = [comparison.name for comparison in self.comparisons]
        if len(set(names)) != len(names):
            raise BadTable("two comparisons have one name: name each by what it compares")
        if not names or not self.rules:
            raise BadTable("a plan needs at least one comparison and one rule")
        if np.prod([float(comparison.count) for comparison in self.comparisons]) > MOST_PATTERNS:
            raise BadTable("the comparisons can come out in too many ways together: give some of them fewer bars")

    @property
    def strides(self) -> tuple[int, ...]:
        """What each comparison's level counts in a pattern; a pattern numbers one way in which all comparisons came out."""
        found, stride = [], 1
        for comparison in self.comparisons:
            found.append(stride)
            stride *= comparison.count
        return tuple(found)

    @property
    def patterns(self) -> int:
        """How many patterns there are."""
        return self.strides[-1] * self.comparisons[-1].count

    def levels_of(self, patterns: Ints) -> list[Ints]:
        """The level of each comparison in each pattern."""
        return [patterns // stride % one.count for stride, one in zip(self.strides, self.comparisons, strict=True)]


@dataclass(frozen=True, slots=True)
class Estimate:
    """The shares of the levels of one comparison among pairs that one rule finds: of one need (`same`, m) and others (`other`, u).

    Level 0, unknown, is left at 1, and so are all levels where the rule joins on the column.
    """

    same: tuple[float, ...]
    other: tuple[float, ...]

    @property
    def bits(self) -> tuple[float, ...]:
        """The weight of each level."""
        return tuple(float(np.log2(m / u)) for m, u in zip(self.same, self.other, strict=True))


@dataclass(frozen=True, slots=True)
class Stratum:
    """What was learned of the pairs that one rule is the first to find: the share of one need, and an estimate for each comparison.

    `drawn` pairs were looked at.
    """

    rule: Rule
    prior: float
    estimates: Mapping[str, Estimate]
    drawn: int

    @property
    def prior_bits(self) -> float:
        """The prior as log2 odds."""
        return float(np.log2(self.prior / (1.0 - self.prior)))


@dataclass(frozen=True, slots=True)
class Model:
    """Weights for a plan, a stratum for each rule. `equal`: for comparisons with frequency, the share of equal values among all rows."""

    plan: Plan
    strata: tuple[Stratum, ...]
    equal: Mapping[str, float]
    seed: int = 0

    def weights(self, place: int) -> list[Floats]:
        """The bits of the levels of each comparison for pairs of one rule, in the plan's order."""
        return [np.array(self.strata[place].estimates[one.name].bits) for one in self.plan.comparisons]

    def scores(self, place: int) -> Floats:
        """The score of every pattern for pairs of one rule, the prior included, rarity left out."""
        total = np.full(1, self.strata[place].prior_bits)
        for bits in self.weights(place):
            total = (bits[:, None] + total[None, :]).reshape(-1)
        return total


def rarity(column: Column, equal: float) -> Floats:
    """What an equal value adds by being rarer, or takes away by being commoner, than equal values are on the whole: bits for each value."""
    counts = np.bincount(column.codes[column.codes > UNKNOWN], minlength=len(column.values)).astype(np.float64)
    share = np.maximum(counts, 1.0) / max(1.0, float(counts.sum()))
    adds: Floats = np.log2(equal) - np.log2(share)
    return adds
