"""Pieces of consignments and needs as data: a sum equals its rows, and no piece is counted twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.wings.delivery.actions import DOING
from sild.wings.delivery.rules.consignments import (
    STAGES,
    VERBS,
    WITH_AMOUNT,
    ConsignmentDeed,
    ConsignmentKind,
    Parts,
    Speaker,
    State,
    deeds_for,
    most_of,
    mover_of,
)
from sild.wings.delivery.rules.legs import Leg, came, legs_of, replanned, set_out
from sild.wings.delivery.rules.status import Carried, Place, Promise, status_of

IDS = [UUID(int=number) for number in range(1, 6)]
AMOUNTS = st.integers(min_value=0, max_value=20).map(Decimal)


@st.composite
def parts(draw: st.DrawFn) -> Parts:
    """Any consignment whose pieces add up."""
    accepted, disputed, returned, lost, rest = (draw(AMOUNTS) for _piece in range(5))
    stage = draw(st.sampled_from([*STAGES, State.CALLED_OFF]))
    quantity = accepted + disputed + returned + lost + rest
    return Parts(quantity=quantity, stage=stage, accepted=accepted, disputed=disputed, returned=returned, lost=lost)


PROMISES = st.dictionaries(
    st.sampled_from(IDS), st.tuples(AMOUNTS, st.none() | st.sampled_from([Place.PROPOSED, Place.AGREED, Place.COMMITTED]))
)
CONSIGNMENTS = st.lists(st.tuples(st.sampled_from(IDS), parts()), max_size=8)


@given(promised=PROMISES, moving=CONSIGNMENTS, asked=st.none() | AMOUNTS)
def test_a_sum_equals_its_rows_and_no_piece_is_counted_twice(
    promised: dict[UUID, tuple[Decimal, Place | None]], moving: list[tuple[UUID, Parts]], asked: Decimal | None
) -> None:
    promises = [Promise(id=key, quantity=quantity, place=place) for key, (quantity, place) in promised.items()]
    carried = [Carried(id=UUID(int=100 + number), agreement=key, parts=one) for number, (key, one) in enumerate(moving)]
    status = status_of(asked, promises, carried)
    assert sum(status.at(place) for place in Place) == status.spoken_for == sum(piece.quantity for piece in status.pieces)
    rows = [(piece.agreement, piece.consignment, piece.place) for piece in status.pieces]
    assert len(rows) == len(set(rows)), "one row for each place of each consignment"
    for key in IDS:
        stands = next((one.quantity for one in promises if one.id == key and one.place is not None), Decimal(0))
        taken = sum((one.parts.carries for one in carried if one.agreement == key), Decimal(0))
        of_it = sum((piece.quantity for piece in status.pieces if piece.agreement == key), Decimal(0))
        assert of_it == max(stands, taken), "what is carried is a part of what stands, not more on top of it"
        assert (key in status.beyond) == (taken > stands)
    if asked is not None:
        assert status.unmatched is not None and status.over is not None
        assert asked + status.over == status.spoken_for + status.unmatched
    else:
        assert status.unmatched is None and status.over is None and status.share(Decimal(1)) is None


def test_a_need_can_be_forty_per_cent_delivered_and_sixty_per_cent_unmatched() -> None:
    one = Carried(id=IDS[0], agreement=IDS[1], parts=Parts(quantity=Decimal(8), stage=State.HANDED_OVER))
    status = status_of(Decimal(20), [Promise(id=IDS[1], quantity=Decimal(8), place=Place.COMMITTED)], [one])
    assert status.share(status.at(Place.DELIVERED)) == 40
    assert status.share(status.unmatched or Decimal(0)) == 60


@given(one=parts())
def test_every_consignment_has_a_name_for_its_state_and_carries_no_more_than_it_holds(one: Parts) -> None:
    assert one.rest >= 0 and 0 <= one.carries <= one.quantity
    assert one.state in State
    if one.stage == State.CALLED_OFF:
        assert deeds_for(ConsignmentKind.GOODS, one, Speaker) == () and mover_of(ConsignmentKind.GOODS, one) is None
    for deed in WITH_AMOUNT:
        assert 0 <= most_of(deed, one) <= one.quantity


def test_every_act_has_its_doer_and_its_speaker() -> None:
    assert set(DOING) | {ConsignmentDeed.ROUTE, ConsignmentDeed.RECEIVE, ConsignmentDeed.PREPARE} == set(ConsignmentDeed)
    assert set(VERBS) == set(ConsignmentDeed) - {ConsignmentDeed.PREPARE}
    assert all(verb.speakers and verb.speakers[0] != Speaker.SECRETARIAT for verb in VERBS.values())


@pytest.mark.parametrize(
    ("stage", "speaker", "deeds"),
    [
        (State.PREPARED, Speaker.RECIPIENT, (ConsignmentDeed.RECEIVE,)),
        (State.PREPARED, Speaker.CARRIER, (ConsignmentDeed.ROUTE, ConsignmentDeed.DEPART, ConsignmentDeed.HAND_OVER, ConsignmentDeed.LOSE)),
        (
            State.UNDER_WAY,
            Speaker.CARRIER,
            (ConsignmentDeed.ROUTE, ConsignmentDeed.ARRIVE, ConsignmentDeed.HAND_OVER, ConsignmentDeed.LOSE),
        ),
        (State.HANDED_OVER, Speaker.RECIPIENT, (ConsignmentDeed.RECEIVE, ConsignmentDeed.DISPUTE)),
        (State.HANDED_OVER, Speaker.SECRETARIAT, ()),
    ],
)
def test_who_may_do_what(stage: State, speaker: Speaker, deeds: tuple[ConsignmentDeed, ...]) -> None:
    assert deeds_for(ConsignmentKind.GOODS, Parts(quantity=Decimal(3), stage=stage), [speaker]) == deeds


def test_legs_are_walked_in_order_and_kept_as_they_were() -> None:
    day = date(2026, 2, 3)
    way = (Leg(start="A", end="B"), Leg(start="B", end="C", planned=day))
    assert legs_of([leg.kept() for leg in way]) == way
    gone, leg = set_out(way, day)
    assert leg is not None and leg.end == "B" and gone[1].ahead
    there, leg = came(gone, day)
    assert leg is not None and leg.came == day and replanned(there, []) == (there[0],)
    rest, leg = came(there, day)
    assert leg is not None and leg.end == "C" and came(rest, day) == (rest, None) and set_out(rest, day) == (rest, None)
    assert replace(rest[1], came=None) == way[1]
