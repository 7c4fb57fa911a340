"""A licence is planned on a quantile of what like routes took: the days were seen once, and the plan prints them."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from sild.cores.allocation.answer import Answer
from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve
from sild.cores.allocation.problem import Need, Offer, Problem, ProblemRefused
from sild.cores.allocation.problem.licence import Licence, days_left
from sild.cores.allocation.shape import answer_from_json, answer_to_json, problem_from_json

ROUTES = (90, 12, 30, 45, 60, 200, 41, 28, 35, 50)
NEED = Need(id="n", category="training", quantity=5, weight=Decimal(5), body="ministry", due=9)
SLOW = Licence(state="pending", authority="commission", days=ROUTES)
OFFER = Offer(id="o", categories=("training",), donor="estonia", lot=1, lots=5, lead=1, licence=SLOW)
PROBLEM = Problem(needs=(NEED,), offers=(OFFER,), period="week")


def planned(problem: Problem) -> Answer:
    answer = explain(problem, solve(problem, Effort(gap=0.0)))
    assert check(problem, answer) == []
    return answer


@pytest.mark.parametrize(
    ("quantile", "waited", "days"),
    [
        ("0.01", 0, 12),
        ("0.5", 0, 41),
        ("0.8", 0, 60),
        ("0.81", 0, 90),
        ("1", 0, 200),
        ("0.8", 45, 155),
        ("0.5", 45, 15),
        ("0.8", 200, None),
    ],
)
def test_the_quantile_is_a_duration_that_was_seen_less_what_was_waited(quantile: str, waited: int, days: int | None) -> None:
    assert days_left(replace(SLOW, waited=waited), Decimal(quantile)) == days


def test_the_plan_counts_on_the_quantile_and_prints_its_days() -> None:
    assert planned(PROBLEM).shipments == ()
    bold = planned(replace(PROBLEM, licence_quantile=Decimal("0.5")))
    assert [one.period for one in bold.shipments] == [6 + 1]
    (licence,) = bold.licences
    assert (licence.offer, licence.quantile, licence.routes, licence.days, licence.periods) == ("o", Decimal("0.5"), 10, 41, 6)


def test_who_needs_it_sooner_is_told_by_how_much_the_licence_must_come_sooner() -> None:
    (unmet,) = planned(replace(PROBLEM, licence_quantile=Decimal("0.9"))).unmet
    told = {reason.limit: (reason.owner, reason.changes[0].amount) for reason in unmet.reasons}
    assert told["licence"] == ("licence authority commission", 13 + 1 - 9)


def test_a_licence_that_takes_longer_than_any_route_is_not_known() -> None:
    answer = planned(replace(PROBLEM, offers=(replace(OFFER, licence=replace(SLOW, waited=200)),)))
    assert any(said.startswith("The licence is not known where offer o serves need n") for said in answer.assumptions)
    assert answer.licences[0].days is None


def test_a_month_is_counted_as_thirty_days_and_a_begun_one_whole() -> None:
    monthly = Problem(needs=(NEED,), offers=(OFFER,), period="month", licence_quantile=Decimal("0.85"))
    assert monthly.offers[0].licence.planned == 3
    assert replace(monthly, licence_quantile=Decimal("0.8")).offers[0].licence.planned == 2


def test_a_plan_on_another_quantile_than_it_says_is_found() -> None:
    bold = replace(PROBLEM, licence_quantile=Decimal("0.5"))
    answer = planned(bold)
    lie = replace(answer.licences[0], days=12)
    assert {one.rule for one in check(bold, replace(answer, licences=(lie,)))} == {"licence"}
    assert {one.rule for one in check(bold, replace(answer, licences=()))} == {"licence"}
    assert "fit" in {one.rule for one in check(replace(bold, licence_quantile=Decimal("0.9")), answer)}


def test_lead_and_past_routes_exclude_each_other_and_a_share_lies_between_none_and_all() -> None:
    with pytest.raises(ProblemRefused, match="lead and days"):
        replace(SLOW, lead=3)
    with pytest.raises(ProblemRefused, match="licence_quantile is 0"):
        replace(PROBLEM, licence_quantile=Decimal(0))


def test_past_routes_are_read_from_json_and_the_planned_wait_is_written() -> None:
    licence = {"state": "pending", "authority": "commission", "days": list(ROUTES), "waited": 5}
    need = {"id": "n", "category": "training", "quantity": 5, "weight": 5, "body": "ministry"}
    offer = {"id": "o", "category": "training", "donor": "estonia", "lot": 1, "lots": 5, "licence": licence}
    problem = problem_from_json({"needs": [need], "offers": [offer], "licence_quantile": 0.5})
    assert problem.offers[0].licence.planned == 6
    again = answer_from_json(json.loads(json.dumps(answer_to_json(planned(problem)))))
    assert check(problem, again) == []
    assert again.licences[0].quantile == Decimal("0.5")
