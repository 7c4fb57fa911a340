"""Plans of equal worth are not equal to people: what comes earlier and from fewer donors goes first, and costs nothing."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from tests.cores.allocation.drawn import problems
from tests.drawing import drawn

from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, solve
from sild.cores.allocation.method.board import Board
from sild.cores.allocation.method.grid import lay_out
from sild.cores.allocation.method.start import greedy
from sild.cores.allocation.method.ties import settle_ties
from sild.cores.allocation.problem import Need, Offer, Problem


def need(name: str, quantity: int) -> Need:
    return Need(id=name, category="training", quantity=quantity, weight=Decimal(3), body="ministry", due=5)


def offer(name: str, donor: str, lots: int, lead: int = 0) -> Offer:
    return Offer(id=name, categories=("training",), donor=donor, lot=1, lots=lots, lead=lead)


def test_the_earlier_month_is_taken_where_both_have_room() -> None:
    months = {("ministry", month): 6 for month in range(6)}
    problem = Problem(needs=(need("n", 9),), offers=(offer("o", "estonia", 9),), absorption=months)
    answer = solve(problem, Effort(gap=0.0))
    assert {(one.period, one.lots) for one in answer.shipments} == {(0, 6), (1, 3)}


def test_one_donor_serves_a_need_where_one_is_enough() -> None:
    problem = Problem(needs=(need("n", 9),), offers=(offer("a", "estonia", 4), offer("b", "canada", 9), offer("c", "norway", 5)))
    answer = solve(problem, Effort(gap=0.0))
    assert [(one.offer, one.lots) for one in answer.shipments] == [("b", 9)]
    assert check(problem, answer) == []


@settings(max_examples=drawn(200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(count=(6, 6), most=20, lots=8))
def test_settling_ties_changes_no_need_and_breaks_no_limit(problem: Problem) -> None:
    grid = lay_out(problem)
    board = Board(grid)
    greedy(board)
    before = list(board.pieces)
    settle_ties(board)
    assert board.pieces == before
    assert grid.holds(board.plan())
