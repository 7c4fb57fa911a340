"""Licences, work and hosting are delivered too: seats are activated, days worked, terabytes hosted, and no lorry carries them."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest

from sild.kernel.refusals import Refused
from sild.wings.delivery.actions import (
    Packing,
    Receipt,
    arrive_consignment,
    count_use,
    depart_consignment,
    hand_over_consignment,
    prepare_consignment,
    receive_consignment,
)
from sild.wings.delivery.reads import consignment_record, delivery_of_need, renewals
from sild.wings.delivery.rules.consignments import ConsignmentDeed, ConsignmentKind, Renewal
from sild.wings.delivery.rules.status import Place
from tests.wings.agreements.conftest import table  # noqa: F401 - the fixture that depot stands on
from tests.wings.delivery.conftest import Depot

K = ConsignmentKind


def prepared(depot: Depot, kind: ConsignmentKind, **more: object) -> uuid.UUID:
    told = Packing(quantity=Decimal(6), kind=kind, **more)  # type: ignore[arg-type]  # each test names real fields
    return prepare_consignment(depot.cast.donor, depot.agreement, told)


def test_seats_of_a_licence_are_handed_over_activated_and_lapse(depot: Depot) -> None:
    cast, ends = depot.cast, date(2026, 12, 31)
    one = prepared(depot, K.LICENCES, ends_on=ends)
    assert ConsignmentDeed.DEPART not in consignment_record(cast.donor, one).mine, "keys travel by no road"
    with pytest.raises(Refused, match="cannot be done"):
        depart_consignment(cast.donor, one)
    hand_over_consignment(cast.donor, one, to="the administrator")
    count_use(cast.donor, one, Decimal(5))
    receive_consignment(cast.asker, one, Receipt(arrived=Decimal(6), in_use=Decimal(4), renewal=Renewal.DAY, renew_on=date(2026, 12, 1)))
    seen = consignment_record(cast.officer, one)
    assert (seen.row.reported, seen.row.in_use, seen.row.accepted, seen.contradictions) == (Decimal(5), Decimal(4), Decimal(6), ("use",))
    count_use(cast.donor, one, Decimal(4))
    assert consignment_record(cast.officer, one).contradictions == ()
    assert [(lapse.on, lapse.consignment) for lapse in renewals(cast.asker, ends)] == [(date(2026, 12, 1), one), (ends, one)]


def test_days_of_work_begin_are_counted_and_answered_for_as_they_are_worked(depot: Depot) -> None:
    cast = depot.cast
    one = prepared(depot, K.SERVICES, due=date(2026, 6, 1))
    depart_consignment(cast.donor, one)
    row = consignment_record(cast.donor, one).row
    assert (row.stage, row.mover) == ("under-way", "giver"), "work has no carrier: the next word is the giver's"
    count_use(cast.donor, one, Decimal("2.5"))
    receive_consignment(cast.asker, one, Receipt(arrived=Decimal("2.5")))
    status = delivery_of_need(cast.asker, depot.need).status
    assert (status.at(Place.ACCEPTED), status.at(Place.UNDER_WAY)) == (Decimal("2.5"), Decimal("3.5"))
    with pytest.raises(Refused, match="at most 6"):
        count_use(cast.donor, one, Decimal(7))
    arrive_consignment(cast.donor, one)
    receive_consignment(cast.asker, one)
    row = consignment_record(cast.donor, one).row
    assert (row.accepted, row.state, row.mover) == (Decimal(6), "accepted", "")


def test_hosting_begins_is_set_up_and_told_in_terabytes_from_both_sides(depot: Depot) -> None:
    cast = depot.cast
    one = prepared(depot, K.HOSTING, ends_on=date(2027, 2, 1))
    depart_consignment(cast.donor, one)
    arrive_consignment(cast.donor, one)
    hand_over_consignment(cast.donor, one)
    receive_consignment(cast.asker, one, Receipt(arrived=Decimal(6), all_in_use=True))
    count_use(cast.donor, one, Decimal("5.25"))
    seen = consignment_record(cast.asker, one)
    assert (seen.row.in_use, seen.row.reported, seen.contradictions) == (Decimal(6), Decimal("5.25"), ("use",))
    assert [lapse.why for lapse in renewals(cast.donor, date(2027, 2, 1))] == ["ends"]
