"""Weights from the data alone, by expectation and maximisation over candidate pairs, with stated priors; no pair has to be judged.

Each rule has its own share of pairs of one need and its own m and u: pairs of a rule agree in its columns whether or not they are of
one need, and in what goes along with these (a body with its place). So u starts at the shares among pairs drawn at random and moves to
those among the rule's own pairs. What a rule has too few pairs to tell it takes from the other rules, and they from the random pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sild.cores.linkage.columns.blocking import Part, Rule, count, pieces_of
from sild.cores.linkage.columns.levels import UNKNOWN_LEVEL, Comparison, Leveller
from sild.cores.linkage.columns.model import Estimate, Floats, Ints, Model, Plan, Stratum
from sild.cores.linkage.columns.scoring import patterns
from sild.cores.linkage.columns.table import Table

ROUNDS = 300  # of expectation and maximisation; they end sooner, when no rule's share of pairs of one need moves by more than
SETTLED = 1e-5
EQUAL_SHARE = 0.8  # prior: four of five pairs of one need say the same in a column; what is left halves from bar to bar
PRIOR_WEIGHT = 20.0  # pairs that the stated prior of m, and the random pairs of u, count as among all rules
SAME_WEIGHT, OTHER_WEIGHT = 20.0, 200.0  # pairs that what all rules together say of m, and of u, counts as in each rule
LEAST = 0.5  # pairs that a level which never came up counts as
FIRST_SHARE = 0.1  # of the candidates that are taken for one need before the first round
PARTS = 64  # partitions into which the keys of a long register are cut for drawing


@dataclass(frozen=True, slots=True)
class Drawing:
    """How many pairs are looked at: at least so many of each rule (whole hash partitions, as the seed orders them), and at random."""

    pairs_a_rule: int = 250_000
    random_pairs: int = 250_000
    seed: int = 0


@dataclass(frozen=True, slots=True)
class _Seen:
    """The pairs of one rule that were looked at, as distinct patterns: the levels of each comparison, and the number of pairs."""

    rule: Rule
    levels: list[Ints]
    number: Floats


def prior_shares(comparison: Comparison) -> Floats:
    """How often each level is expected among pairs of one need before any is seen; unknown takes no part."""
    bands = 0.5 ** np.arange(comparison.count - 2)
    return np.concatenate(([0.0, EQUAL_SHARE], (1.0 - EQUAL_SHARE) * bands / bands.sum()))


def estimate(table: Table, plan: Plan, drawing: Drawing | None = None) -> Model:
    """The model of a plan for a table. The same rows in any order, plan and drawing give the same model, to the last digit."""
    drawn = drawing or Drawing()
    levellers = [Leveller(table, comparison) for comparison in plan.comparisons]
    seen = [_drawn(table, plan, levellers, place, drawn) for place in range(len(plan.rules))]
    fit = _Fit(plan, seen, _at_random(table, plan, levellers, drawn))
    fit.settle()
    equal = {one.comparison.name: _equal_share(table, plan, one) for one in levellers if one.comparison.frequency}
    return Model(plan, fit.strata(), equal, drawn.seed)


def _drawn(table: Table, plan: Plan, levellers: list[Leveller], place: int, drawn: Drawing) -> _Seen:
    """The pairs of one rule that are looked at."""
    of = PARTS if count(table, plan.rules[place]) > 2 * drawn.pairs_a_rule else 1
    number = np.zeros(plan.patterns, dtype=np.int64)
    for part in np.random.default_rng([drawn.seed, place]).permutation(of).tolist():
        for left, right in pieces_of(table, plan.rules, place, Part(part, of), plan.across):
            number += np.bincount(patterns(levellers, plan, left, right), minlength=plan.patterns)
        if int(number.sum()) >= drawn.pairs_a_rule:
            break
    found = np.flatnonzero(number)
    return _Seen(plan.rules[place], plan.levels_of(found), number[found].astype(np.float64))


def _at_random(table: Table, plan: Plan, levellers: list[Leveller], drawn: Drawing) -> list[Floats]:
    """The shares of the levels of each comparison among pairs drawn at random; among all pairs, where those are fewer."""
    size = len(table)
    if size * (size - 1) // 2 <= drawn.random_pairs:
        rows = np.array(np.triu_indices(size, k=1))
    else:
        rows = np.random.default_rng(drawn.seed).integers(0, size, size=(2, drawn.random_pairs))
    kept = rows[0] != rows[1]
    if plan.across is not None:
        sources = table.column(plan.across).codes
        kept &= sources[rows[0]] != sources[rows[1]]
    left, right = rows[:, kept].astype(np.int32)
    counted = [np.bincount(one.levels(left, right), minlength=one.comparison.count).astype(np.float64) for one in levellers]
    return [_shares(number + LEAST) for number in counted]


class _Fit:
    """Expectation and maximisation for all rules together. m starts at its stated prior, u at the shares of random pairs.

    In each round a rule's m and u have Dirichlet priors at what all rules together say; and that has its own, at where m and u started,
    so that those that agree start, and stay, the pairs of one need.
    """

    def __init__(self, plan: Plan, seen: list[_Seen], at_random: list[Floats]) -> None:
        self._plan, self._seen = plan, seen
        self._comparisons = list(enumerate(plan.comparisons))
        self._same = [[_shares(prior_shares(one)) for one in plan.comparisons] for _ in seen]
        self._other = [list(at_random) for _ in seen]
        self._at_random = at_random
        self._prior = [FIRST_SHARE for _ in seen]

    def settle(self) -> None:
        """Rounds until nothing moves."""
        for _ in range(ROUNDS):
            last = list(self._prior)
            of_one_need = [self._expected(stratum) for stratum in range(len(self._seen))]
            apart = [one.number - same for one, same in zip(self._seen, of_one_need, strict=True)]
            for place, comparison in self._comparisons:
                self._maximise(self._same, place, self._counted(place, of_one_need), prior_shares(comparison), SAME_WEIGHT)
                self._maximise(self._other, place, self._counted(place, apart), self._at_random[place], OTHER_WEIGHT)
            self._prior = [float((same.sum() + 1.0) / (one.number.sum() + 2.0)) for one, same in zip(self._seen, of_one_need, strict=True)]
            if max(abs(now - before) for now, before in zip(self._prior, last, strict=True)) < SETTLED:
                break

    def strata(self) -> tuple[Stratum, ...]:
        """What was found for each rule."""
        made = []
        for stratum, seen in enumerate(self._seen):
            estimates = {}
            for place, comparison in self._comparisons:
                even = (1.0,) * comparison.count
                same, other = tuple(self._same[stratum][place].tolist()), tuple(self._other[stratum][place].tolist())
                estimates[comparison.name] = Estimate(same, other) if self._free(seen, place) else Estimate(even, even)
            made.append(Stratum(seen.rule, self._prior[stratum], estimates, int(seen.number.sum())))
        return tuple(made)

    def _free(self, seen: _Seen, place: int) -> bool:
        return self._plan.comparisons[place].column not in seen.rule

    def _expected(self, stratum: int) -> Floats:
        """Of each pattern of a rule, how many pairs are expected to be of one need."""
        seen, prior = self._seen[stratum], self._prior[stratum]
        odds = np.full(len(seen.number), np.log(prior / (1.0 - prior)))
        for place, _ in self._comparisons:
            if self._free(seen, place):
                odds += (np.log(self._same[stratum][place]) - np.log(self._other[stratum][place]))[seen.levels[place]]
        expected: Floats = seen.number / (1.0 + np.exp(-np.clip(odds, -500.0, 500.0)))
        return expected

    def _counted(self, place: int, weights: list[Floats]) -> list[Floats]:
        """How often each level of a comparison comes up in each rule, by given weights of its patterns."""
        size = self._plan.comparisons[place].count
        counted = [np.bincount(one.levels[place], weights=weight, minlength=size) for one, weight in zip(self._seen, weights, strict=True)]
        return [number.astype(np.float64) for number in counted]

    def _maximise(self, shares: list[list[Floats]], place: int, numbers: list[Floats], stated: Floats, weight: float) -> None:
        free = [number for number, seen in zip(numbers, self._seen, strict=True) if self._free(seen, place)]
        together = _shares(sum(free, start=PRIOR_WEIGHT * stated))
        together[UNKNOWN_LEVEL] = 0.0
        for stratum, number in enumerate(numbers):
            shares[stratum][place] = _shares(number + weight * together)


def _shares(number: Floats) -> Floats:
    """Numbers as shares of those that are known; unknown is 1, so that it weighs nothing."""
    shares: Floats = number / number[UNKNOWN_LEVEL + 1 :].sum()
    shares[UNKNOWN_LEVEL] = 1.0
    return shares


def _equal_share(table: Table, plan: Plan, leveller: Leveller) -> float:
    """The share of equal values among all pairs of rows that both say something; pairs of one source left out where the plan does."""
    codes = leveller.column.codes
    known = codes >= 0
    told = codes[known].astype(np.int64)
    pairs, equal = len(told) * (len(told) - 1) / 2, _paired(told)
    if plan.across is not None:
        sources = table.column(plan.across).codes[known].astype(np.int64)
        pairs -= _paired(sources)
        equal -= _paired(sources * (int(told.max(initial=0)) + 1) + told)
    return float(max(equal, LEAST) / max(pairs, 1.0))


def _paired(keys: NDArray[np.int64]) -> float:
    """How many pairs of entries are equal."""
    sizes = np.unique(keys, return_counts=True)[1].astype(np.float64)
    return float((sizes * (sizes - 1.0) / 2.0).sum())
