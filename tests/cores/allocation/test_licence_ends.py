"""A licence that ends carries nothing that arrives later, and a pair of which one side said no carries nothing at all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from tests.cores.allocation.drawn import bundled
from tests.drawing import drawn

from sild.cores.allocation.answer import Answer
from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve, with_asks
from sild.cores.allocation.problem import Earlier, Licence, Need, Offer, Problem, ProblemRefused
from sild.cores.allocation.shape import ShapeRefused, problem_from_json

NEED = Need(id="n", category="training", quantity=5, weight=Decimal(5), body="ministry", due=9)
HELD = Licence(state="granted", authority="commission", until=2)
OFFER = Offer(id="o", categories=("training",), donor="estonia", lot=1, lots=5, licence=HELD)
FULL_UNTIL_APRIL = {("ministry", month): 0 for month in range(3)}


def planned(problem: Problem) -> Answer:
    answer = with_asks(problem, explain(problem, solve(problem, Effort(gap=0.0))))
    assert check(problem, answer) == []
    return answer


@settings(max_examples=drawn(150), deadline=None)
@given(bundled())
def test_nothing_arrives_after_its_licence_has_ended_and_nothing_under_a_denied_one(problem: Problem) -> None:
    answer = solve(problem)
    offers = {offer.id: offer for offer in problem.offers}
    for one in answer.shipments:
        licence = offers[one.offer].licence
        assert (one.need, one.offer) not in problem.declined
        if problem.pairs is None:
            assert licence.state != "denied"
            assert licence.until is None or one.period <= licence.until


def test_a_licence_that_ends_while_the_body_is_full_carries_nothing() -> None:
    problem = Problem(needs=(NEED,), offers=(OFFER,), absorption=FULL_UNTIL_APRIL, period="month")
    assert planned(problem).shipments == ()
    open_ended = replace(OFFER, licence=replace(HELD, until=None))
    assert [one.period for one in planned(replace(problem, offers=(open_ended,))).shipments] == [3]


def test_the_last_month_of_a_licence_counts() -> None:
    full = {("ministry", month): 0 for month in range(2)}
    assert [one.period for one in planned(Problem(needs=(NEED,), offers=(OFFER,), absorption=full)).shipments] == [2]


def test_what_is_on_its_way_when_the_licence_ends_is_not_planned() -> None:
    assert planned(Problem(needs=(NEED,), offers=(replace(OFFER, lead=3),))).shipments == ()


def test_an_ask_for_a_longer_licence_is_exact() -> None:
    answer = planned(Problem(needs=(NEED,), offers=(replace(OFFER, available_from=6),), period="month"))
    ask = next(one for one in answer.asks if one.change.limit == "licence-end")
    assert (ask.change.owner, ask.change.amount, ask.change.unit) == ("licence authority commission", 4, "months")
    assert (ask.gain, ask.exact) == (Decimal(5), True)
    assert ask.sentence.startswith("The licence for offer o held 4 months longer")


def test_a_commitment_after_the_end_of_its_licence_is_given_up_by_that_name() -> None:
    late = Earlier(need="n", offer="o", period=4, lots=5)
    (moved,) = [one for one in planned(Problem(needs=(NEED,), offers=(OFFER,), committed=(late,))).moved if one.committed]
    assert (moved.now, moved.why) == (0, "licence-end")


def test_a_pair_that_was_declined_is_given_up_and_named() -> None:
    promised = Earlier(need="n", offer="o", period=0, lots=5)
    answer = planned(Problem(needs=(NEED,), offers=(OFFER,), committed=(promised,), declined=frozenset({("n", "o")})))
    assert answer.shipments == ()
    assert [one.why for one in answer.moved if one.committed] == ["declined"]
    assert {reason.limit for unmet in answer.unmet for reason in unmet.reasons} >= {"declined", "no-offer"}


def test_to_ask_again_for_what_was_declined_is_an_exact_ask() -> None:
    answer = planned(Problem(needs=(NEED,), offers=(OFFER,), declined=frozenset({("n", "o")})))
    ask = next(one for one in answer.asks if one.change.limit == "declined")
    assert (ask.change.need, ask.change.offer, ask.exact) == ("n", "o", True)


@pytest.mark.parametrize("state", ["not-needed", "denied"])
def test_what_is_not_needed_or_denied_does_not_end(state: str) -> None:
    with pytest.raises(ProblemRefused, match="does not end"):
        Licence(state=state, until=3)


def test_the_end_and_what_was_declined_are_read() -> None:
    data = {
        "needs": [{"id": "n", "category": "training", "quantity": 5, "weight": 5, "body": "ministry"}],
        "offers": [
            {
                **{"id": "o", "category": "training", "donor": "estonia", "lot": 1, "lots": 5},
                "licence": {"state": "granted", "authority": "commission", "until": 2},
            }
        ],
        "declined": [[0, 0]],
    }
    problem = problem_from_json(data)
    assert problem.offers[0].licence == HELD
    assert problem.declined == {("n", "o")}
    with pytest.raises(ShapeRefused, match=r"declined\[0\]"):
        problem_from_json(data | {"declined": [[0, 1]]})
