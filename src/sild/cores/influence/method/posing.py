"""A question made ready: its statements that count, those set aside, its series of incidents, and what the data lack for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sild.cores.influence.answer import Aside, Lack, Missing, Row, SetAside
from sild.cores.influence.method.expectation import Expectation
from sild.cores.influence.method.placement import Axes, Group
from sild.cores.influence.problem import InfluenceProblem, Question, Statement

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Posed:
    """`series` has a column for each of `names`; `kept` and `groups` go together.

    `expected`, of the shape of `series`, learns from no day in a window.
    """

    question: Question
    names: tuple[str | None, ...]
    series: Numbers
    expected: Numbers
    kept: tuple[tuple[Statement, ...], ...]
    groups: tuple[Group, ...]
    set_aside: tuple[SetAside, ...]
    rows: tuple[Row, ...]
    missing: tuple[Missing, ...]

    @property
    def statements(self) -> int:
        """How many statements count."""
        return sum(map(len, self.kept))


def posed(problem: InfluenceProblem, question: Question, axes: Axes, expectation: Expectation) -> Posed:
    """The question with its data."""
    aside: list[SetAside] = []
    meant = sorted((one for one in problem.statements if question.takes_statement(one)), key=lambda one: (one.day, one.id))
    names, series = _series(problem, question, meant)
    grouped: dict[str | None, list[Statement]] = defaultdict(list)
    for one in meant:
        grouped[one.who if question.of_speaker else None].append(one)
    kept, groups = [], []
    for column, name in enumerate(names):
        good = list(_good(problem, axes, grouped.pop(name, []), aside))
        kept.append(tuple(good))
        groups.append(Group(column, np.array([problem.calendar.index(one.day) for one in good], dtype=np.int64)))
    aside += [SetAside(one.id, Aside.NO_INCIDENTS) for rest in grouped.values() for one in rest]
    inside = np.zeros_like(series)
    for column, counted in enumerate(kept):
        inside[list(owners(problem, question, counted)[0]), column] = 1.0
    expected = expectation.of(series, without=inside)
    rows = tuple(
        row
        for column, name in enumerate(names)
        for row in _rows(problem, question, kept[column], name, series[:, column], expected[:, column])
    )
    lacking = tuple(_missing(problem, axes, groups, rows))
    return Posed(question, names, series, expected, tuple(kept), tuple(groups), tuple(aside), rows, lacking)


def _series(problem: InfluenceProblem, question: Question, meant: list[Statement]) -> tuple[tuple[str | None, ...], Numbers]:
    victims = {one.country for one in problem.incidents if one.count and question.takes_incident(one)}
    names: tuple[str | None, ...] = tuple(sorted({one.who for one in meant if one.who in victims})) if question.of_speaker else (None,)
    column = {name: number for number, name in enumerate(names)}
    series = np.zeros((problem.calendar.days, len(names)))
    for one in problem.incidents:
        name = one.country if question.of_speaker else None
        if name in column and question.takes_incident(one):
            series[problem.calendar.index(one.day), column[name]] += one.count
    return names, series


def _good(problem: InfluenceProblem, axes: Axes, given: list[Statement], aside: list[SetAside]) -> Iterable[Statement]:
    last: Statement | None = None
    for one in given:
        index = problem.calendar.index(one.day)
        if not 0 <= index < problem.calendar.days:
            aside.append(SetAside(one.id, Aside.OUTSIDE))
        elif not axes.admissible[index]:
            aside.append(SetAside(one.id, Aside.NEAR_GAP))
        elif last is not None and (one.day - last.day).days < problem.design.least_distance_days:
            aside.append(SetAside(one.id, Aside.NEAR_OTHER, last.id))
        else:
            last = one
            yield one


def _rows(
    problem: InfluenceProblem, question: Question, kept: tuple[Statement, ...], name: str | None, series: Numbers, expected: Numbers
) -> Iterable[Row]:
    after, before = owners(problem, question, kept)
    for one in kept:
        mine = [day for day, whose in after.items() if whose == one.id]
        earlier = [day for day, whose in before.items() if whose == one.id]
        yield Row(
            statement=one.id,
            day=one.day,
            series=name,
            days=len(mine),
            incidents=float(series[mine].sum()),
            expected=float(expected[mine].sum()),
            days_before=len(earlier),
            incidents_before=float(series[earlier].sum()),
            expected_before=float(expected[earlier].sum()),
        )


def owners(problem: InfluenceProblem, question: Question, kept: Iterable[Statement]) -> tuple[dict[int, str], dict[int, str]]:
    """For each day in a window, and for each day before a statement that lies in no window, whose it is: the latest statement's."""
    after: dict[int, str] = {}
    before: dict[int, str] = {}
    low, high = question.window.before
    for one in kept:
        index = problem.calendar.index(one.day)
        after |= dict.fromkeys(range(index + question.window.first, index + question.window.last + 1), one.id)
        before |= dict.fromkeys(range(index + low, index + high + 1), one.id)
    return after, {day: whose for day, whose in before.items() if day not in after}


def _missing(problem: InfluenceProblem, axes: Axes, groups: list[Group], rows: tuple[Row, ...]) -> Iterable[Missing]:
    design = problem.design
    expected = sum(row.expected for row in rows)
    if len(rows) < design.least_statements:
        yield Missing(Lack.STATEMENTS, len(rows), design.least_statements)
    if expected < design.least_expected:
        yield Missing(Lack.EXPECTED_INCIDENTS, expected, design.least_expected)
    placements = axes.placements(np.concatenate([np.zeros(0, dtype=np.int64), *(group.days for group in groups)]))
    if rows and placements < design.least_placements:
        yield Missing(Lack.PLACEMENTS, placements, design.least_placements)
