"""Whatever the problem: the plan stands before the independent check, and small optima are what trying every plan finds."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.cores.allocation.drawn import optimum, problems, tries
from tests.drawing import drawn

from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve
from sild.cores.allocation.problem import Offer, Problem
from sild.cores.allocation.shape import answer_from_json, answer_to_json

LENIENT = [HealthCheck.too_slow, HealthCheck.filter_too_much]
QUICK = settings(max_examples=drawn(150), deadline=None, suppress_health_check=LENIENT)
THOROUGH = settings(max_examples=3_000, deadline=None, suppress_health_check=LENIENT)
EXACT = Effort(seconds=20, gap=0.0)


@QUICK
@given(problems())
def test_an_explained_answer_always_passes_its_check(problem: Problem) -> None:
    answer = explain(problem, solve(problem, EXACT))
    assert [str(finding) for finding in check(problem, answer)] == []


@QUICK
@given(problems(count=(9, 9), most=40, lots=12))
def test_larger_answers_pass_their_check_too(problem: Problem) -> None:
    answer = explain(problem, solve(problem, EXACT))
    assert [str(finding) for finding in check(problem, answer)] == []


@QUICK
@given(problems(count=(3, 3), most=6, lots=2))
def test_the_objective_is_the_best_that_trying_every_plan_finds(problem: Problem) -> None:
    assume(tries(problem) <= 4_000)
    best = optimum(problem)
    answer = solve(problem, EXACT)
    assert answer.objective == best
    assert answer.bound >= float(best) * (1 - 1e-12)


@QUICK
@given(problems(count=(4, 3)), st.integers(1, 3), st.sampled_from([1, 2, 5]))
def test_one_more_offer_never_lowers_the_optimum(problem: Problem, lots: int, lot: int) -> None:
    assume(problem.pairs is None)
    more = Offer(id="one more", categories=("training",), donor="norway", lot=lot, lots=lots, unit_cost=Decimal(1))
    widened = replace(problem, offers=(*problem.offers, more))
    assert solve(widened, EXACT).objective >= solve(problem, EXACT).objective


@QUICK
@given(problems(), st.integers(0, 5))
def test_one_seed_gives_one_plan(problem: Problem, seed: int) -> None:
    effort = Effort(seconds=20, gap=0.0, seed=seed)
    first, again = explain(problem, solve(problem, effort)), explain(problem, solve(problem, effort))
    assert replace(first, seconds=0.0) == replace(again, seconds=0.0)


@QUICK
@given(problems())
def test_a_served_need_gets_its_minimum_and_never_more_than_it_asked(problem: Problem) -> None:
    pieces: dict[str, int] = {}
    for shipment in solve(problem, EXACT).shipments:
        pieces[shipment.need] = pieces.get(shipment.need, 0) + shipment.pieces
    for need in problem.needs:
        got = pieces.get(need.id, 0)
        assert got == 0 or need.minimum_fraction * need.quantity <= got <= need.quantity


@QUICK
@given(problems())
def test_the_search_never_falls_behind_its_start_nor_passes_its_bound(problem: Problem) -> None:
    seen: list[tuple[float, float | None]] = []
    answer = solve(problem, replace(EXACT, report=lambda step: seen.append((step.objective, step.bound))))
    values = [value for value, _ in seen]
    assert values == sorted(values)
    assert float(answer.objective) >= max(values, default=0.0) - 1e-9
    assert all(bound is None or bound >= float(answer.objective) * (1 - 1e-9) - 1e-9 for _, bound in seen)


@QUICK
@given(problems())
def test_an_answer_survives_the_way_through_json(problem: Problem) -> None:
    answer = explain(problem, solve(problem, EXACT))
    again = answer_from_json(json.loads(json.dumps(answer_to_json(answer))))
    assert again.shipments == answer.shipments
    assert [(unmet.need, unmet.missing, len(unmet.reasons)) for unmet in again.unmet] == [
        (unmet.need, unmet.missing, len(unmet.reasons)) for unmet in answer.unmet
    ]
    assert check(problem, again) == []


@pytest.mark.slow
@THOROUGH
@given(problems(count=(8, 8), most=30, lots=9))
def test_thousands_of_explained_answers_pass_their_check(problem: Problem) -> None:
    answer = explain(problem, solve(problem, EXACT))
    assert [str(finding) for finding in check(problem, answer)] == []


@pytest.mark.slow
@THOROUGH
@given(problems(count=(3, 3), most=6, lots=2))
def test_thousands_of_objectives_are_the_best_there_is(problem: Problem) -> None:
    assume(tries(problem) <= 4_000)
    assert solve(problem, EXACT).objective == optimum(problem)
