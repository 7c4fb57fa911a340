"""What arrives has to stand somewhere: racks, power or TB of a site, which it keeps from its arrival on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sild.cores.allocation.answer import Answer
from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve, with_asks
from sild.cores.allocation.problem import Earlier, Need, Offer, Problem, ProblemRefused
from sild.cores.allocation.shape import ShapeRefused, problem_from_json

NEED = Need(id="n", category="server-hardware", quantity=10, weight=Decimal(10), body="ministry", due=6, site="kyiv")
SERVERS = Offer(id="o", categories=("server-hardware",), donor="estonia", lot=1, lots=10, footprint=2)


def planned(hosting: dict[tuple[str, int], int], *needs: Need, **rest: Any) -> Answer:
    problem = Problem(**{"needs": needs or (NEED,), "offers": (SERVERS,), "hosting": hosting, **rest})
    answer = with_asks(problem, explain(problem, solve(problem, Effort(gap=0.0))), seconds=5)
    assert check(problem, answer) == []
    return answer


def arrivals(answer: Answer) -> dict[int, int]:
    return {one.period: one.lots for one in answer.shipments}


def test_a_site_takes_what_its_racks_hold_and_the_host_is_whom_to_ask() -> None:
    answer = planned({("kyiv", 0): 7})
    assert arrivals(answer) == {0: 3}
    told = {reason.limit: (reason.owner, reason.changes[0].amount) for reason in answer.unmet[0].reasons}
    assert told["hosting"] == ("host kyiv", 1)
    assert "Room for 1 more unit at the site kyiv." in {reason.sentence for reason in answer.unmet[0].reasons}
    (ask, *_) = [ask for ask in answer.asks if ask.change.limit == "hosting"]
    assert (ask.change.site, ask.change.amount, ask.pieces) == ("kyiv", 13, 7)


def test_racks_that_come_later_are_filled_later() -> None:
    assert arrivals(planned({("kyiv", 0): 4, ("kyiv", 3): 14})) == {0: 2, 3: 5}


def test_what_stands_stays_so_that_a_smaller_room_later_binds_now() -> None:
    assert arrivals(planned({("kyiv", 0): 20, ("kyiv", 4): 6})) == {0: 3}


def test_bodies_share_a_site_and_other_sites_are_free() -> None:
    other = replace(NEED, id="m", body="hospital", weight=Decimal(20))
    away = replace(NEED, id="a", body="agency", site="lviv", quantity=2)
    answer = planned({("kyiv", 0): 8}, NEED, other, away)
    assert sum(one.pieces for one in answer.shipments if one.need != "a") == 4
    assert {one.need: one.pieces for one in answer.shipments}["a"] == 2


def test_what_is_committed_stands_there_already() -> None:
    promised = Earlier(need="n", offer="o", period=1, lots=2)
    assert sum(one.lots for one in planned({("kyiv", 0): 6}, committed=(promised,)).shipments) == 3
    (moved, *_) = planned({("kyiv", 0): 3}, committed=(promised,)).moved
    assert (moved.before, moved.now, moved.why) == (2, 1, "hosting")


def test_a_site_that_nobody_named_is_no_limit_and_not_silent() -> None:
    answer = planned({("kyiv", 0): 2}, replace(NEED, site=None, quantity=12))
    assert sum(one.lots for one in answer.shipments) == 10
    assert any(said.startswith("The hosting site is not known where offer o serves need n") for said in answer.assumptions)


def test_a_plan_beyond_the_racks_is_found() -> None:
    problem = Problem(needs=(NEED,), offers=(SERVERS,))
    answer = solve(problem)
    assert {one.rule for one in check(replace(problem, hosting={("kyiv", 0): 19}), answer)} == {"hosting"}
    assert check(replace(problem, hosting={("kyiv", 0): 20}), answer) == []


def test_hosting_is_read_from_json_and_refused_by_name() -> None:
    data: dict[str, Any] = {"needs": [], "offers": [], "hosting": {"kyiv": 7, "lviv": {"0": 2, "4": 9}}}
    assert problem_from_json(data).hosting == {("kyiv", 0): 7, ("lviv", 0): 2, ("lviv", 4): 9}
    with pytest.raises(ShapeRefused, match="'soon' is not a period"):
        problem_from_json(data | {"hosting": {"kyiv": {"soon": 1}}})
    with pytest.raises(ProblemRefused, match="hosting of 'kyiv'"):
        problem_from_json(data | {"hosting": {"kyiv": -1}})
