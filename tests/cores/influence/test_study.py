"""The study on calendars whose truth is known: what is planted is found, what is not there is not, and what cannot be told is said so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from types import ModuleType

import pytest

from sild.cores.influence import (
    Aside,
    Calendar,
    Design,
    Incident,
    InfluenceProblem,
    Lack,
    Question,
    Statement,
    Stretch,
    Verdict,
    Window,
    check,
    study,
)

QUICK = Design(permutations=399, power_trials=60)
FIRST = date(2025, 1, 1)
FOUR_DAYS = Window(first=0, last=3)


def test_a_planted_effect_is_found_with_its_size_and_its_rows(worlds: ModuleType) -> None:
    problem = worlds.world(3, worlds.World(ratio=3.0), QUICK)
    answer = study(problem)
    (finding,) = answer.findings
    assert finding.verdict is Verdict.FOLLOWS
    effect = finding.effect
    assert effect is not None
    assert effect.interval.ratio_low <= 3.0 <= (effect.interval.ratio_high or 64)
    assert effect.interval.ratio_low > 1
    assert sum(row.incidents for row in finding.rows) == effect.incidents
    assert sum(row.expected for row in finding.rows) == pytest.approx(effect.expected)
    assert check(problem, answer) == []


def test_where_nothing_was_planted_none_is_seen_and_it_is_said_what_would_have_been(worlds: ModuleType) -> None:
    problem = worlds.world(5, worlds.World(bursts=False, statements=30), QUICK)
    (finding,) = study(problem).findings
    assert finding.verdict is Verdict.NONE_SEEN
    assert finding.power_at_stated is not None and finding.power_at_stated >= 0.8
    assert finding.smallest_seen is not None and finding.smallest_seen.ratio < 2
    assert finding.effect is not None and finding.effect.interval.ratio_low < 1


def test_few_statements_among_rare_incidents_are_no_null_but_cannot_tell(worlds: ModuleType) -> None:
    (finding,) = study(worlds.world(0, worlds.World(level=0.3, statements=8), QUICK)).findings
    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.power_at_stated is not None and finding.power_at_stated < 0.8


def test_a_statement_that_answers_an_attack_is_not_told_as_its_cause(worlds: ModuleType) -> None:
    told = Counter(study(worlds.world(seed, worlds.World(answering=0.8), QUICK)).findings[0].verdict for seed in range(8))
    assert told[Verdict.FOLLOWS] == 0
    assert told[Verdict.ORDER_UNCLEAR] >= 5


def test_thin_data_are_not_judged_and_what_is_missing_is_counted(worlds: ModuleType) -> None:
    problem = worlds.world(1, worlds.World(level=0.01, statements=3), QUICK)
    (finding,) = study(problem).findings
    assert (finding.verdict, finding.effect, finding.power) == (Verdict.TOO_THIN, None, ())
    assert [(one.what, one.need) for one in finding.missing] == [(Lack.STATEMENTS, 5), (Lack.EXPECTED_INCIDENTS, 3.0)]
    assert finding.missing[0].have == len(finding.rows)


def flat(statements: list[date], extra: dict[date, int] | None = None, gaps: tuple[Stretch, ...] = (), days: int = 400) -> InfluenceProblem:
    """Two incidents a day, with some more on days that are named."""
    calendar = Calendar(first=FIRST, last=FIRST + timedelta(days=days - 1), gaps=gaps)
    seen = calendar.observed()
    counts = {calendar.day(index): 2 + index % 2 for index in range(days) if seen[index]}
    for day, more in (extra or {}).items():
        counts[day] += more
    return InfluenceProblem(
        statements=tuple(Statement(id=f"s{number}", day=day, who="EE", kind="x") for number, day in enumerate(statements)),
        incidents=tuple(Incident(day=day, count=count) for day, count in counts.items()),
        calendar=calendar,
        questions=(Question(id="q", window=FOUR_DAYS),),
        design=QUICK,
    )


SPREAD = [FIRST + timedelta(days=30 + 37 * number) for number in range(9)]


def test_one_huge_day_after_one_statement_is_no_clockwork() -> None:
    huge = SPREAD[4] + timedelta(days=1)
    (finding,) = study(flat(SPREAD, {huge: 400})).findings
    assert finding.verdict is not Verdict.FOLLOWS
    assert finding.effect is not None and finding.effect.ratio > 4
    assert finding.effect.left_out[0].statement == "s4"
    assert finding.effect.left_out[0].ratio < 1.2


def test_a_finding_that_rests_on_one_statement_names_it() -> None:
    more = dict.fromkeys((day + timedelta(days=1) for day in SPREAD[:6]), 2) | {SPREAD[8] + timedelta(days=n): 60 for n in range(4)}
    (finding,) = study(flat(SPREAD, more)).findings
    assert finding.verdict is Verdict.CARRIED_BY_ONE
    assert finding.effect is not None and finding.effect.carried_by == "s8"


def test_where_windows_hold_nothing_at_all_the_interval_agrees_with_the_test() -> None:
    quiet = flat(SPREAD)
    inside = {day + timedelta(days=n) for day in SPREAD for n in range(4)}
    silent = replace(quiet, incidents=tuple(one for one in quiet.incidents if one.day not in inside))
    answer = study(silent)
    (finding,) = answer.findings
    assert (finding.verdict, finding.effect and finding.effect.interval.ratio_high) == (Verdict.FEWER, 1.0)
    assert check(silent, answer) == []


def test_days_that_lie_in_two_windows_are_counted_once() -> None:
    near = [*SPREAD, SPREAD[0] + timedelta(days=2)]
    (finding,) = study(flat(near)).findings
    days = {row.statement: row.days for row in finding.rows}
    assert (days["s0"], days["s9"], days["s1"]) == (2, 4, 4)
    assert finding.effect is not None
    assert finding.effect.incidents == sum(2 + (day - FIRST).days % 2 for day in {d + timedelta(days=n) for d in near for n in range(4)})


def test_statements_that_do_not_count_say_why() -> None:
    gap = Stretch(first=SPREAD[2] + timedelta(days=2), last=SPREAD[2] + timedelta(days=6))
    given = [*SPREAD, SPREAD[0], FIRST + timedelta(days=2), FIRST - timedelta(days=9)]
    (finding,) = study(flat(given, gaps=(gap,))).findings
    assert {one.statement: (one.why, one.of) for one in finding.set_aside} == {
        "s2": (Aside.NEAR_GAP, None),
        "s9": (Aside.NEAR_OTHER, "s0"),
        "s10": (Aside.NEAR_GAP, None),
        "s11": (Aside.OUTSIDE, None),
    }


def test_the_speaker_is_held_against_attacks_on_itself_alone(worlds: ModuleType) -> None:
    problem = worlds.world(4, worlds.World(victims=3, statements=36), QUICK)
    spoken = tuple(replace(one, who=f"V{number % 4}") for number, one in enumerate(problem.statements))
    asked = replace(problem, statements=spoken, questions=(Question(id="own", window=FOUR_DAYS, of_speaker=True),))
    answer = study(asked)
    (finding,) = answer.findings
    assert {row.series for row in finding.rows} == {"V0", "V1", "V2"}
    assert {one.statement for one in finding.set_aside if one.why is Aside.NO_INCIDENTS} == {one.id for one in spoken if one.who == "V3"}
    assert check(asked, answer) == []


def test_several_questions_are_corrected_together(worlds: ModuleType) -> None:
    problem = worlds.world(2, worlds.World(days=400, victims=4, level=8.0), QUICK)
    together = study(problem)
    assert together.threshold < 0.03
    for question, finding in zip(problem.questions, together.findings, strict=True):
        (alone,) = study(replace(problem, questions=(question,))).findings
        assert alone.effect is not None and finding.effect is not None
        assert alone.effect.p_two_sided == finding.effect.p_two_sided
        assert finding.effect.p_adjusted >= finding.effect.p_two_sided
    assert check(problem, together) == []
