"""The study: every question posed over the same placements, so that what several questions find together is counted once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sild.cores.influence.answer import Above, Before, Effect, Finding, Influence, Interval, LeftOut, PowerPoint, Row
from sild.cores.influence.method.expectation import Expectation
from sild.cores.influence.method.placement import Axes, Group, windows
from sild.cores.influence.method.posing import Posed, owners, posed
from sild.cores.influence.method.strength import RATIOS, found
from sild.cores.influence.method.testing import ROOM, every_two_sided, inverted, laid, surprise, tails
from sild.cores.influence.problem import Design, InfluenceProblem
from sild.cores.influence.ruling import carrier, ruled

Numbers = NDArray[np.float64]
LEFT_OUT = 12  # of the statements that weigh most, the test is repeated without each
CERTAIN = 0.995  # power from which larger effects are not tried
PLACES, TRIALS = 1, 2  # which stream of chance


def study(problem: InfluenceProblem) -> Influence:
    """All findings of a problem, the same for the same seed."""
    design, calendar = problem.design, problem.calendar
    axes = Axes(calendar, problem.span, design.stratum_days)
    expectation = Expectation(calendar, design.hole_days, design.reach_days)
    shifts = axes.shifts(design.permutations + 1, np.random.default_rng([design.seed, PLACES]))
    trials = axes.shifts(design.power_trials + 1, np.random.default_rng([design.seed, TRIALS]))[1:]
    asked = [_Asked(posed(problem, question, axes, expectation), axes, expectation, shifts) for question in problem.questions]
    able = [one for one in asked if not one.posed.missing]
    least = np.min([one.each_p for one in able], axis=0) if able else np.ones(1)
    threshold = _threshold(least, design.alpha)
    return Influence(
        findings=tuple(_finding(problem, one, least, threshold, trials) for one in asked),
        threshold=threshold,
        observed_days=sum(calendar.observed()),
        incidents=sum(one.count for one in problem.incidents),
        seed=design.seed,
    )


def _threshold(least: Numbers, alpha: float) -> float:
    """The largest p that at most a share `alpha` of all placements undercuts with the best of its questions."""
    ordered = np.unique(least)
    shares = np.searchsorted(np.sort(least), ordered, side="right") / len(least)
    good = ordered[shares <= alpha]
    return float(good[-1]) if len(good) else 0.0


class _Asked:
    """A posed question with its windows over all placements."""

    def __init__(self, question: Posed, axes: Axes, expectation: Expectation, shifts: Numbers) -> None:
        self.posed, self.axes, self.expectation, self.shifts = question, axes, expectation, shifts
        if question.missing:
            return
        window = question.question.window
        self.far = laid(surprise(expectation, question.series))
        self.inside = self.windows((window.first, window.last))
        self.sums = self.inside @ self.far
        self.each_p = every_two_sided(self.sums)

    def windows(self, window: tuple[int, int]) -> csr_array:
        """Which days lie in a window about the statements, in each placement."""
        return windows(self.axes, list(self.posed.groups), self.shifts, window)

    def ahead(self, window: tuple[int, int]) -> csr_array:
        """The same for days before the statements, without those that follow another."""
        days = self.windows(window)
        return csr_array(days - days.multiply(self.inside))


def _finding(problem: InfluenceProblem, asked: _Asked, least: Numbers, threshold: float, trials: Numbers) -> Finding:
    told = asked.posed
    bare = Finding(
        question=told.question.id,
        verdict=ruled(problem.design, told.missing, None, None),
        rows=told.rows,
        set_aside=told.set_aside,
        missing=told.missing,
    )
    if told.missing:
        return bare
    effect = _effect(problem, asked, least, threshold)
    power = tuple(_power(problem.design, asked, effect, threshold, trials))
    stated = next((point.power for point in power if point.ratio == problem.design.stated_ratio), power[-1].power)
    return replace(
        bare,
        verdict=ruled(problem.design, (), effect, stated),
        effect=effect,
        power=power,
        power_at_stated=stated,
        smallest_seen=next((point for point in power if point.power >= problem.design.wanted_power), None),
    )


def _effect(problem: InfluenceProblem, asked: _Asked, least: Numbers, threshold: float) -> Effect:
    told, design = asked.posed, problem.design
    incidents, expected = sum(row.incidents for row in told.rows), sum(row.expected for row in told.rows)
    own = tails(asked.sums)
    ends = inverted(asked.expectation, told.series, asked.inside, design.alpha)
    left = tuple(_left_out(problem, asked))

    each = expected / told.statements
    adjusted = float(np.mean(least <= asked.each_p[0] + 1e-12))
    return Effect(
        incidents=incidents,
        expected=expected,
        ratio=incidents / expected,
        extra_per_statement=(incidents - expected) / told.statements,
        p_more=own.more,
        p_fewer=own.fewer,
        p_two_sided=own.two_sided,
        p_adjusted=adjusted,
        p_after_over_before=_after_over_before(asked),
        interval=Interval(
            confidence=1 - design.alpha,
            ratio_low=ends.low,
            ratio_middle=ends.middle,
            ratio_high=ends.high,
            extra_low=(ends.low - 1) * each,
            extra_high=None if ends.high is None else (ends.high - 1) * each,
        ),
        above=_above(asked),
        before=_before(asked, told.question.window.before),
        just_before=_before(asked, told.question.window.just_before),
        left_out=left,
        carried_by=carrier(told.rows, left, threshold) if adjusted <= design.alpha else None,
    )


def _after_over_before(asked: _Asked) -> float:
    before = asked.ahead(asked.posed.question.window.before)
    days, days_before = asked.inside.sum(axis=1), before.sum(axis=1)
    return tails(asked.sums / days - before @ asked.far / np.maximum(days_before, 1)).more


def _before(asked: _Asked, window: tuple[int, int]) -> Before:
    """The same test of days before, the days that follow a statement cut out of the calendar: an effect is not its own placebo."""
    told, inside = asked.posed, asked.ahead(window)
    true = inside.indices[: inside.indptr[1]][inside.data[: inside.indptr[1]] > 0]
    after = asked.inside.indices[: asked.inside.indptr[1]]
    counts, expected = laid(told.series), laid(told.expected)
    far = np.sqrt(counts + ROOM) - np.sqrt(expected + ROOM)
    left = np.ones(len(far))
    far[after], left[after] = 0.0, 0.0
    chances = tails((inside @ far) / np.maximum(inside @ left, 1))
    return Before(
        first=window[0],
        last=window[1],
        incidents=float(counts[true].sum()),
        expected=float(expected[true].sum()),
        p_more=chances.more,
        p_two_sided=chances.two_sided,
    )


def _above(asked: _Asked) -> Above:
    """Each statement's whole window, days of others included: what people would count by hand."""
    told, window = asked.posed, asked.posed.question.window
    counted = np.zeros(len(asked.shifts), dtype=np.int64)
    for group in told.groups:
        gap = told.series[:, group.column] - told.expected[:, group.column]
        total = np.concatenate([[0.0], np.cumsum(gap)])
        at = asked.axes.placed(group.days, asked.shifts)
        counted += (total[at + window.last + 1] - total[at + window.first] > 1e-6).sum(axis=1)
    low, high = np.quantile(counted, [0.025, 0.975], method="inverted_cdf")
    return Above(
        statements=int(counted[0]), of=told.statements, by_chance=float(counted.mean()), by_chance_low=int(low), by_chance_high=int(high)
    )


