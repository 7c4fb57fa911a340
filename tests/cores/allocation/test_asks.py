"""An ask that is called exact gains exactly what the best plan gains when the change is made, and no smaller amount does."""

from __future__ import annotations

import importlib.util
import re
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType

from hypothesis import HealthCheck, given, settings
from tests.cores.allocation.drawn import problems
from tests.drawing import drawn

from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve, with_asks
from sild.cores.allocation.method.widened import widened
from sild.cores.allocation.problem import LARGEST_QUANTITY, Licence, Need, Offer, Problem

EXACT = Effort(seconds=20, gap=0.0)


@settings(max_examples=drawn(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(count=(6, 6), most=15, lots=6))
def test_an_exact_ask_gains_what_solving_the_changed_problem_gains(problem: Problem) -> None:
    answer = with_asks(problem, explain(problem, solve(problem, EXACT)), seconds=20)
    assert check(problem, answer) == []
    gains = [ask.gain for ask in answer.asks]
    assert gains == sorted(gains, reverse=True)
    for ask in answer.asks:
        gained = solve(widened(problem, ask.change), EXACT).objective - answer.objective
        assert gained >= ask.gain * (1 - 10**-9)
        if ask.exact:
            assert abs(gained - ask.gain) <= ask.gain / 20


def test_an_ask_is_never_for_more_than_an_offer_may_be() -> None:
    needs = tuple(
        Need(id=f"n{number}", category="training", quantity=LARGEST_QUANTITY, weight=Decimal(1), body=f"b{number}") for number in range(3)
    )
    problem = Problem(needs=needs, offers=(Offer(id="o", categories=("training",), donor="d", lot=1, lots=5),))
    answer = with_asks(problem, explain(problem, solve(problem, Effort(seconds=2))), seconds=4)
    assert answer.asks
    assert all(ask.change.amount <= LARGEST_QUANTITY for ask in answer.asks)
    assert check(problem, answer) == []


def test_a_licence_that_comes_sooner_is_asked_for_as_much_sooner_as_is_needed() -> None:
    need = Need(id="n", category="training", quantity=10, weight=Decimal(4), body="b", due=2)
    waiting = Licence(state="pending", authority="commission", lead=5)
    offer = Offer(id="o", categories=("training",), donor="d", lot=1, lots=10, lead=1, licence=waiting)
    problem = Problem(needs=(need,), offers=(offer,), period="month")
    answer = with_asks(problem, explain(problem, solve(problem, EXACT)), seconds=4)
    found = {ask.change.limit: ask for ask in answer.asks}
    assert found["licence"].change.owner == "licence authority commission"
    assert (found["licence"].change.amount, found["licence"].change.unit, found["licence"].gain) == (4, "months", 4)
    # the delivery itself takes a month: that alone does not bring it in time
    assert "lead-time" not in found
    assert check(problem, answer) == []


def test_in_a_large_problem_an_ask_is_tried_in_the_part_that_it_reaches() -> None:
    needs = tuple(
        Need(id=f"n{at:03}", category=f"c{at % 40}", quantity=8, weight=Decimal(1 + at % 5), body=f"b{at % 7}", due=6) for at in range(400)
    )
    offers = tuple(
        Offer(id=f"o{at}", categories=(f"c{at % 40}",), donor=f"d{at % 5}", lot=1, lots=30, unit_cost=Decimal(1)) for at in range(80)
    )
    months = {(f"b{body}", month): 200 for body in range(7) for month in range(3)}
    budgets = {f"d{donor}": Decimal(400) for donor in range(5)}
    problem = Problem(needs=needs, offers=offers, budgets=budgets, absorption=months, period="month")
    answer = solve(problem, Effort(seconds=20, gap=0.01))
    told = with_asks(problem, answer, seconds=20)
    assert told.asks
    for ask in told.asks:
        gained = solve(widened(problem, ask.change), Effort(seconds=20, gap=0.001)).bound - float(answer.objective)
        assert 0 < ask.gain <= gained * (1 + 1e-9)
    assert check(problem, explain(problem, told)) == []


def bench() -> ModuleType:
    """The bench of asks, whose brute force makes each single change on its own terms; with its neighbour on the path."""
    folder = Path(__file__).parents[3] / "bench"
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location("allocation_asks", folder / "allocation_asks.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(folder))
    return module


def test_the_first_ask_is_the_best_of_all_single_changes_by_brute_force() -> None:
    told, missed = bench(), []
    for seed in range(10):
        problem = told.drawn(seed)
        answer = explain(problem, solve(problem, EXACT))
        missing = {need.id: need.quantity for need in problem.needs}
        for one in answer.shipments:
            missing[one.need] -= one.pieces
        # of a date that is later or a licence that is sooner by one, two, ... the last allows all that the others do
        changes = {re.sub(r" [+-]\d+$", "", name): changed for name, changed in told.every_change(problem, missing)}
        best = max(solve(changed, EXACT).objective for changed in changes.values()) - answer.objective
        first = with_asks(problem, answer, seconds=30).asks[0]
        gained = solve(widened(problem, first.change), EXACT).objective - answer.objective
        if float(gained) < float(best) * (1 - 1e-6):
            missed.append((seed, first.change, float(gained), float(best)))
    assert missed == []
