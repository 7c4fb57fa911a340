"""An ask that is called exact gains exactly what the best plan gains when the change is made, and no smaller amount does."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from tests.cores.allocation.drawn import problems

from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve, with_asks
from sild.cores.allocation.method.widened import widened
from sild.cores.allocation.problem import LARGEST_QUANTITY, Need, Offer, Problem

EXACT = Effort(seconds=20, gap=0.0)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
