"""Why this offer and not the next, the nearest variation of an offer that goes nowhere, and what first come first served would do."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from tests.cores.allocation.drawn import problems
from tests.drawing import drawn

from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, choices, counter_offers, first_come, solve
from sild.cores.allocation.method.widened import widened
from sild.cores.allocation.problem import Licence, Need, Offer, Problem

EXACT = Effort(seconds=20, gap=0.0)
NEED = Need(id="n", category="training", quantity=10, weight=Decimal(4), body="b", due=3, region="Sumy")
OFFER = Offer(id="chosen", categories=("training",), donor="d", lot=1, lots=10)


def why_not(other: Offer, **fields: object) -> tuple[str, ...]:
    problem = replace(Problem(needs=(NEED,), offers=(OFFER, other), period="month"), **fields)
    [chosen] = choices(problem, solve(problem, EXACT))
    assert (chosen.need, chosen.offer) == ("n", "chosen")
    [instead] = chosen.instead
    assert instead.offer == other.id
    return instead.why


def test_another_offer_is_told_with_what_keeps_it_away() -> None:
    assert why_not(replace(OFFER, id="other", regions=frozenset({"Odesa"}))) == ("region",)
    assert why_not(replace(OFFER, id="other", lead=9, licence=Licence(state="denied"))) == ("licence", "due-date")
    assert why_not(replace(OFFER, id="other", lead=2)) == ("later",)
    assert why_not(replace(OFFER, id="other", donor="e", unit_cost=Decimal(5)), budgets={"e": Decimal(4)}) == ("budget",)
    assert why_not(replace(OFFER, id="zz")) == ("as-good",)


def test_an_offer_that_others_take_is_told_with_what_it_is_worth_there() -> None:
    other = Need(id="m", category="training", quantity=5, weight=Decimal(8), body="c", due=1)
    early = replace(OFFER, id="early", lots=5)
    problem = Problem(needs=(replace(NEED, quantity=5), other), offers=(replace(OFFER, lead=2, lots=5), early), period="month")
    told = {one.need: one for one in choices(problem, solve(problem, EXACT))}
    [instead] = told["n"].instead
    assert (told["n"].offer, instead.offer, instead.why) == ("chosen", "early", ("taken",))
    assert instead.worth > instead.here > 0


def test_the_nearest_variation_of_an_offer_is_the_one_with_the_fewest_changes() -> None:
    far = replace(NEED, id="far", region="Kherson", channel="military", weight=Decimal(90))
    strict = replace(OFFER, id="strict", regions=frozenset({"Odesa"}), civil_only=True, lots=4)
    late = replace(OFFER, id="late", lots=3, lead=5)
    problem = Problem(needs=(NEED, far), offers=(strict, late), period="month")
    told = {one.offer: one for one in counter_offers(problem, solve(problem, EXACT))}
    assert (told["strict"].need, [change.limit for change in told["strict"].changes], told["strict"].pieces) == ("n", ["region"], 4)
    [sooner] = told["late"].changes
    assert (told["late"].need, sooner.limit, sooner.amount, sooner.owner, told["late"].pieces) == ("far", "lead-time", 2, "donor d", 3)


@settings(max_examples=drawn(60), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(problems(count=(6, 6), most=15, lots=6))
def test_a_counter_offer_gains_what_it_says(problem: Problem) -> None:
    answer = solve(problem, EXACT)
    for counter in counter_offers(problem, answer):
        changed = problem
        for change in counter.changes:
            changed = widened(changed, change)
        gained = solve(replace(changed, fairness=()), EXACT).objective - solve(replace(problem, fairness=()), EXACT).objective
        assert problem.fairness or gained >= counter.value


@settings(max_examples=drawn(60), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(problems(count=(8, 8), most=30, lots=9))
def test_first_come_first_served_breaks_no_limit_and_is_never_worth_more(problem: Problem) -> None:
    problem = replace(problem, planned=())
    greedy = first_come(problem)
    assert check(problem, replace(greedy, bound=float(greedy.objective))) == []
    assert greedy.objective <= solve(problem, EXACT).objective
