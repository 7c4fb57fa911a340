"""An answer that was tampered with is caught: by the check always, by the independent referee where it looks at that part."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from tests.cores.allocation.instances import instances

from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve, with_asks
from sild.cores.allocation.shape import answer_from_json, answer_to_json, problem_from_json

Json = dict[str, Any]


def small_world() -> Json:
    """Two donors, five needs: offers run out, money runs out, a body is full, a condition stands in the way."""
    offers = [
        {"id": "o-seats", "category": "training", "donor": "estonia", "lot": 5, "lots": 6, "unit_cost": 2.5, "lead_weeks": 1},
        {"id": "o-more-seats", "category": "training", "donor": "canada", "lot": 1, "lots": 40, "unit_cost": 4, "lead_weeks": 2},
        {"id": "o-dishes", "category": "satellite-connectivity", "donor": "canada", "lot": 2, "lots": 4, "unit_cost": 10, "lead_weeks": 6},
    ]
    needs = [
        {
            "id": "n-ministry",
            "category": "training",
            "quantity": 20,
            "weight": 8,
            "body": "ministry",
            "minimum_fraction": 0.5,
            "due_week": 4,
        },
        {"id": "n-hospital", "category": "training", "quantity": 18, "weight": 6, "body": "hospital", "minimum_fraction": 1, "due_week": 4},
        {"id": "n-agency", "category": "training", "quantity": 30, "weight": 5, "body": "agency", "minimum_fraction": 0.25, "due_week": 8},
        {"id": "n-field", "category": "satellite-connectivity", "quantity": 9, "weight": 9, "body": "agency", "minimum_fraction": 0.2},
        {"id": "n-late", "category": "satellite-connectivity", "quantity": 4, "weight": 3, "body": "hospital", "due_week": 5},
    ]
    for offer in offers:
        offer["civil_only"] = offer["id"] == "o-dishes"
    for need in needs:
        need["military"] = need["id"] == "n-late"
        need.setdefault("due_week", 9)
        need.setdefault("minimum_fraction", 0)
    return {
        "served_share": 0.3,
        "needs": needs,
        "offers": offers,
        "budgets": {"estonia": 60, "canada": 150},
        "absorption": {"ministry": 30, "hospital": 18, "agency": 25},
        "pairs": [[0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1], [3, 2]],
    }


def answered() -> Json:
    problem = problem_from_json(small_world())
    answer = with_asks(problem, explain(problem, solve(problem, Effort(gap=0.0))), seconds=20)
    return json.loads(json.dumps(answer_to_json(answer)))


@pytest.fixture(scope="module")
def good() -> Json:
    return answered()


def set_at(*path: Any, to: Any) -> Callable[[Json], None]:
    def change(answer: Json) -> None:
        place: Any = answer
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = to(place[path[-1]]) if callable(to) else to

    return change


def swap_offers(answer: Json) -> None:
    first = answer["shipments"][0]
    first["offer"] = "o-dishes" if first["offer"] != "o-dishes" else "o-seats"


def one_more_lot(answer: Json) -> None:
    for shipment in answer["shipments"]:
        shipment["lots"] += 1
        shipment.pop("pieces")


def of_offer(answer: Json, offer: str) -> Json:
    return next(shipment for shipment in answer["shipments"] if shipment["offer"] == offer)


def flood(offer: str) -> Callable[[Json], None]:
    def change(answer: Json) -> None:
        of_offer(answer, offer).update(lots=400, pieces=400 * {"o-seats": 5, "o-more-seats": 1, "o-dishes": 2}[offer])

    return change


def starve(answer: Json) -> None:
    """A need with a minimum gets one piece of it."""
    answer["shipments"] = [one for one in answer["shipments"] if one["need"] != "n-hospital"]
    answer["shipments"].append({"need": "n-hospital", "offer": "o-more-seats", "lots": 1})


def beyond_its_quantity(answer: Json) -> None:
    """One need gets all thirty seats of an offer where it asked for twenty."""
    answer["shipments"] = [one for one in answer["shipments"] if one["offer"] != "o-seats"]
    answer["shipments"].append({"need": "n-ministry", "offer": "o-seats", "lots": 6})


def to_another_kind(answer: Json) -> None:
    """Seats in a course are sent to who asked for dishes."""
    of_offer(answer, "o-more-seats")["need"] = "n-field"


def exchange_needs(answer: Json) -> None:
    """What was for one need goes to another that asked for the same kind of thing, and the other way round."""
    other = {"n-ministry": "n-agency", "n-agency": "n-ministry"}
    for shipment in answer["shipments"]:
        shipment["need"] = other.get(shipment["need"], shipment["need"])


def a_lot_fewer(answer: Json) -> None:
    """One shipment is cut by a lot and its worth is still counted."""
    cut = next(shipment for shipment in answer["shipments"] if shipment["lots"] > 1)
    cut["lots"] -= 1
    cut.pop("pieces")


def without(key: str) -> Callable[[Json], None]:
    return lambda answer: answer.pop(key) and None


def first_reason(answer: Json) -> Json:
    return next(unmet for unmet in answer["unmet"] if unmet["reasons"])["reasons"][0]


def reason_to(key: str, value: Any) -> Callable[[Json], None]:
    return lambda answer: first_reason(answer).__setitem__(key, value(first_reason(answer)[key]) if callable(value) else value)


def change_to(key: str, value: Any) -> Callable[[Json], None]:
    def change(answer: Json) -> None:
        made = first_reason(answer)["changes"][0]
        made[key] = value(made[key]) if callable(value) else value

    return change


def more_than_needed(answer: Json) -> None:
    """A reason whose change is counted in pieces or lots asks for one more than is needed."""
    for unmet in answer["unmet"]:
        for reason in unmet["reasons"]:
            for change in reason["changes"]:
                if change["unit"] in ("pieces", "lots") and change["limit"] not in ("minimum-share", "lot-size"):
                    change["amount"] += 1
                    return
    raise AssertionError("the small world has no such reason")


# what is changed, and whether the referee (which looks at shipments, objective and bound) can see it
CORRUPTIONS: dict[str, tuple[Callable[[Json], None], bool]] = {
    "no lots": (set_at("shipments", 0, "lots", to=0), True),
    "negative lots": (set_at("shipments", 0, "lots", to=-1), True),
    "one lot more everywhere": (one_more_lot, True),
    "an offer beyond its lots": (flood("o-seats"), True),
    "a donor beyond its budget": (flood("o-more-seats"), True),
    "a body beyond what it can take": (flood("o-dishes"), True),
    "an offer that does not fit": (swap_offers, True),
    "a need below its minimum": (starve, True),
    "a shipment forgotten": (lambda answer: answer["shipments"].pop() and None, True),
    "all shipments forgotten": (set_at("shipments", to=[]), True),
    "a shipment told twice": (lambda answer: answer["shipments"].append(dict(answer["shipments"][0])), True),
    "an objective too high": (set_at("objective", to=lambda value: value + 0.01), True),
    "an objective too low": (set_at("objective", to=lambda value: value - 0.01), True),
    "an objective of nothing": (set_at("objective", to=0.0), True),
    "a bound below the plan": (set_at("bound", to=lambda value: value * 0.99), True),
    "a bound of nothing": (set_at("bound", to=0.0), True),
    "a bound below zero": (set_at("bound", to=-1.0), True),
    "an objective below zero": (set_at("objective", to=lambda value: -value), True),
    "an objective told twice over": (set_at("objective", to=lambda value: 2 * value), True),
    "a need beyond its quantity": (beyond_its_quantity, True),
    "a shipment to a need of another kind": (to_another_kind, True),
    "two needs exchanged": (exchange_needs, True),
    "a lot fewer": (a_lot_fewer, True),
    "pieces that are not lots times lot": (set_at("shipments", 0, "pieces", to=lambda value: value + 1), False),
    "an arrival before it can arrive": (set_at("shipments", 0, "period", to=0), False),
    "an arrival after the due date": (set_at("shipments", 0, "period", to=90), False),
    "a plan called endorsed": (set_at("basis", to="endorsed"), False),
    "optimal, with a bound far off": (set_at("bound", to=lambda value: value * 2), False),
    "an unmet need forgotten": (lambda answer: answer["unmet"].pop() and None, False),
    "an unmet need that is met": (set_at("unmet", 0, "quantity", to=lambda value: value + 1), False),
    "an unmet need unheard of": (set_at("unmet", 0, "need", to="n-nobody"), False),
    "no reasons": (set_at("unmet", 0, "reasons", to=[]), False),
    "a reason that moves somebody else": (change_to("owner", "nobody at all"), False),
    "a reason that lifts another limit": (change_to("limit", "civil-only"), False),
    "a reason that lifts nothing": (change_to("amount", 0), False),
    "a reason that asks for more than is needed": (more_than_needed, False),
    "a reason without its changes": (reason_to("changes", []), False),
    "a reason that promises more pieces": (reason_to("unlocks_quantity", lambda value: value + 1), False),
    "a reason that promises more value": (reason_to("unlocks_value", lambda value: value + 1), False),
    "a reason without its delivery": (reason_to("witness", []), False),
    "an ask that gains more than is missing": (set_at("asks", 0, "gain", to=1e6), False),
    "an ask that gains nothing": (set_at("asks", 0, "gain", to=0), False),
    "an ask about an unheard-of offer": (set_at("asks", 0, "change", "offer", to="o-nobody"), False),
}


def test_at_least_twenty_kinds_are_seen_by_both() -> None:
    assert sum(seen for _, seen in CORRUPTIONS.values()) >= 20


def test_the_answer_before_any_corruption_is_good(good: Json) -> None:
    assert check(problem_from_json(small_world()), answer_from_json(good)) == []
    assert good["unmet"] and good["asks"]


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_corrupted_answer_fails_the_check(name: str, good: Json) -> None:
    bad = copy.deepcopy(good)
    CORRUPTIONS[name][0](bad)
    assert bad != good
    assert check(problem_from_json(small_world()), answer_from_json(bad)) != []


@pytest.mark.parametrize("name", [name for name, (_, seen) in CORRUPTIONS.items() if seen])
def test_a_corrupted_plan_fails_the_referee_too(name: str, good: Json) -> None:
    referee = instances().referee
    assert referee(small_world(), good)["broken"] == []
    bad = copy.deepcopy(good)
    CORRUPTIONS[name][0](bad)
    assert referee(small_world(), bad)["broken"] != []


@pytest.mark.parametrize("seed", range(3))
def test_plans_of_the_instances_pass_referee_and_check(seed: int) -> None:
    bench = instances()
    raw = json.loads(json.dumps(bench.make(60, 30, seed)))
    problem = problem_from_json(raw)
    answer = explain(problem, solve(problem, Effort(seconds=20, gap=0.001)))
    assert check(problem, answer) == []
    verdict = bench.referee(raw, answer_to_json(answer))
    assert verdict["broken"] == []
    assert verdict["gap"] <= 0.001
    assert abs(verdict["objective"] - float(Decimal(str(float(answer.objective))))) <= 1e-6 * verdict["objective"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_every_public_instance_of_two_hundred_needs_is_proved_within_one_percent(seed: int) -> None:
    bench = instances()
    raw = json.loads(json.dumps(bench.make(200, 100, seed)))
    problem = problem_from_json(raw)
    answer = explain(problem, solve(problem, Effort(seconds=60, gap=0.002)))
    assert check(problem, answer) == []
    verdict = bench.referee(raw, answer_to_json(answer))
    assert verdict["broken"] == []
    assert verdict["gap"] <= 0.01
