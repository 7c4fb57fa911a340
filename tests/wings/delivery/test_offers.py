"""How far an offer is: every piece in one place, the places add up to what was offered, and each door tells the same."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sild.kernel.refusals import NotThere
from sild.wings.agreements.actions import Saying, accept_agreement
from sild.wings.agreements.public import Proposal, propose_agreement
from sild.wings.delivery.public import (
    DOING,
    ConsignmentDeed,
    OfferPlace,
    OfferState,
    Packing,
    Place,
    Told,
    delivery_of_offer,
    prepare_consignment,
    statuses_of_offers,
)
from sild.wings.delivery.reads import list_offer_states
from sild.wings.delivery.rules.offers import Given, offer_status
from sild.wings.delivery.rules.status import Carried, Promise
from sild.wings.register.public import OfferFilter
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.agreements.conftest import Table, table  # noqa: F401 - the fixture that the depot stands on
from tests.wings.delivery.conftest import Depot
from tests.wings.delivery.test_rules import AMOUNTS, CONSIGNMENTS, PROMISES

DAY = date(2026, 2, 10)
GIVEN = st.builds(
    Given,
    quantity=st.none() | AMOUNTS,
    answer=st.sampled_from(["open", "accepted", "declined"]),
    withdrawn=st.booleans(),
    read_only=st.booleans(),
    available_until=st.none() | st.sampled_from([DAY - timedelta(days=1), DAY]),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(offer=GIVEN, promised=PROMISES, moving=CONSIGNMENTS, licensed=st.booleans())
def test_the_places_of_an_offer_add_up_to_what_was_offered(
    offer: Given, promised: dict[UUID, tuple[Decimal, Place | None]], moving: list[tuple[UUID, object]], licensed: bool
) -> None:
    promises = [Promise(id=key, quantity=quantity, place=place) for key, (quantity, place) in promised.items()]
    carried = [Carried(id=UUID(int=100 + number), agreement=key, parts=one) for number, (key, one) in enumerate(moving)]  # type: ignore[arg-type]  # the strategy of another file
    status = offer_status(offer, promises, carried, licensed=licensed, today=DAY)
    placed = sum((amount for _place, amount in status.places), Decimal(0))
    assert placed == sum((piece.quantity for piece in status.pieces), Decimal(0))
    assert placed == (status.spoken_for if offer.quantity is None else offer.quantity + status.over)
    assert all(amount > 0 for _place, amount in status.places)
    rows = [(piece.agreement, piece.consignment, piece.place) for piece in status.pieces]
    assert len(rows) == len(set(rows)), "one row for each place of each consignment"


def given_(quantity: int | None = 100, **change: object) -> Given:
    told: dict[str, object] = {"answer": "open", "withdrawn": False, "read_only": False, "available_until": None} | change
    return Given(quantity=None if quantity is None else Decimal(quantity), **told)  # type: ignore[arg-type]  # named fields of a record


@pytest.mark.parametrize(
    ("offer", "promised", "licensed", "state"),
    [
        (given_(read_only=True), {}, False, OfferState.DRAFT),
        (given_(), {}, False, OfferState.OFFERED),
        (given_(), {Place.PROPOSED: 40}, False, OfferState.OFFERED),
        (given_(answer="accepted"), {}, False, OfferState.ACCEPTED),
        (given_(), {Place.AGREED: 40}, False, OfferState.PARTLY_ACCEPTED),
        (given_(), {Place.AGREED: 100}, False, OfferState.ACCEPTED),
        (given_(), {Place.AGREED: 40}, True, OfferState.LICENSED),
        (given_(), {Place.AGREED: 40, Place.COMMITTED: 60}, True, OfferState.COMMITTED),
        (given_(answer="declined"), {}, False, OfferState.DECLINED),
        (given_(available_until=DAY - timedelta(days=1)), {}, False, OfferState.EXPIRED),
        (given_(available_until=DAY), {}, False, OfferState.OFFERED),
        (given_(withdrawn=True, answer="declined"), {}, False, OfferState.WITHDRAWN),
        (given_(withdrawn=True), {Place.COMMITTED: 60}, False, OfferState.COMMITTED),
        (given_(None), {}, False, OfferState.OFFERED),
    ],
)
def test_an_offer_is_called_after_the_furthest_of_its_pieces(
    offer: Given, promised: dict[Place, int], licensed: bool, state: OfferState
) -> None:
    promises = [
        Promise(id=UUID(int=number), quantity=Decimal(amount), place=place) for number, (place, amount) in enumerate(promised.items())
    ]
    assert offer_status(offer, promises, [], licensed=licensed, today=DAY).state == state


def test_forty_licensed_and_sixty_committed_stand_beside_each_other() -> None:
    promises = [
        Promise(id=UUID(int=1), quantity=Decimal(40), place=Place.AGREED),
        Promise(id=UUID(int=2), quantity=Decimal(60), place=Place.COMMITTED),
    ]
    status = offer_status(given_(), promises, [], licensed=True, today=DAY)
    assert status.places == ((OfferPlace.LICENSED, Decimal(40)), (OfferPlace.COMMITTED, Decimal(60)))


def test_each_door_tells_how_far_an_offer_is(depot: Depot, table: Table) -> None:  # noqa: F811 - the fixture that was imported
    cast, offer = depot.cast, table.estonias
    other = propose_agreement(cast.officer, depot.need, offer, Proposal(quantity=Decimal(3)))
    accept_agreement(cast.asker, other, Saying(quantity=Decimal(2)))
    moving = prepare_consignment(cast.donor, depot.agreement, Packing(quantity=Decimal(4)), reason="the first pallet")
    found = delivery_of_offer(cast.donor, offer)
    assert found.status.places == (
        (OfferPlace.OPEN, Decimal(4)),
        (OfferPlace.AGREED, Decimal(2)),
        (OfferPlace.COMMITTED, Decimal(6)),
    )
    assert (found.status.state, found.status.offered) == (OfferState.COMMITTED, Decimal(12))
    assert ({row.id for row in found.agreements}, [row.id for row in found.rows]) == ({depot.agreement, other}, [moving])
    assert statuses_of_offers(cast.donor, [offer]) == {offer: found.status}
    page = signed_in(cast.donor).get(reverse("delivery.offer", args=[offer])).content.decode()
    for address in (reverse("delivery.one", args=[moving]), *(reverse("agreements.one", args=[one]) for one in (depot.agreement, other))):
        assert address in page
    assert reverse("delivery.offer", args=[offer]) in signed_in(cast.donor).get(reverse("register.offer", args=[offer])).content.decode()
    assert "committed" in signed_in(cast.donor).get(reverse("register.offers")).content.decode()
    sheet = signed_in(cast.donor).get(reverse("delivery.offers"), {"format": "csv"}).content.decode("utf-8-sig")
    [row] = [row for row in csv.DictReader(io.StringIO(sheet)) if row["id"] == str(offer)]
    assert (row["state"], row["places"]) == ("committed", "offered 4; agreed 2; committed 6")


def test_offers_are_found_by_how_far_they_are(depot: Depot, table: Table) -> None:  # noqa: F811 - the fixture that was imported
    donor, offer = depot.cast.donor, table.estonias
    assert [row.id for row in list_offer_states(donor, OfferFilter(), state=OfferState.COMMITTED)[0]] == [offer]
    seen, after = [], ""
    while True:
        rows, after = list_offer_states(donor, OfferFilter(), state=OfferState.COMMITTED, after=after, limit=1)
        seen += [row.id for row in rows]
        if not after:
            break
    assert seen == [offer], "each once, whatever the size of an answer"
    assert list_offer_states(donor, OfferFilter(), state=OfferState.DELIVERED) == ([], "")
    program = program_of("drill", "donor", account_on(donor))
    assert [one["id"] for one in json.loads(program.ask("GET", "/offer-states?state=committed").content)["items"]] == [str(offer)]
    page = signed_in(donor).get(reverse("delivery.offers"), {"state": "delivered"}).content.decode()
    assert "Nothing fits these filters" in page and str(offer) not in page
    assert str(offer) in signed_in(donor).get(reverse("delivery.offers"), {"state": "committed", "format": "csv"}).content.decode()


def test_whoever_does_not_see_an_offer_is_told_nothing_of_it(depot: Depot, table: Table) -> None:  # noqa: F811 - the fixture that was imported
    with pytest.raises(NotThere):
        delivery_of_offer(depot.cast.seller, table.estonias)
    assert statuses_of_offers(depot.cast.seller, [table.estonias]) == {}


def test_what_is_called_off_goes_back_to_what_was_committed(depot: Depot, table: Table) -> None:  # noqa: F811 - the fixture that was imported
    cast = depot.cast
    moving = prepare_consignment(cast.donor, depot.agreement, Packing(quantity=Decimal(6)), reason="")
    DOING[ConsignmentDeed.CALL_OFF](cast.donor, moving, Told(deed=ConsignmentDeed.CALL_OFF), {"reason": "the lorry broke down"})
    status = delivery_of_offer(cast.donor, table.estonias).status
    assert [(piece.place, piece.quantity, piece.consignment) for piece in status.pieces if piece.agreement] == [
        (OfferPlace.COMMITTED, Decimal(6), None)
    ]
