"""Malformed input is refused with the record and the key; what is well formed is read as it was meant."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest
from tests.cores.allocation.test_corrupted_answers import small_world

from sild.cores.allocation.problem import Need, ProblemRefused
from sild.cores.allocation.shape import ShapeRefused, answer_from_json, problem_from_json


def put(path: list[Any], value: Any) -> dict[str, Any]:
    data = copy.deepcopy(small_world())
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    if value is KeyError:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return data


REFUSED = [
    (["needs"], KeyError, "the key 'needs' is missing"),
    (["needs"], {}, "needs must be a list"),
    (["needs", 1], 7, "needs[1] must be an object"),
    (["needs", 1, "id"], KeyError, "needs[1]: the key 'id' is missing"),
    (["needs", 1, "id"], "n-ministry", "stands twice"),
    (["needs", 1, "quantity"], 0, "n-hospital"),
    (["needs", 1, "quantity"], 1.5, "needs[1] (n-hospital): quantity must be a whole number"),
    (["needs", 1, "quantity"], "many", "quantity must be a number"),
    (["needs", 1, "quantity"], True, "quantity must be a number"),
    (["needs", 1, "weight"], float("nan"), "weight must be a finite number"),
    (["needs", 1, "weight"], -1, "weight is -1"),
    (["needs", 1, "minimum_fraction"], 1.2, "minimum_fraction is 1.2"),
    (["needs", 1, "bodie"], "x", "unknown key 'bodie'"),
    (["needs", 1, "channel"], "military", "military is False and channel is 'military'"),
    (["needs", 1, "due"], 3, "due_week and due are both given"),
    (["offers", 0, "lot"], 0, "offer 'o-seats': lot is 0"),
    (["offers", 0, "category"], KeyError, "neither category nor categories"),
    (["offers", 0, "civil_only"], "no", "civil_only must be true or false"),
    (["offers", 0, "licence"], {"state": "maybe"}, "state is 'maybe'"),
    (["offers", 0, "unit_cost"], 1e300, "unit_cost"),
    (["budgets", "estonia"], -1, "budget of 'estonia'"),
    (["budgets", "estonia"], "plenty", "budgets['estonia'] must be a number"),
    (["absorption", "ministry"], -1, "absorption of 'ministry'"),
    (["absorption", "ministry"], {"soon": 1}, "'soon' is not a period"),
    (["pairs", 0], [0], "pairs[0]"),
    (["pairs", 0], [99, 0], "need index 99 lies outside"),
    (["pairs", 0], [0, -1], "offer index -1 lies outside"),
    (["served_share"], 2, "served_share is 2"),
    (["basis"], "final", "basis is 'final'"),
    (["perod"], "month", "unknown key 'perod'"),
]


@pytest.mark.parametrize(("path", "value", "said"), REFUSED)
def test_a_malformed_problem_is_refused_by_name(path: list[Any], value: Any, said: str) -> None:
    with pytest.raises((ShapeRefused, ProblemRefused)) as refusal:
        problem_from_json(put(path, value))
    assert said in str(refusal.value)


@pytest.mark.parametrize("data", [None, [], "text", 3])
def test_what_is_no_object_is_refused(data: object) -> None:
    with pytest.raises(ShapeRefused, match="the problem must be an object"):
        problem_from_json(data)
    with pytest.raises(ShapeRefused, match="the answer must be an object"):
        answer_from_json(data)


def test_an_answer_with_a_malformed_shipment_names_it() -> None:
    with pytest.raises(ShapeRefused, match=r"shipments\[0\]: the key 'lots' is missing"):
        answer_from_json({"objective": 1, "shipments": [{"need": "a", "offer": "b"}]})


def test_a_float_counts_as_the_decimal_that_it_was_written_as() -> None:
    data = put(["needs", 0, "minimum_fraction"], 0.1)
    data["needs"][0]["quantity"] = 30
    need = problem_from_json(data).needs[0]
    assert need.minimum_fraction == Decimal("0.1")
    assert need.least == 3


def test_a_minimum_of_nothing_still_asks_for_one_piece() -> None:
    assert Need(id="n", category="c", quantity=4, weight=Decimal(1), body="b").least == 1


def test_the_long_form_is_read() -> None:
    data = {
        "period": "month",
        "basis": "endorsed",
        "currency": "EUR",
        "needs": [
            {
                **{"id": "n", "category": "training", "quantity": 4, "weight": 1, "body": "b", "due": 3, "channel": "undetermined"},
                **{"unit": "seat", "region": "UA-32", "sector": "energy", "endorsed": False},
            }
        ],
        "offers": [
            {
                **{"id": "o", "categories": ["training", "exercises"], "donor": "d", "lot": 1, "lots": 3, "lead": 1},
                **{"available_from": 1, "available_until": 5, "regions": ["UA-32"], "earmark_bodies": ["b"], "unit": None},
                "licence": {"state": "pending", "authority": "commission", "lead": 2},
            }
        ],
        "budgets": {"d": None},
        "absorption": {"b": {"1": 2, "2": None, "all": 3}, "c": None, "e": 7},
    }
    problem = problem_from_json(data)
    assert problem.absorption == {("b", 1): 2, ("b", None): 3, ("e", None): 7}
    assert problem.budgets == {"d": None}
    assert problem.pairs is None
    assert problem.offers[0].arrives == 3
    assert problem.offers[0].licence.authority == "commission"
    assert problem.needs[0].channel == "undetermined"


def test_amounts_of_more_digits_than_can_be_counted_exactly_are_refused() -> None:
    data = put(["budgets", "estonia"], Decimal("0.000000000001"))
    data["offers"][0].update(unit_cost=Decimal("123456.123456789012"), lots=1_000_000)
    with pytest.raises(ProblemRefused, match="budget of 'estonia': its offers' costs need more than 18 digits"):
        problem_from_json(data)
