"""A fairness rule is stated and printed with what came of it; it forbids nothing, so that more to give never makes a plan worse."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from tests.cores.allocation.drawn import FAIR, bundled, optimum, tries
from tests.drawing import drawn

from sild.cores.allocation.answer import Answer
from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve, with_asks
from sild.cores.allocation.problem import Earlier, Fairness, Need, Offer, Problem, ProblemRefused
from sild.cores.allocation.shape import answer_from_json, answer_to_json, problem_from_json

LENIENT = [HealthCheck.too_slow, HealthCheck.filter_too_much]
EXACT = Effort(seconds=20, gap=0.0)
NORTH = Need(id="north", category="training", quantity=10, weight=Decimal(10), body="a", region="north")
SOUTH = Need(id="south", category="training", quantity=10, weight=Decimal(6), body="b", region="south")
SEATS = Offer(id="seats", categories=("training",), donor="estonia", lot=1, lots=10)
WORST = Fairness(by="region", rule="max-min", weight=Decimal(1))
FLOOR = Fairness(by="region", rule="floor", weight=Decimal(1), floor=Decimal("0.3"))


def planned(*rules: Fairness, **rest: Any) -> tuple[dict[str, int], Answer]:
    given_problem = {"needs": (NORTH, SOUTH), "offers": (SEATS,), "served_share": Decimal(0), **rest}
    problem = Problem(fairness=rules, **given_problem)
    answer = with_asks(problem, explain(problem, solve(problem, EXACT)), seconds=3)
    assert check(problem, answer) == []
    return {one.need: one.lots for one in answer.shipments}, answer


def test_without_a_rule_the_weightier_region_gets_all() -> None:
    assert planned()[0] == {"north": 10}


def test_the_smallest_share_is_raised_as_long_as_that_earns_more() -> None:
    delivered, answer = planned(WORST)
    assert delivered == {"north": 5, "south": 5}
    assert dict(answer.parts) == {"value": 8, "fairness": 8}
    (told,) = answer.fairness
    assert told.sentence == "The smallest share among all regions earns 1 times the weight of all their needs."
    assert told.shares == (("north", Fraction(1, 2)), ("south", Fraction(1, 2)))


def test_a_floor_is_filled_first_and_no_further() -> None:
    delivered, answer = planned(FLOOR)
    assert delivered == {"north": 7, "south": 3}
    assert answer.fairness[0].sentence == "Value to each region counts 2 times until its share is 0.3."


def test_a_rule_among_some_regions_leaves_the_others_out() -> None:
    assert planned(replace(WORST, among=frozenset({"north"})))[0] == {"north": 10}


def test_a_hospital_is_not_left_behind_by_two_power_plants() -> None:
    """Forty firewalls, two heavy needs of the energy sector, a light one of a hospital: a floor for health of a half sends it ten."""
    plant = replace(NORTH, id="plant", quantity=30, weight=Decimal(9), body="a power plant", sector="energy")
    grid = replace(NORTH, id="grid", quantity=30, weight=Decimal(8), body="a grid operator", sector="energy")
    hospital = replace(NORTH, id="hospital", quantity=20, weight=Decimal(3), body="a hospital", sector="health")
    firewalls = replace(SEATS, lots=40)
    world: dict[str, Any] = {"needs": (plant, grid, hospital), "offers": (firewalls,)}
    assert planned(**world)[0] == {"plant": 30, "grid": 10}, "by worth alone the hospital gets nothing"
    half = Fairness(by="sector", rule="floor", weight=Decimal(2), floor=Decimal("0.5"), among=frozenset({"health"}))
    delivered, answer = planned(half, **world)
    assert delivered == {"plant": 30, "hospital": 10}
    assert answer.fairness[0].shares == (("health", Fraction(1, 2)),)
    lost = {one.need: one.missing for one in answer.unmet}
    assert lost == {"grid": 30, "hospital": 10}
    assert all(one.reasons for one in answer.unmet), "who gives way for the rule is told what would help"


def test_what_is_committed_counts_towards_a_share() -> None:
    promised = Earlier(need="south", offer="seats", period=0, lots=4)
    delivered, answer = planned(FLOOR, committed=(promised,))
    assert delivered == {"north": 6, "south": 4}
    assert dict(answer.fairness[0].shares)["south"] == Fraction(4, 10)


def test_a_need_without_a_region_is_in_no_group() -> None:
    _, answer = planned(FLOOR, needs=(NORTH, replace(SOUTH, region=None)))
    assert [name for name, _ in answer.fairness[0].shares] == ["north"]


def test_a_share_that_is_told_wrongly_is_found() -> None:
    problem = Problem(needs=(NORTH, SOUTH), offers=(SEATS,), fairness=(WORST,))
    answer = explain(problem, solve(problem, EXACT))
    (told,) = answer.fairness
    better = replace(told, shares=(("north", Fraction(1)), ("south", Fraction(1))))
    for bad in ((), (better,), (replace(told, sentence="All is fair."),)):
        assert {one.rule for one in check(problem, replace(answer, fairness=bad))} == {"fairness"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"by": "colour"}, "by is 'colour'"),
        ({"rule": "equal"}, "rule is 'equal'"),
        ({"weight": Decimal(-1)}, "weight is -1"),
        ({"rule": "max-min"}, "a floor is given with the rule max-min"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ProblemRefused, match=said):
        replace(FLOOR, **changes)


def test_rules_and_shares_survive_json() -> None:
    rules = [{"by": "region", "rule": "floor", "weight": 1, "floor": 0.3}]
    assert problem_from_json({"needs": [], "offers": [], "fairness": rules}).fairness == (FLOOR,)
    _, answer = planned(FLOOR)
    again = answer_from_json(json.loads(json.dumps(answer_to_json(answer))))
    assert [one.sentence for one in again.fairness] == [FLOOR.sentence]
    assert check(Problem(needs=(NORTH, SOUTH), offers=(SEATS,), served_share=Decimal(0), fairness=(FLOOR,)), again) == []


@settings(max_examples=drawn(30), deadline=None, suppress_health_check=LENIENT)
@given(bundled(count=(3, 3), most=6, lots=2))
def test_the_fairest_best_plan_is_what_trying_every_plan_finds(problem: Problem) -> None:
    free = replace(problem, committed=(), fairness=problem.fairness or FAIR[0])
    assume(tries(free) <= 2_000)
    assert solve(free, EXACT).objective == optimum(free)


@settings(max_examples=drawn(40), deadline=None, suppress_health_check=LENIENT)
@given(bundled(count=(4, 3)))
def test_one_more_offer_never_lowers_the_optimum_under_any_rule(problem: Problem) -> None:
    assume(problem.pairs is None)
    free = replace(problem, fairness=problem.fairness or FAIR[0])
    more = Offer(id="one more", categories=("training",), donor="norway", lot=2, lots=2, unit_cost=Decimal(1))
    assert solve(replace(free, offers=(*free.offers, more)), EXACT).objective >= solve(free, EXACT).objective
