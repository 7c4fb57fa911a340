"""The same sums again, day by day in plain Python: which statements count, which days are whose, what was expected of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from functools import cached_property
from math import floor

from sild.cores.influence.answer import Aside
from sild.cores.influence.problem import InfluenceProblem, Question, Statement

Series = str | None
PRIOR_DAYS, PRIOR_INCIDENTS = 7.0, 10.0
SATURDAY = 5


class Recount:
    """One question, read from the problem alone."""

    def __init__(self, problem: InfluenceProblem, question: Question) -> None:
        self.problem, self.question = problem, question
        self.days = problem.calendar.days
        self.observed = problem.calendar.observed()
        self.weekday = [
            7 if (day := problem.calendar.day(index)) in problem.calendar.holidays else day.weekday() for index in range(self.days)
        ]
        self.counts: dict[Series, list[float]] = defaultdict(lambda: [0.0] * self.days)
        self.aside: dict[str, Aside] = {}
        for one in problem.incidents:
            if one.count and question.takes_incident(one):
                self.counts[one.country if question.of_speaker else None][problem.calendar.index(one.day)] += one.count
        self.kept = self._kept()

    def series(self, statement: Statement) -> Series:
        """Which incidents are held against a statement."""
        return statement.who if self.question.of_speaker else None

    def _kept(self) -> list[Statement]:
        kept: list[Statement] = []
        last: dict[Series, Statement] = {}
        for one in sorted(self.problem.statements, key=lambda one: (one.day, one.id)):
            if not self.question.takes_statement(one):
                continue
            before = last.get(self.series(one))
            if self.question.of_speaker and one.who not in self.counts:
                self.aside[one.id] = Aside.NO_INCIDENTS
            elif not self.problem.calendar.first <= one.day <= self.problem.calendar.last:
                self.aside[one.id] = Aside.OUTSIDE
            elif not self.admissible(self.problem.calendar.index(one.day)):
                self.aside[one.id] = Aside.NEAR_GAP
            elif before is not None and one.day < before.day + timedelta(days=self.problem.design.least_distance_days):
                self.aside[one.id] = Aside.NEAR_OTHER
            else:
                kept.append(one)
                last[self.series(one)] = one
        return kept

    def admissible(self, index: int) -> bool:
        """Whether all days that the study looks at about this one were observed."""
        first, last = self.problem.span
        return all(0 <= day < self.days and self.observed[day] for day in range(index + first, index + last + 1))

    def after(self, indexes: Iterable[int]) -> dict[int, int]:
        """Days in windows of statements on these days: each with the latest statement's day."""
        window = self.question.window
        return {day: index for index in sorted(indexes) for day in range(index + window.first, index + window.last + 1)}

    def before(self, indexes: Iterable[int], window: tuple[int, int]) -> dict[int, int]:
        """Days before, those that follow a statement taken out."""
        own = sorted(indexes)
        low, high = window
        taken = self.after(own)
        return {day: index for index in own for day in range(index + low, index + high + 1) if day not in taken}

    @cached_property
    def true_days(self) -> dict[Series, list[int]]:
        """The days of the statements that count, by series."""
        found: dict[Series, list[int]] = defaultdict(list)
        for one in self.kept:
            found[self.series(one)].append(self.problem.calendar.index(one.day))
        return dict(found)

    @cached_property
    def expected(self) -> dict[Series, list[float]]:
        """What is expected of each day, from days in no window."""
        return {name: self.calendar_says(self.counts[name], set(self.after(days))) for name, days in self.true_days.items()}

    def calendar_says(self, counts: list[float], without: set[int]) -> list[float]:
        """The level of the weeks about a day, without the days next to it, times what its weekday is worth."""
        design = self.problem.design
        seen = [day for day in range(self.days) if self.observed[day] and day not in without]
        here = set(seen)
        usual = PRIOR_DAYS * sum(counts[day] for day in seen) / max(len(seen), 1)
        near = [
            [
                other
                for other in (
                    *range(max(day - design.reach_days, 0), day - design.hole_days),
                    *range(day + design.hole_days + 1, min(day + design.reach_days + 1, self.days)),
                )
                if other in here
            ]
            for day in range(self.days)
        ]
        held = [sum(counts[other] for other in others) for others in near]
        level = [(held[day] + usual) / (len(near[day]) + PRIOR_DAYS) for day in range(self.days)]
        worth = []
        for kind in range(8):
            mine = [day for day in seen if self.weekday[day] == kind]
            worth.append((sum(counts[day] for day in mine) + PRIOR_INCIDENTS) / (sum(level[day] for day in mine) + PRIOR_INCIDENTS))
        value = [worth[kind] for kind in self.weekday]
        return [value[day] * (held[day] + usual) / (sum(value[other] for other in near[day]) + PRIOR_DAYS) for day in range(self.days)]

    @cached_property
    def circles(self) -> list[tuple[int, list[int]]]:
        """For each day its stratum, and the admissible days of that stratum that are working days, or days of rest, like it."""
        strata = max(1, round(self.days / self.problem.design.stratum_days))
        kinds = [(day * strata // self.days, kind >= SATURDAY) for day, kind in enumerate(self._rest_or_work())]
        members: dict[tuple[int, bool], list[int]] = defaultdict(list)
        for day, kind in enumerate(kinds):
            if self.admissible(day):
                members[kind].append(day)
        return [(kind[0], members[kind]) for kind in kinds]

    def _rest_or_work(self) -> list[int]:
        return self.weekday

    def moved(self, day: int, turn: dict[int, float]) -> int:
        """Where a statement of a day stands when each stratum is turned by its share of a circle."""
        stratum, circle = self.circles[day]
        return circle[(circle.index(day) + floor(turn[stratum] * len(circle))) % len(circle)]
