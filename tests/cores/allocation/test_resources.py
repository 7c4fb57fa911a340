"""What a body can take in is hours of people, places, racks and power beside pieces: each has its own months and its own limit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sild.cores.allocation.answer import Answer
from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve, with_asks
from sild.cores.allocation.problem import Earlier, Need, Offer, Problem, ProblemRefused
from sild.cores.allocation.shape import ShapeRefused, answer_from_json, answer_to_json, problem_from_json

NEED = Need(id="n", category="server-hardware", quantity=10, weight=Decimal(10), body="ministry", due=3)
SERVERS = Offer(id="o", categories=("server-hardware",), donor="estonia", lot=1, lots=10, uses=(("hours", 4), ("racks", 2)))
LICENCES = Offer(id="l", categories=("software-licences",), donor="canada", lot=1, lots=40, uses=(("hours", 0),))


def planned(intake: dict[tuple[str, str, int | None], int], *needs: Need, **rest: Any) -> Answer:
    told = {"needs": needs or (NEED,), "offers": (SERVERS, LICENCES), "intake": intake, "lasting": frozenset({"racks"}), **rest}
    problem = Problem(**told)
    answer = with_asks(problem, explain(problem, solve(problem, Effort(gap=0.0))), seconds=5)
    assert check(problem, answer) == []
    return answer


def arrivals(answer: Answer) -> dict[int, int]:
    return {one.period: one.lots for one in answer.shipments}


def hours(*months: int) -> dict[tuple[str, str, int | None], int]:
    return {("ministry", "hours", month): units for month, units in enumerate(months)}


def test_hours_of_installers_are_used_up_month_by_month_and_the_reason_names_them() -> None:
    answer = planned(hours(8, 5, 0, 12))
    assert arrivals(answer) == {0: 2, 1: 1, 3: 3}
    found = [change for reason in answer.unmet[0].reasons for change in reason.changes if change.limit == "absorption"]
    assert {(one.owner, one.resource, one.period, one.amount) for one in found} >= {("recipient ministry", "hours", 1, Decimal(3))}
    assert "3 more units of hours at ministry in week 1." in {reason.sentence for reason in answer.unmet[0].reasons}


def test_the_ask_for_more_hours_says_how_many_unlock_what() -> None:
    (ask, *_) = [ask for ask in planned({("ministry", "hours", None): 20}).asks if ask.change.resource == "hours"]
    assert (ask.change.amount, ask.pieces, ask.exact) == (20, 5, True)


def test_racks_stay_taken_and_a_smaller_room_later_binds_now() -> None:
    answer = planned({("ministry", "racks", 0): 20, ("ministry", "racks", 2): 6})
    assert arrivals(answer) == {0: 3}
    found = {(one.resource, one.period) for reason in answer.unmet[0].reasons for one in reason.changes if one.limit == "absorption"}
    assert found == {("racks", None)}
    (ask, *_) = [ask for ask in answer.asks if ask.change.resource == "racks"]
    assert (ask.change.amount, ask.pieces) == (14, 7)


def test_of_several_resources_the_scarcest_binds_beside_the_pieces() -> None:
    limits = {("ministry", "hours", None): 33, ("ministry", "racks", 0): 11}
    assert sum(arrivals(planned(limits)).values()) == 5
    assert sum(arrivals(planned(limits, absorption={("ministry", None): 4})).values()) == 4


def test_a_licence_that_takes_no_hours_is_not_held_up_by_people() -> None:
    seats = Need(id="s", category="software-licences", quantity=40, weight=Decimal(1), body="ministry", due=3)
    answer = planned(hours(4, 0, 0, 0), NEED, seats)
    assert {one.need: one.pieces for one in answer.shipments} == {"n": 1, "s": 40}


def test_a_use_that_nobody_told_does_not_bind_and_is_not_silent() -> None:
    answer = planned({("ministry", "training", 0): 1})
    assert sum(arrivals(answer).values()) == 10
    assert "The use of training by offer o is not known; the plan supposes that it is no obstacle." in answer.assumptions
    short = planned({("ministry", "training", 0): 1}, replace(NEED, quantity=12))
    assert "use of training by offer o" in short.unmet[0].unknown


def test_a_month_of_which_nobody_told_the_hours_is_an_assumption() -> None:
    answer = planned({("ministry", "hours", 2): 4})
    assert sum(arrivals(answer).values()) == 10
    told = [one for one in answer.assumptions if one.startswith("What ministry has of hours in week 0 is not known")]
    assert told


def test_another_body_has_its_own_people() -> None:
    other = replace(NEED, id="m", body="hospital", quantity=4)
    assert {one.need for one in planned(hours(0, 0, 0, 0), NEED, other).shipments} == {"m"}


def test_what_is_committed_has_its_hours_first() -> None:
    promised = Earlier(need="n", offer="o", period=1, lots=2)
    assert sum(one.lots for one in planned({("ministry", "hours", None): 12}, committed=(promised,)).shipments) == 3
    (moved, *_) = planned({("ministry", "hours", 1): 4}, committed=(promised,)).moved
    assert (moved.before, moved.now, moved.why) == (2, 1, "absorption")


def test_a_plan_beyond_the_people_is_found() -> None:
    problem = Problem(needs=(NEED,), offers=(SERVERS,), lasting=frozenset({"racks"}))
    answer = solve(problem)
    assert {one.rule for one in check(replace(problem, intake={("ministry", "hours", None): 39}), answer)} == {"absorption"}
    assert {one.rule for one in check(replace(problem, intake={("ministry", "racks", 2): 19}), answer)} == {"absorption"}
    assert check(replace(problem, intake={("ministry", "hours", None): 40, ("ministry", "racks", 2): 20}), answer) == []


def test_resources_are_read_from_json_and_refused_by_name() -> None:
    offer = {"id": "o", "category": "c", "donor": "d", "lot": 1, "lots": 1, "uses": {"hours": 3}}
    intake = {"ministry": {"hours": {"0": 8, "2": None, "all": 30}, "racks": {"0": 4}}}
    data: dict[str, Any] = {"needs": [], "offers": [offer], "intake": intake, "lasting": ["racks"]}
    problem = problem_from_json(data)
    assert problem.offers[0].uses == (("hours", 3),)
    assert problem.intake == {("ministry", "hours", 0): 8, ("ministry", "hours", None): 30, ("ministry", "racks", 0): 4}
    with pytest.raises(ShapeRefused, match=r"intake\['ministry'\]\['hours'\]: 'soon' is not a period"):
        problem_from_json(data | {"intake": {"ministry": {"hours": {"soon": 1}}}})
    with pytest.raises(ProblemRefused, match="what stays taken has no total"):
        problem_from_json(data | {"intake": {"ministry": {"racks": 4}}})
    with pytest.raises(ProblemRefused, match="use of hours"):
        problem_from_json(data | {"offers": [offer | {"uses": {"hours": -1}}]})


def test_the_resource_of_a_change_survives_its_file() -> None:
    answer = planned(hours(8, 0, 0, 0))
    again = answer_from_json(answer_to_json(answer))
    assert {one.resource for reason in again.unmet[0].reasons for one in reason.changes} >= {"hours"}
