"""A need may accept something else: it counts in full as pieces and by its quality in what the plan is worth."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sild.cores.allocation.answer import Answer
from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve, with_asks
from sild.cores.allocation.problem import Need, Offer, Problem, ProblemRefused
from sild.cores.allocation.shape import problem_from_json

DISHES = Need(id="n", category="satellite", quantity=10, weight=Decimal(10), body="ministry", substitutes=(("radio-link", Decimal("0.5")),))
DISH = Offer(id="dish", categories=("satellite",), donor="estonia", lot=1, lots=4)
RADIO = Offer(id="radio", categories=("radio-link",), donor="canada", lot=1, lots=10)


def planned(*needs: Need, offers: tuple[Offer, ...] = (DISH, RADIO), **rest: Any) -> Answer:
    problem = Problem(needs=needs, offers=offers, **rest)
    answer = with_asks(problem, explain(problem, solve(problem, Effort(gap=0.0))), seconds=5)
    assert check(problem, answer) == []
    return answer


def lots(answer: Answer) -> dict[str, int]:
    return {one.offer: one.lots for one in answer.shipments}


def test_what_was_asked_goes_first_and_a_substitute_fills_the_rest_at_its_quality() -> None:
    answer = planned(DISHES)
    assert lots(answer) == {"dish": 4, "radio": 6}
    assert answer.objective == 3 + Decimal("0.7") * (4 + 6 * Decimal("0.5"))
    assert "Need n is served with a substitute by offer radio, of which a piece counts 0.5." in answer.assumptions


def test_who_accepts_no_substitute_gets_none() -> None:
    assert lots(planned(replace(DISHES, substitutes=()))) == {"dish": 4}


def test_the_scarce_thing_goes_to_who_cannot_do_without_it() -> None:
    picky = replace(DISHES, id="picky", quantity=4, weight=Decimal(4), substitutes=(), minimum_fraction=Decimal(1))
    answer = planned(DISHES, picky)
    assert {(one.need, one.offer, one.lots) for one in answer.shipments} == {("picky", "dish", 4), ("n", "radio", 10)}


def test_a_reason_counts_a_substitute_at_its_quality() -> None:
    (unmet,) = planned(DISHES, offers=(replace(RADIO, lots=7),)).unmet
    told = {reason.limit: reason.value for reason in unmet.reasons}
    assert told["offer-lots"] == Decimal("0.35")


def test_of_several_substitutes_in_one_offer_the_best_counts() -> None:
    need = replace(DISHES, substitutes=(("radio-link", Decimal("0.5")), ("fibre", Decimal("0.8"))))
    answer = planned(need, offers=(replace(RADIO, categories=("radio-link", "fibre")),))
    assert answer.objective == 3 + 7 * Decimal("0.8")


@pytest.mark.parametrize(
    ("substitutes", "said"),
    [
        ((("radio-link", Decimal(0)),), "a substitute of quality 0 is none"),
        ((("radio-link", Decimal("1.1")),), "quality of radio-link is 1.1"),
        ((("satellite", Decimal("0.5")),), "'satellite': the id stands twice"),
    ],
)
def test_a_substitute_that_cannot_be_meant_is_refused(substitutes: Any, said: str) -> None:
    with pytest.raises(ProblemRefused, match=said):
        replace(DISHES, substitutes=substitutes)


def test_substitutes_are_read_from_json() -> None:
    need = {"id": "n", "category": "satellite", "quantity": 2, "weight": 1, "body": "b", "substitutes": {"radio-link": 0.5}}
    assert problem_from_json({"needs": [need], "offers": []}).needs[0].substitutes == (("radio-link", Decimal("0.5")),)
