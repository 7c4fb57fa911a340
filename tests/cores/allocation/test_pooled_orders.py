"""Bodies order together: an offer with a smallest order comes to it over all needs, or is not ordered at all."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from tests.cores.allocation.drawn import bundled, optimum, tries
from tests.drawing import drawn

from sild.cores.allocation.answer import Answer, PooledOrder
from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve, with_asks
from sild.cores.allocation.problem import Earlier, Need, Offer, Problem
from sild.cores.allocation.shape import answer_from_json, answer_to_json, problem_from_json

LENIENT = [HealthCheck.too_slow, HealthCheck.filter_too_much]
EXACT = Effort(seconds=20, gap=0.0)
MINISTRY = Need(id="ministry", category="terminals", quantity=6, weight=Decimal(6), body="ministry")
HOSPITAL = Need(id="hospital", category="terminals", quantity=5, weight=Decimal(5), body="hospital")
BULK = Offer(id="bulk", categories=("terminals",), donor="estonia", lot=1, lots=40, minimum_lots=10)
DEAR = Offer(id="dear", categories=("terminals",), donor="canada", lot=1, lots=3)


def planned(*needs: Need, offers: tuple[Offer, ...] = (BULK, DEAR), **rest: Any) -> tuple[dict[tuple[str, str], int], Answer]:
    problem = Problem(needs=needs, offers=offers, **rest)
    answer = with_asks(problem, explain(problem, solve(problem, EXACT)), seconds=3)
    assert check(problem, answer) == []
    return {(one.need, one.offer): one.lots for one in answer.shipments}, answer


def test_two_bodies_order_together_what_neither_could_alone() -> None:
    delivered, answer = planned(MINISTRY, HOSPITAL)
    assert sum(delivered.values()) == 11
    (order,) = answer.orders
    assert (order.offer, order.minimum, order.bodies) == ("bulk", 10, ("hospital", "ministry"))
    assert order.lots >= 10


def test_one_body_alone_is_told_that_the_smallest_order_stands_in_the_way() -> None:
    delivered, answer = planned(MINISTRY)
    assert delivered == {("ministry", "dear"): 3}
    told = {reason.limit: (reason.owner, reason.sentence) for reason in answer.unmet[0].reasons}
    assert told["minimum-order"] == ("donor estonia", "Offer bulk given for need ministry below its smallest order.")
    assert "minimum-order" in {ask.change.limit for ask in answer.asks}


def test_what_is_committed_counts_towards_the_order_and_stands_without_it() -> None:
    promised = Earlier(need="hospital", offer="bulk", period=0, lots=5)
    delivered, _ = planned(MINISTRY, HOSPITAL, committed=(promised,))
    assert delivered[("ministry", "bulk")] >= 5
    small, _ = planned(replace(MINISTRY, quantity=2), HOSPITAL, committed=(promised,))
    assert small == {("ministry", "dear"): 2, ("hospital", "bulk"): 5}


def test_an_order_below_its_minimum_and_one_that_is_told_wrongly_are_found() -> None:
    problem = Problem(needs=(MINISTRY,), offers=(BULK,))
    free = replace(problem, offers=(replace(BULK, minimum_lots=0),))
    assert {one.rule for one in check(problem, solve(free, EXACT))} == {"minimum-order"}
    both = Problem(needs=(MINISTRY, HOSPITAL), offers=(BULK,))
    answer = solve(both, EXACT)
    alone = PooledOrder(offer="bulk", minimum=10, lots=11, bodies=("ministry",))
    assert {one.rule for one in check(both, replace(answer, orders=(alone,)))} == {"order"}


def test_orders_survive_json() -> None:
    offer = {"id": "bulk", "category": "terminals", "donor": "estonia", "lot": 1, "lots": 40, "minimum_lots": 10}
    needs = [{"id": name, "category": "terminals", "quantity": 6, "weight": 1, "body": name} for name in ("a", "b")]
    problem = problem_from_json({"needs": needs, "offers": [offer]})
    answer = solve(problem, EXACT)
    again = answer_from_json(json.loads(json.dumps(answer_to_json(answer))))
    assert again.orders == answer.orders != ()
    assert check(problem, again) == []


@settings(max_examples=drawn(30), deadline=None, suppress_health_check=LENIENT)
@given(bundled(count=(3, 3), most=6, lots=4))
def test_the_best_plan_with_smallest_orders_is_what_trying_every_plan_finds(problem: Problem) -> None:
    offers = tuple(replace(offer, minimum_lots=offer.minimum_lots or 3) for offer in problem.offers)
    free = replace(problem, committed=(), offers=offers)
    assume(tries(free) <= 2_000)
    assert solve(free, EXACT).objective == optimum(free)


@settings(max_examples=drawn(30), deadline=None, suppress_health_check=LENIENT)
@given(bundled(count=(7, 5), most=10, lots=9))
def test_a_plan_with_smallest_orders_passes_its_check(problem: Problem) -> None:
    problem = replace(problem, offers=tuple(replace(offer, minimum_lots=offer.minimum_lots or 3) for offer in problem.offers))
    answer = explain(problem, solve(problem, EXACT))
    assert [str(finding) for finding in check(problem, answer)] == []
