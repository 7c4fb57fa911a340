"""What must not change an answer does not, and every answer to any small problem passes the check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.drawing import drawn

from sild.cores.influence import (
    Calendar,
    Design,
    Incident,
    Influence,
    InfluenceProblem,
    Question,
    Statement,
    Stretch,
    Window,
    check,
    study,
)

QUICK = Design(permutations=199, power_trials=50)
FIRST = date(2025, 1, 1)


@pytest.fixture
def problem(worlds: ModuleType) -> InfluenceProblem:
    made: InfluenceProblem = worlds.world(6, worlds.World(days=420, statements=14, ratio=2.0, gaps=True), QUICK)
    return made


def moved(problem: InfluenceProblem, days: int) -> InfluenceProblem:
    by = timedelta(days=days)
    calendar = problem.calendar
    return replace(
        problem,
        statements=tuple(replace(one, day=one.day + by) for one in problem.statements),
        incidents=tuple(replace(one, day=one.day + by) for one in problem.incidents),
        calendar=Calendar(
            first=calendar.first + by,
            last=calendar.last + by,
            gaps=tuple(Stretch(first=gap.first + by, last=gap.last + by) for gap in calendar.gaps),
        ),
    )


def without_days(answer: Influence) -> Influence:
    return replace(answer, findings=tuple(replace(one, rows=tuple(replace(row, day=FIRST) for row in one.rows)) for one in answer.findings))


def test_the_same_seed_gives_the_same_answer_and_another_nearly_the_same(problem: InfluenceProblem) -> None:
    first, other = study(problem), study(replace(problem, design=replace(QUICK, seed=1)))
    assert first == study(problem)
    assert first.findings[0].effect is not None and other.findings[0].effect is not None
    assert first.findings[0].effect.ratio == other.findings[0].effect.ratio
    assert first.findings[0].effect.p_two_sided == pytest.approx(other.findings[0].effect.p_two_sided, abs=0.12)


def test_the_order_of_records_and_how_counts_are_split_do_not_matter(problem: InfluenceProblem) -> None:
    ones = tuple(replace(one, count=1) for one in reversed(problem.incidents) for _ in range(one.count))
    assert study(problem).findings == study(replace(problem, statements=problem.statements[::-1], incidents=ones)).findings


def test_whole_weeks_later_everything_is_the_same(problem: InfluenceProblem) -> None:
    assert without_days(study(problem)) == without_days(study(moved(problem, 7 * 53)))


def test_incidents_that_no_question_is_about_do_not_matter(problem: InfluenceProblem) -> None:
    ours = replace(problem, questions=(replace(problem.questions[0], country="V0"),))
    others = (*ours.incidents, *(replace(one, country="elsewhere", count=50) for one in ours.incidents[::3]))
    assert study(ours).findings == study(replace(ours, incidents=others)).findings


def test_a_gap_is_not_a_stretch_of_quiet(problem: InfluenceProblem) -> None:
    quiet = replace(problem, calendar=replace(problem.calendar, gaps=()))
    (gapped,), (open_,) = study(problem).findings, study(quiet).findings
    assert gapped.set_aside or gapped.effect is not None
    assert gapped.effect is not None and open_.effect is not None
    assert gapped.effect.expected > open_.effect.expected * len(gapped.rows) / len(open_.rows)


@st.composite
def small_problems(draw: st.DrawFn) -> InfluenceProblem:
    days = draw(st.integers(120, 260))
    statements = draw(st.lists(st.integers(-3, days + 3), min_size=0, max_size=14))
    counts = draw(st.lists(st.integers(0, 6), min_size=days, max_size=days))
    start = draw(st.integers(30, days - 40))
    gaps = draw(st.sampled_from([(), ((start, start + 12),)]))
    calendar = Calendar(
        first=FIRST,
        last=FIRST + timedelta(days=days - 1),
        gaps=tuple(Stretch(first=FIRST + timedelta(days=a), last=FIRST + timedelta(days=b)) for a, b in gaps),
        holidays=frozenset(FIRST + timedelta(days=n) for n in draw(st.lists(st.integers(0, days - 1), max_size=4))),
    )
    seen = calendar.observed()
    window = Window(first=(first := draw(st.integers(-1, 1))), last=draw(st.integers(max(first, 0), 4)))
    speakers = draw(st.booleans())
    return InfluenceProblem(
        statements=tuple(
            Statement(id=f"s{number}", day=FIRST + timedelta(days=day), who="AB"[number % 2], kind="x")
            for number, day in enumerate(statements)
        ),
        incidents=tuple(Incident(day=calendar.day(n), count=count, country="ABC"[n % 3]) for n, count in enumerate(counts) if seen[n]),
        calendar=calendar,
        questions=(Question(id="all", window=window), Question(id="own", window=window, of_speaker=speakers, who="A")),
        design=Design(permutations=99, power_trials=50, least_distance_days=draw(st.integers(1, 5)), least_statements=3),
    )


@settings(max_examples=drawn(25), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(small_problems())
def test_every_answer_passes_the_check(problem: InfluenceProblem) -> None:
    assert check(problem, study(problem), placements=150) == []