def _left_out(problem: InfluenceProblem, asked: _Asked) -> list[LeftOut]:
    told = asked.posed
    heaviest = sorted(told.rows, key=lambda row: (-abs(row.incidents - row.expected), row.day, row.statement))[:LEFT_OUT]
    return [_without(problem, asked, row) for row in heaviest]


def _without(problem: InfluenceProblem, asked: _Asked, row: Row) -> LeftOut:
    told, window = asked.posed, asked.posed.question.window
    kept = [tuple(one for one in group if one.id != row.statement) for group in told.kept]
    groups = [
        Group(group.column, np.array([problem.calendar.index(one.day) for one in kept[group.column]], dtype=np.int64))
        for group in told.groups
    ]
    incidents, expected = 0.0, 0.0
    for number, rest in enumerate(kept):
        days = list(owners(problem, told.question, rest)[0])
        incidents += told.series[days, number].sum() if days else 0.0
        expected += told.expected[days, number].sum() if days else 0.0
    sums = windows(asked.axes, groups, asked.shifts, (window.first, window.last)) @ asked.far
    return LeftOut(statement=row.statement, ratio=float(incidents / expected) if expected else 0.0, p_two_sided=tails(sums).two_sided)


def _power(design: Design, asked: _Asked, effect: Effect, threshold: float, trials: Numbers) -> list[PowerPoint]:
    told, window = asked.posed, asked.posed.question.window
    planted = windows(asked.axes, list(told.groups), trials, (window.first, window.last))
    points: list[PowerPoint] = []
    for ratio in sorted({*RATIOS, design.stated_ratio}):
        power = found(asked.expectation, told.series, asked.inside, planted, ratio, threshold, design.seed)
        points.append(PowerPoint(ratio, (ratio - 1) * effect.expected / told.statements, power))
        if power >= CERTAIN and ratio >= design.stated_ratio:
            break
    return points
