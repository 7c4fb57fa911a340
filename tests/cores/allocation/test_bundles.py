"""A server without its licence is nothing: the parts of a bundle come all or none, and in proportion."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.cores.allocation.drawn import bundled, optimum, tries
from tests.drawing import drawn

from sild.cores.allocation.answer import Answer, delivered_by
from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve
from sild.cores.allocation.problem import Bundle, Earlier, Need, Offer, Problem, ProblemRefused
from sild.cores.allocation.shape import ShapeRefused, problem_from_json

LENIENT = [HealthCheck.too_slow, HealthCheck.filter_too_much]
EXACT = Effort(seconds=20, gap=0.0)
SERVERS = Need(id="servers", category="server-hardware", quantity=6, weight=Decimal(6), body="ministry")
LICENCES = Need(id="licences", category="software-licences", quantity=12, weight=Decimal(2), body="ministry")
TRAINING = Need(id="training", category="training", quantity=4, weight=Decimal(1), body="ministry")
KIT = Bundle(id="kit", parts=(("servers", 2), ("licences", 4)))
MACHINES = Offer(id="machines", categories=("server-hardware",), donor="estonia", lot=1, lots=6)
KEYS = Offer(id="keys", categories=("software-licences",), donor="canada", lot=2, lots=4)


def planned(needs: tuple[Need, ...], offers: tuple[Offer, ...], **rest: Any) -> tuple[dict[str, int], Answer]:
    problem = Problem(needs=needs, offers=offers, bundles=(KIT,), **rest)
    answer = explain(problem, solve(problem, EXACT))
    assert check(problem, answer) == []
    return delivered_by(answer.shipments), answer


def test_parts_come_in_proportion_as_far_as_the_scarcer_part_goes() -> None:
    assert planned((SERVERS, LICENCES), (MACHINES, KEYS))[0] == {"servers": 4, "licences": 8}


def test_without_one_part_there_is_none_of_the_others_and_each_part_says_so() -> None:
    delivered, answer = planned((SERVERS, LICENCES), (MACHINES,))
    assert delivered == {}
    told = {unmet.need: [reason.limit for reason in unmet.reasons] for unmet in answer.unmet}
    assert told == {"servers": ["bundle"], "licences": ["bundle + no-offer"]}
    assert "other parts of its bundle" in answer.unmet[0].reasons[0].sentence


def test_lots_that_do_not_make_whole_sets_leave_the_rest_undone() -> None:
    delivered, _ = planned((SERVERS, LICENCES), (replace(MACHINES, lot=4, lots=1), replace(KEYS, lot=3, lots=4)))
    assert delivered == {}
    delivered, _ = planned((SERVERS, LICENCES), (replace(MACHINES, lot=3, lots=2), replace(KEYS, lot=3, lots=4)))
    assert delivered == {"servers": 6, "licences": 12}


def test_what_the_body_can_take_is_shared_by_the_parts() -> None:
    delivered, _ = planned((SERVERS, LICENCES, TRAINING), (MACHINES, KEYS), absorption={("ministry", None): 8})
    assert delivered == {"servers": 2, "licences": 4}


def test_what_was_promised_before_stands_outside_the_bundle() -> None:
    promised = Earlier(need="servers", offer="machines", period=0, lots=3)
    delivered, _ = planned((SERVERS, LICENCES), (MACHINES, KEYS), committed=(promised,))
    assert delivered == {"servers": 6, "licences": 6}


def test_a_plan_with_half_a_bundle_is_found() -> None:
    problem = Problem(needs=(SERVERS, LICENCES), offers=(MACHINES, KEYS), bundles=(KIT,))
    loose = replace(problem, bundles=())
    assert {one.rule for one in check(problem, solve(loose, EXACT))} == {"bundle"}


@pytest.mark.parametrize(
    ("bundle", "said"),
    [
        (lambda: Bundle(id="kit", parts=(("servers", 1),)), "at least two parts"),
        (lambda: Bundle(id="kit", parts=(("servers", 1), ("servers", 2))), "stands twice"),
        (lambda: Bundle(id="kit", parts=(("servers", 0), ("licences", 2))), "pieces of servers is 0"),
        (lambda: Problem(needs=(SERVERS,), offers=(), bundles=(KIT,)), "there is no need 'licences'"),
        (lambda: Problem(needs=(SERVERS, replace(LICENCES, body="hospital")), offers=(), bundles=(KIT,)), "of several bodies"),
    ],
)
def test_a_bundle_that_cannot_be_meant_is_refused(bundle: Any, said: str) -> None:
    with pytest.raises(ProblemRefused, match=said):
        bundle()


def test_a_bundle_is_read_from_json() -> None:
    needs = [{"id": name, "category": "c", "quantity": 2, "weight": 1, "body": "b"} for name in ("a", "b")]
    data: dict[str, Any] = {"needs": needs, "offers": [], "bundles": [{"id": "kit", "parts": {"a": 1, "b": 2}}]}
    assert problem_from_json(data).bundles == (Bundle(id="kit", parts=(("a", 1), ("b", 2))),)
    data["bundles"][0]["ratio"] = 1
    with pytest.raises(ShapeRefused, match="unknown key 'ratio'"):
        problem_from_json(data)


@settings(max_examples=drawn(40), deadline=None, suppress_health_check=LENIENT)
@given(bundled(count=(6, 6)))
def test_a_plan_with_bundles_passes_its_check(problem: Problem) -> None:
    answer = explain(problem, solve(problem, EXACT))
    assert [str(finding) for finding in check(problem, answer)] == []


@settings(max_examples=drawn(30), deadline=None, suppress_health_check=LENIENT)
@given(bundled(count=(4, 3), most=6, lots=2))
def test_the_best_plan_with_bundles_is_what_trying_every_plan_finds(problem: Problem) -> None:
    free = replace(problem, committed=())
    assume(free.bundles and tries(free) <= 2_000)
    assert solve(free, EXACT).objective == optimum(free)


@settings(max_examples=drawn(25), deadline=None, suppress_health_check=LENIENT)
@given(bundled(), st.sampled_from(["training", "satellite-connectivity", "exercises"]), st.integers(1, 6), st.integers(0, 4))
def test_one_more_offer_never_lowers_the_optimum_of_bundles_and_orders(problem: Problem, category: str, lots: int, least: int) -> None:
    assume(problem.pairs is None and (problem.bundles or any(offer.minimum_lots for offer in problem.offers)))
    more = Offer(id="one more", categories=(category,), donor="norway", lot=2, lots=lots, minimum_lots=min(least, lots))
    assert solve(replace(problem, offers=(*problem.offers, more)), EXACT).objective >= solve(problem, EXACT).objective


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None, suppress_health_check=LENIENT)
@given(bundled(count=(8, 8), most=30, lots=9))
def test_ten_thousand_plans_under_all_limits_pass_their_check(problem: Problem) -> None:
    answer = explain(problem, solve(problem, EXACT))
    assert [str(finding) for finding in check(problem, answer)] == []
