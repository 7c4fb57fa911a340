"""For each limit a small story: the need is short because of it, the reason names it, whose move it is, and how little would do."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sild.cores.allocation.answer import Answer
from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve, with_asks
from sild.cores.allocation.problem import Licence, Need, Offer, Problem

NEED = Need(
    id="n", category="training", quantity=10, weight=Decimal(5), body="ministry", due=3, region="UA-32", sector="energy", unit="seat"
)
OFFER = Offer(id="o", categories=("training",), donor="estonia", lot=1, lots=20, unit_cost=Decimal("2.50"), lead=1, unit="seat")
PENDING = Licence(state="pending", authority="commission", lead=4)
DENIED = Licence(state="denied", authority="commission")

# need changed, offer changed, problem changed -> limit, owner, amount, unit
STORIES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], tuple[str, str, str, str]]] = {
    "the offer has too few lots": ({}, {"lots": 7}, {}, ("offer-lots", "donor estonia", "1", "lots")),
    "lots of five do not make four": ({}, {"lot": 4, "lots": 3}, {}, ("lot-size", "donor estonia", "2", "pieces")),
    "a lot is larger than the need": ({}, {"lot": 12, "lots": 3}, {}, ("lot-size", "donor estonia", "10", "pieces")),
    "the donor's money ends": ({}, {}, {"budgets": {"estonia": Decimal("20.10")}}, ("budget", "donor estonia", "2.40", "money")),
    "the body is full": ({}, {}, {"absorption": {("ministry", None): 4}}, ("absorption", "recipient ministry", "1", "pieces")),
    "the body is full in every month": (
        {},
        {},
        {"absorption": {("ministry", month): 1 for month in range(4)}},
        ("absorption", "recipient ministry", "1", "pieces"),
    ),
    "it comes too late": ({"due": 0}, {}, {}, ("due-date", "recipient ministry", "1", "weeks")),
    "the way is too long": ({"due": 1}, {"lead": 4}, {}, ("lead-time", "donor estonia", "3", "weeks")),
    "the licence takes too long": ({}, {"licence": PENDING}, {}, ("licence", "licence authority commission", "2", "weeks")),
    "the licence was denied": ({}, {"licence": DENIED}, {}, ("licence", "licence authority commission", "1", "decision")),
    "the offer closes before it is licensed": (
        {"due": 9},
        {"licence": PENDING, "available_until": 2},
        {},
        ("availability", "donor estonia", "2", "weeks"),
    ),
    "the licence ends before it can arrive": (
        {"due": 9},
        {"licence": Licence(state="granted", authority="commission", until=2), "available_from": 4},
        {},
        ("licence-end", "licence authority commission", "3", "weeks"),
    ),
    "one side said no": ({}, {}, {"declined": frozenset({("n", "o")})}, ("declined", "secretariat", "1", "decision")),
    "only for civil use": ({"channel": "military"}, {"civil_only": True}, {}, ("civil-only", "donor estonia", "1", "decision")),
    "only for another region": ({}, {"regions": frozenset({"UA-46"})}, {}, ("region", "donor estonia", "1", "decision")),
    "earmarked for another body": ({}, {"earmark_bodies": frozenset({"hospital"})}, {}, ("earmark", "donor estonia", "1", "decision")),
    "earmarked for another sector": ({}, {"earmark_sectors": frozenset({"health"})}, {}, ("earmark", "donor estonia", "1", "decision")),
    "may not be handed on": (
        {"passes_on": True},
        {"no_reexport": True, "licence": Licence(state="granted", authority="commission")},
        {},
        ("re-export", "licence authority commission", "1", "decision"),
    ),
    "licensed for another end use": (
        {"end_use": "research"},
        {"end_uses": frozenset({"incident response"})},
        {},
        ("end-use", "licence authority", "1", "decision"),
    ),
    "counted in another unit": ({}, {"unit": "course"}, {}, ("unit", "secretariat", "1", "decision")),
    "not yet ruled civil or military": ({"channel": "undetermined"}, {}, {}, ("channel", "secretariat", "1", "decision")),
    "not endorsed": ({"endorsed": False}, {}, {"basis": "endorsed"}, ("endorsement", "endorsing gates of ministry", "1", "decision")),
    "its minimum is out of reach": (
        {"minimum_fraction": Decimal(1)},
        {"lots": 7},
        {},
        ("minimum-share", "recipient ministry", "7", "pieces"),
    ),
    "nobody offers": ({}, {"categories": ("exercises",)}, {}, ("no-offer", "secretariat, to find a giver", "1", "pieces")),
    "fit was not listed": ({}, {}, {"pairs": frozenset()}, ("fit", "secretariat", "1", "decision")),
}


def explained(problem: Problem) -> Answer:
    return explain(problem, solve(problem, Effort(gap=0.0)))


@pytest.mark.parametrize("name", STORIES)
def test_each_limit_is_named_with_its_owner_and_its_smallest_change(name: str) -> None:
    need, offer, rest, expected = STORIES[name]
    problem = Problem(needs=(replace(NEED, **need),), offers=(replace(OFFER, **offer),), **rest)
    answer = explained(problem)
    assert check(problem, answer) == []
    (unmet,) = answer.unmet
    limit, owner, amount, unit = expected
    told = [
        (change.limit, change.owner, change.amount, change.unit)
        for reason in unmet.reasons
        if len(reason.changes) == 1
        for change in reason.changes
    ]
    assert (limit, owner, Decimal(amount), unit) in told
    assert all(reason.smallest for reason in unmet.reasons)
    assert all(reason.sentence.endswith(".") and "None" not in reason.sentence for reason in unmet.reasons)


def test_two_limits_that_only_help_together_are_named_together() -> None:
    problem = Problem(needs=(NEED,), offers=(replace(OFFER, lots=6),), absorption={("ministry", None): 6})
    answer = explained(problem)
    (reason,) = answer.unmet[0].reasons
    assert reason.limit == "offer-lots + absorption"
    assert reason.owner == "donor estonia + recipient ministry"
    assert check(problem, answer) == []


def test_a_closed_gate_is_named_beside_the_limit_behind_it() -> None:
    problem = Problem(needs=(replace(NEED, channel="undetermined"),), offers=(replace(OFFER, lots=0),))
    answer = explained(problem)
    assert {reason.changes[0].limit for reason in answer.unmet[0].reasons} == {"channel"}
    assert "offer-lots" in {reason.changes[1].limit for reason in answer.unmet[0].reasons}
    assert check(problem, answer) == []


def test_an_unknown_budget_is_neither_nothing_nor_silent() -> None:
    problem = Problem(needs=(NEED,), offers=(OFFER,), budgets={"estonia": None})
    answer = explained(problem)
    assert answer.unmet == ()
    assert "The budget of estonia is not known; the plan supposes that it suffices." in answer.assumptions
    assert any(said.startswith("What ministry can take") for said in answer.assumptions)


def test_what_nobody_stated_stands_beside_the_reasons() -> None:
    problem = Problem(needs=(NEED,), offers=(replace(OFFER, lots=3, licence=Licence(state="unknown")),))
    (unmet,) = explained(problem).unmet
    assert unmet.unknown == ("absorption of ministry", "budget of estonia", "licence for offer o")


def test_an_end_use_that_nobody_stated_stands_beside_the_plan() -> None:
    offer = replace(OFFER, lots=3, no_reexport=True, end_uses=frozenset({"incident response"}))
    answer = explained(Problem(needs=(NEED,), offers=(offer,)))
    assert {"onward transfer for offer o", "end use for offer o"} <= set(answer.unmet[0].unknown)
    assert any(said.startswith("The end use is not known where offer o serves need n") for said in answer.assumptions)


def test_a_plan_that_lets_a_controlled_thing_be_handed_on_is_found() -> None:
    problem = Problem(needs=(replace(NEED, passes_on=True, end_use="research"),), offers=(OFFER,))
    answer = solve(problem)
    bound = replace(OFFER, no_reexport=True, end_uses=frozenset({"response"}))
    told = [str(finding) for finding in check(replace(problem, offers=(bound,)), answer)]
    assert any("may not be handed on" in one for one in told)
    assert any("not for the end use research" in one for one in told)


def test_needs_without_a_date_are_spread_over_the_months_that_the_body_can_take() -> None:
    months = {("ministry", month): 4 for month in range(1, 4)}
    problem = Problem(needs=(replace(NEED, due=None),), offers=(OFFER,), absorption=months, period="month")
    answer = explained(problem)
    assert answer.unmet == ()
    assert {shipment.period for shipment in answer.shipments} == {1, 2, 3}
    assert check(problem, answer) == []


def test_asks_are_the_changes_that_gain_most_and_their_gain_is_exact() -> None:
    second = replace(NEED, id="n2", category="exercises", weight=Decimal(9), body="hospital", quantity=4)
    problem = Problem(needs=(NEED, second), offers=(replace(OFFER, lots=6),))
    answer = with_asks(problem, explained(problem), seconds=20)
    first, then = answer.asks[:2]
    assert (first.change.limit, first.change.category, first.change.amount, first.gain) == ("no-offer", "exercises", 4, 9)
    assert then.gain == Decimal(5) * Decimal("0.7") * 4 / 10
    assert first.exact and then.exact
    assert check(problem, answer) == []


def test_a_cancelled_search_returns_the_best_plan_so_far() -> None:
    problem = Problem(needs=(NEED,), offers=(OFFER,))
    answer = solve(problem, Effort(cancelled=lambda: True))
    assert sum(shipment.pieces for shipment in answer.shipments) == 10
    assert check(problem, answer) == []


@pytest.mark.parametrize("needs", [(), (NEED,)])
def test_an_empty_problem_has_an_empty_plan(needs: tuple[Need, ...]) -> None:
    problem = Problem(needs=needs, offers=())
    answer = with_asks(problem, explained(problem))
    assert (answer.shipments, answer.objective, answer.status) == ((), 0, "optimal")
    assert check(problem, answer) == []


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_a_time_limit_that_cannot_be_meant_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="time limit"):
        Effort(seconds=seconds)


def test_a_time_too_short_for_any_proof_still_gives_a_plan_and_an_honest_bound() -> None:
    needs = tuple(replace(NEED, id=f"n{at}", body=f"body {at % 7}", quantity=5 + at % 9) for at in range(60))
    offers = tuple(replace(OFFER, id=f"o{at}", lot=1 + at % 3, lots=9) for at in range(40))
    problem = Problem(needs=needs, offers=offers, absorption={(f"body {at}", None): 30 for at in range(7)})
    hasty, patient = solve(problem, Effort(seconds=1e-6)), solve(problem, Effort(seconds=20))
    assert check(problem, hasty) == []
    assert 0 < hasty.objective <= patient.objective <= patient.bound * (1 + 1e-9)
    assert patient.objective <= hasty.bound * (1 + 1e-9)


def test_amounts_that_no_solver_takes_still_give_a_plan() -> None:
    dear = replace(OFFER, id="dear", lot=1_000_000, lots=2, unit_cost=Decimal(900_000_000))
    tiny = replace(OFFER, id="tiny", unit_cost=Decimal("0.01"), donor="canada")
    needs = (replace(NEED, id="n1", quantity=5_000_000, weight=Decimal("1e14")), replace(NEED, id="n2", weight=Decimal("1e-9")))
    budgets = {"estonia": Decimal("1e15"), "canada": Decimal(1)}
    problem = Problem(needs=needs, offers=(dear, tiny), budgets=budgets)
    answer = explained(problem)
    assert check(problem, answer) == []
    assert answer.objective > 0


@pytest.mark.parametrize("seed", range(3))
def test_quantities_too_large_for_exact_totals_are_planned_too(seed: int) -> None:
    needs = tuple(replace(NEED, id=f"n{at}", quantity=900_000 + 7 * at + seed, minimum_fraction=Decimal("0.9")) for at in range(4))
    offers = tuple(replace(OFFER, id=f"o{at}", lot=1_000 * (at + 1), lots=400) for at in range(4))
    problem = Problem(needs=needs, offers=offers, absorption={("ministry", None): 2_000_000})
    answer = explained(problem)
    assert check(problem, answer) == []
    assert answer.objective > 0
