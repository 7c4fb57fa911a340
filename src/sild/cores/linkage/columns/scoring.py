"""Scores of pairs by a model: whole, above a floor with cheap comparisons first, or told part by part."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sild.cores.linkage.columns.blocking import Rows, first_rule
from sild.cores.linkage.columns.levels import EQUAL, Leveller, Levels
from sild.cores.linkage.columns.model import Floats, Ints, Model, Plan, rarity
from sild.cores.linkage.columns.table import BadTable, Table


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score: a comparison, its level, and its weight; the weight of an equal value includes what its rarity adds."""

    comparison: str
    level: str
    bits: float


def patterns(levellers: Sequence[Leveller], plan: Plan, left: Rows, right: Rows) -> Ints:
    """In which way all comparisons of each pair came out, as one number."""
    found = np.zeros(len(left), dtype=np.int64)
    for leveller, stride in zip(levellers, plan.strides, strict=True):
        found += leveller.levels(left, right).astype(np.int64) * stride
    return found


class Scorer:
    """Scores pairs of rows of one table by one model. Deterministic, elementwise: a pair's score does not depend on the pairs beside it."""

    def __init__(self, table: Table, model: Model) -> None:
        self.model, self.plan = model, model.plan
        self._table = table
        self._levellers = [Leveller(table, comparison) for comparison in self.plan.comparisons]
        self._rare = {
            place: rarity(table.column(one.column), model.equal[one.name])
            for place, one in enumerate(self.plan.comparisons)
            if one.frequency
        }
        self._rarest = {place: float(adds.max(initial=0.0)) for place, adds in self._rare.items()}
        self._scores = [model.scores(place) for place in range(len(model.strata))]
        self._order = sorted(range(len(self._levellers)), key=lambda place: (self._levellers[place].dear, place))

    def bits(self, rule: int, left: Rows, right: Rows) -> Floats:
        """The score of each pair, pairs that the rule at this place is the first to find."""
        rare = np.zeros(len(left))
        pattern = np.zeros(len(left), dtype=np.int64)
        for place in self._order:
            self._compare(place, left, right, pattern, rare)
        total: Floats = self._scores[rule][pattern] + rare
        return total

    def above(self, rule: int, floor: float, left: Rows, right: Rows) -> tuple[Rows, Rows, Floats]:
        """The pairs that score at least `floor`, with their scores: cheap comparisons first, and none that could no longer matter.

        A pair is dropped only where even the best level of all that was not yet compared leaves it below the floor.
        """
        weights = self.model.weights(rule)
        ahead = self._ahead(weights)
        rare = np.zeros(len(left))
        pattern = np.zeros(len(left), dtype=np.int64)
        sure = np.full(len(left), self.model.strata[rule].prior_bits)  # for the bound alone; the score is looked up
        for step, place in enumerate(self._order):
            level = self._compare(place, left, right, pattern, rare)
            sure += weights[place][level]
            if self._worth_dropping(step):
                kept = sure + rare + ahead[step] >= floor - 1e-6
                if not kept.all():
                    left, right, pattern, rare, sure = left[kept], right[kept], pattern[kept], rare[kept], sure[kept]
        total = self._scores[rule][pattern] + rare
        kept = total >= floor
        return left[kept], right[kept], total[kept]

    def explain(self, one: str, other: str) -> tuple[Reason, ...]:
        """Why two rows score as they do: the prior and each comparison; the bits sum to the score.

        Raises BadTable for an id that the table lacks, and for two rows that no rule brings together.
        """
        left, right = (np.array([self._row(name)], dtype=np.int32) for name in sorted((one, other)))
        rule = int(first_rule(self._table, self.plan.rules, left, right)[0])
        if rule < 0:
            raise BadTable(f"rows {one} and {other} agree in no rule and are not compared: add a rule, or ask of another pair")
        stratum = self.model.strata[rule]
        told = [Reason("prior", f"found by {' + '.join(stratum.rule)}", stratum.prior_bits)]
        for place, (comparison, bits) in enumerate(zip(self.plan.comparisons, self.model.weights(rule), strict=True)):
            rare = np.zeros(1)
            level = int(self._compare(place, left, right, np.zeros(1, dtype=np.int64), rare)[0])
            told.append(Reason(comparison.name, comparison.level_name(level), float(bits[level] + rare[0])))
        return tuple(told)

    def _row(self, name: str) -> int:
        row = bisect_left(self._table.ids, name)
        if row == len(self._table) or self._table.ids[row] != name:
            raise BadTable(f"there is no row {name}: name two rows of the table")
        return row

    def _compare(self, place: int, left: Rows, right: Rows, pattern: Ints, rare: Floats) -> Levels:
        """Compare in one column; adds to the patterns and to what rare equal values weigh."""
        level = self._levellers[place].levels(left, right)
        pattern += level.astype(np.int64) * self.plan.strides[place]
        if place in self._rare:
            at = np.flatnonzero(level == EQUAL)
            rare[at] += self._rare[place][self._levellers[place].column.codes[left[at]]]
        return level

    def _worth_dropping(self, step: int) -> bool:
        """Right before each dear comparison; between cheap ones dropping costs what it saves."""
        return step + 1 < len(self._order) and self._levellers[self._order[step + 1]].dear

    def _ahead(self, weights: Sequence[Floats]) -> list[float]:
        """After each step, the most that the comparisons still to come can add."""
        most = [max(float(weights[place].max()), float(weights[place][EQUAL]) + self._rarest.get(place, 0.0), 0.0) for place in self._order]
        return [sum(most[step + 1 :]) for step in range(len(most))]
