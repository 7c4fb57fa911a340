"""A new plan keeps what was committed, moves no more of the plan before than it is asked to, and says what it moved and why."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from tests.cores.allocation.drawn import optimum, replans, tries
from tests.drawing import drawn

from sild.cores.allocation.answer import Answer
from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve
from sild.cores.allocation.problem import Earlier, Licence, Need, Offer, Problem, ProblemRefused
from sild.cores.allocation.shape import answer_from_json, answer_to_json

LENIENT = [HealthCheck.too_slow, HealthCheck.filter_too_much]
EXACT = Effort(seconds=20, gap=0.0)
MINISTRY = Need(id="ministry", category="training", quantity=10, weight=Decimal(5), body="ministry", due=3)
HOSPITAL = Need(id="hospital", category="training", quantity=10, weight=Decimal(6), body="hospital", due=3)
SEATS = Offer(id="seats", categories=("training",), donor="estonia", lot=1, lots=10, unit_cost=Decimal(2))


def planned(problem: Problem) -> Answer:
    answer = explain(problem, solve(problem, EXACT))
    assert check(problem, answer) == []
    return answer


def moves(answer: Answer) -> list[tuple[str, int, int, str]]:
    return [(one.need, one.before, one.now, one.why) for one in answer.moved]


def to(need: str, lots: int, period: int = 0) -> Earlier:
    return Earlier(need=need, offer="seats", period=period, lots=lots)


def test_what_is_committed_stays_though_another_need_is_worth_more() -> None:
    problem = Problem(needs=(MINISTRY, HOSPITAL), offers=(SEATS,), committed=(to("ministry", 8),))
    answer = planned(problem)
    assert {(one.need, one.lots) for one in answer.shipments} == {("ministry", 8), ("hospital", 2)}
    assert moves(answer) == [("hospital", 0, 2, "added")]


def test_a_commitment_below_the_minimum_is_of_use_all_the_same() -> None:
    picky = replace(MINISTRY, minimum_fraction=Decimal(1))
    problem = Problem(needs=(picky,), offers=(replace(SEATS, lots=4),), committed=(to("ministry", 3),))
    assert [(one.lots, one.pieces) for one in planned(problem).shipments] == [(4, 4)]


BROKEN = {
    "the money ended": ({"budgets": {"estonia": Decimal(9)}}, {}, {}, 4, "budget"),
    "the body is full": ({"absorption": {("ministry", 0): 3}}, {}, {}, 3, "absorption"),
    "the offer shrank": ({}, {"lots": 5}, {}, 5, "offer-lots"),
    "the need shrank": ({}, {}, {"quantity": 6}, 6, "quantity"),
    "the licence was denied": ({}, {"licence": Licence(state="denied")}, {}, 0, "licence"),
    "it cannot arrive so early": ({}, {"lead": 2}, {}, 0, "arrival"),
    "it would come too late": ({}, {"lead": 2}, {"due": 1}, 0, "due-date"),
    "the condition is new": ({}, {"civil_only": True}, {"channel": "military"}, 0, "civil-only"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_commitment_that_a_limit_forbids_is_given_up_as_far_as_it_must_and_the_limit_is_named(name: str) -> None:
    limits, offer, need, left, why = BROKEN[name]
    problem = Problem(needs=(replace(MINISTRY, **need),), offers=(replace(SEATS, **offer),), committed=(to("ministry", 8),), **limits)
    told = [one for one in planned(problem).moved if one.period == 0]
    assert [(one.before, one.now, one.committed, one.why) for one in told] == [(8, left, True, why)]


def test_a_commitment_to_who_is_gone_is_told() -> None:
    problem = Problem(needs=(MINISTRY,), offers=(SEATS,), committed=(to("school", 2),))
    assert ("school", 2, 0, "withdrawn") in moves(planned(problem))


def test_the_plan_before_is_left_for_a_better_one_only_when_that_is_worth_more_than_asked() -> None:
    before = (to("ministry", 10),)
    problem = Problem(needs=(MINISTRY, HOSPITAL), offers=(SEATS,), planned=before, served_share=Decimal(0))
    assert ("ministry", 10, 0, "better") in moves(planned(replace(problem, stability=Decimal("0.1"))))
    steady = planned(replace(problem, stability=Decimal("0.3")))
    assert moves(steady) == []
    assert dict(steady.parts) == {"value": 5, "stability": Decimal("1.5")}


def test_of_two_plans_of_equal_worth_the_one_before_stays_in_its_month() -> None:
    problem = Problem(needs=(MINISTRY,), offers=(SEATS,), planned=(to("ministry", 10, period=2),))
    assert [one.period for one in planned(problem).shipments] == [0]
    assert [one.period for one in planned(replace(problem, stability=Decimal("0.01"))).shipments] == [2]


def test_a_delivery_cannot_stand_twice_in_what_was_before() -> None:
    with pytest.raises(ProblemRefused, match=r"commitment .*stands twice"):
        Problem(needs=(MINISTRY,), offers=(SEATS,), committed=(to("ministry", 1), to("ministry", 2)))


def test_a_commitment_dropped_in_silence_or_under_a_pretext_is_found() -> None:
    problem = Problem(needs=(MINISTRY, HOSPITAL), offers=(SEATS,), committed=(to("ministry", 8),))
    answer = planned(problem)
    free = planned(replace(problem, committed=()))
    silent = replace(answer, shipments=free.shipments, objective=free.objective, bound=free.bound, parts=free.parts, unmet=())
    assert {one.rule for one in check(problem, silent)} >= {"moved"}
    lie = replace(answer.moved[0], need="ministry", before=8, now=1, committed=True, why="budget")
    added = replace(answer.moved[0], now=9)
    rules = {str(one).split(":")[0] for one in check(problem, replace(silent, moved=(lie, added)))}
    assert rules == {"commitment"}
    assert {one.rule for one in check(problem, replace(answer, parts=(("value", answer.objective + 1),)))} == {"parts"}


@settings(max_examples=drawn(40), deadline=None, suppress_health_check=LENIENT)
@given(replans())
def test_a_new_plan_passes_its_check_and_survives_json(problem: Problem) -> None:
    answer = explain(problem, solve(problem, EXACT))
    assert [str(finding) for finding in check(problem, answer)] == []
    again = answer_from_json(json.loads(json.dumps(answer_to_json(answer))))
    assert again.moved == answer.moved
    assert check(problem, again) == []


@settings(max_examples=drawn(30), deadline=None, suppress_health_check=LENIENT)
@given(replans(count=(3, 3), most=6, lots=2))
def test_the_best_steady_plan_is_what_trying_every_plan_finds(problem: Problem) -> None:
    assume(tries(problem) <= 2_000)
    steady = replace(problem, committed=())
    assert solve(steady, EXACT).objective == optimum(steady)


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None, suppress_health_check=LENIENT)
@given(replans(count=(8, 8), most=30, lots=9))
def test_thousands_of_new_plans_pass_their_check(problem: Problem) -> None:
    answer = explain(problem, solve(problem, EXACT))
    assert [str(finding) for finding in check(problem, answer)] == []
