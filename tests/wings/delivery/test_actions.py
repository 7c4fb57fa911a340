"""What moves is never more than was committed, each side says its own, and the recipient's count goes before."""

from __future__ import annotations

import re
import uuid
from datetime import date
from decimal import Decimal

import pytest

from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.closing import raise_marking
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.agreements.actions import recall_agreement
from sild.wings.delivery.actions import (
    Packing,
    Receipt,
    arrive_consignment,
    call_off_consignment,
    count_use,
    depart_consignment,
    dispute_pieces,
    extend_consignment,
    hand_over_consignment,
    lose_pieces,
    plan_route,
    prepare_consignment,
    receive_consignment,
    redact_consignments,
    reply_to_dispute,
    return_pieces,
    settle_dispute,
)
from sild.wings.delivery.models import Consignment
from sild.wings.delivery.reads import (
    ConsignmentFilter,
    consignment_record,
    consignments_naming,
    consignments_of_agreement,
    consignments_waiting,
    delivery_of_need,
    list_consignments,
    renewals,
    renewals_unknown,
    statuses_of,
)
from sild.wings.delivery.rules.consignments import ConsignmentKind, Renewal, Speaker, State
from sild.wings.delivery.rules.legs import Leg
from sild.wings.delivery.rules.status import Place
from sild.wings.register.public import line_record, mend_line
from tests.wings.agreements.conftest import LINES
from tests.wings.delivery.conftest import Depot

LEGS = [
    Leg(start="Tallinn", end="Rzeszów", by="a haulier", planned=date(2026, 2, 8)),
    Leg(start="Rzeszów", end="Kyiv", by="the ministry's lorry", planned=date(2026, 2, 9)),
]


def prepared(depot: Depot, quantity: int = 6, **more: object) -> uuid.UUID:
    told = Packing(quantity=Decimal(quantity), **{"legs": LEGS, **more})  # type: ignore[arg-type]  # a table of what differs
    return prepare_consignment(depot.cast.donor, depot.agreement, told)


def counts(depot: Depot, one: uuid.UUID) -> tuple[int, ...]:
    """Taken over, disputed, returned, lost, rest."""
    row = consignment_record(depot.cast.officer, one).row
    return tuple(int(amount) for amount in (row.accepted, row.disputed, row.returned, row.lost, row.rest))


def test_a_consignment_goes_leg_by_leg_and_the_recipient_answers_three_questions(depot: Depot) -> None:
    cast, one = depot.cast, prepared(depot)
    seen = consignment_record(cast.asker, one)
    assert (seen.row.state, seen.row.due, seen.row.body) == (State.PREPARED, date(2026, 2, 9), "Ministry of Health of Ukraine")
    depart_consignment(cast.donor, one)
    arrive_consignment(cast.donor, one)
    assert consignment_record(cast.asker, one).row.state == State.UNDER_WAY, "a leg is still ahead"
    depart_consignment(cast.donor, one)
    arrive_consignment(cast.officer, one, reason="the driver called")
    hand_over_consignment(cast.officer, one, to="the store of the ministry", reason="signed sheet by mail")
    said = consignment_record(cast.officer, one).steps[-1]
    assert (said.side, said.by, said.told_by) == (Speaker.CARRIER, "", cast.officer.name), "the carrier's word, written down"
    assert [row.id for row in consignments_waiting(cast.asker)] == [one]
    told = Receipt(arrived=Decimal(6), all_in_use=True, renewal=Renewal.DAY, renew_on=date(2027, 2, 1))
    receive_consignment(cast.asker, one, told)
    assert consignments_waiting(cast.asker) == []
    row = consignment_record(cast.donor, one).row
    assert (row.state, row.in_use, row.mover) == (State.ACCEPTED, Decimal(6), "")
    assert counts(depot, one) == (6, 0, 0, 0, 0)
    [lapse] = renewals(cast.donor, date(2027, 12, 31))
    assert (lapse.on, lapse.quantity, lapse.why) == (date(2027, 2, 1), Decimal(6), "renew")


def test_answers_may_be_partial_and_are_said_again(depot: Depot) -> None:
    cast, one = depot.cast, prepared(depot)
    hand_over_consignment(cast.donor, one)
    with pytest.raises(Refused, match="what is wrong"):
        receive_consignment(cast.asker, one, Receipt(arrived=Decimal(5), faulty=Decimal(2)))
    receive_consignment(cast.asker, one, Receipt(arrived=Decimal(5), faulty=Decimal(2)), reason="two are broken")
    seen = consignment_record(cast.donor, one)
    assert (seen.row.state, counts(depot, one), seen.contradictions) == (State.DISPUTED, (3, 2, 0, 0, 1), ("missing",))
    assert [row.id for row in consignments_waiting(cast.donor)] == [one]
    reply_to_dispute(cast.donor, one, reason="a technician comes")
    settle_dispute(cast.asker, one, Decimal(1))
    return_pieces(cast.asker, one, Decimal(1), reason="it cannot be mended")
    assert (consignment_record(cast.asker, one).row.state, counts(depot, one)) == (State.UNDER_WAY, (4, 0, 1, 0, 1))
    with pytest.raises(Refused, match="from 5, which you have told before, to 6"):
        receive_consignment(cast.asker, one, Receipt(arrived=Decimal(4)))
    receive_consignment(cast.asker, one)
    assert (consignment_record(cast.asker, one).row.state, counts(depot, one)) == (State.ACCEPTED, (5, 0, 1, 0, 0))
    dispute_pieces(cast.asker, one, Decimal(2), reason="they fail after a week")
    assert counts(depot, one) == (3, 2, 1, 0, 0)


def test_no_more_is_prepared_than_is_committed_and_what_was_lost_is_owed_again(depot: Depot) -> None:
    cast, one = depot.cast, prepared(depot, 4)
    with pytest.raises(Refused, match="2 are left to prepare: 6 committed, 4 carried"):
        prepared(depot, 3)
    lose_pieces(cast.donor, one, Decimal(3), reason="a fire in the store")
    assert consignments_of_agreement(cast.donor, depot.agreement).left == Decimal(5)
    other = prepared(depot, 5)
    call_off_consignment(cast.donor, other, reason="another way")
    assert consignments_of_agreement(cast.officer, depot.agreement).left == Decimal(5)
    with pytest.raises(Refused, match="called off"):
        depart_consignment(cast.donor, other)
    recall_agreement(cast.donor, depot.agreement, reason="needed at home")
    with pytest.raises(Refused, match="Nothing is committed"):
        prepared(depot, 1)
    assert consignment_record(cast.officer, one).contradictions == ("ended",)


def test_nobody_acts_for_the_other_side_and_strangers_see_nothing(depot: Depot) -> None:
    cast, one = depot.cast, prepared(depot)
    with pytest.raises(NotForRole):
        receive_consignment(cast.donor, one)
    with pytest.raises(NotForRole):
        depart_consignment(cast.asker, one)
    with pytest.raises(Refused, match="where it was said"):
        receive_consignment(cast.officer, one)
    with pytest.raises(Refused, match="where it was said"):
        prepare_consignment(cast.officer, depot.agreement, Packing(quantity=Decimal(1)))
    for stranger in (cast.maker, cast.seller, cast.other_donor, cast.outsider):
        with pytest.raises(NotThere):
            depart_consignment(stranger, one)
        with pytest.raises(NotThere):
            prepare_consignment(stranger, depot.agreement, Packing(quantity=Decimal(1)))
    assert consignments_waiting(cast.maker) == []


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Receipt(arrived=Decimal(7)), "from 0, which you have told before, to 6"),
        (Receipt(arrived=Decimal(2), faulty=Decimal(3)), "2 came since"),
        (Receipt(arrived=Decimal(2), in_use=Decimal(3)), "At most 2 can be in use"),
        (Receipt(renewal=Renewal.DAY), "which day"),
        (Receipt(renewal=Renewal.NEVER, renew_on=date(2027, 1, 1)), "Leave one of them out"),
        (Receipt(renewal=Renewal.DAY, renew_on=date(2026, 1, 1)), "is over"),
        (Receipt(on=date(2026, 2, 11)), "still to come"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_leaves_nothing(depot: Depot, told: Receipt, words: str) -> None:
    one = prepared(depot)
    with pytest.raises(Refused, match=words):
        receive_consignment(depot.cast.asker, one, told, reason="as told")
    assert len(consignment_record(depot.cast.officer, one).steps) == 1


def test_the_way_is_planned_anew_ahead_and_stays_behind(depot: Depot) -> None:
    cast, one = depot.cast, prepared(depot)
    depart_consignment(cast.donor, one)
    with pytest.raises(Refused, match="where it begins"):
        plan_route(cast.donor, one, [Leg(start="Rzeszów", end=" ")])
    plan_route(cast.donor, one, [Leg(start="Rzeszów", end="Lviv", planned=date(2026, 3, 1))], reason="snow")
    seen = consignment_record(cast.asker, one)
    assert [(leg.start, leg.end) for leg in seen.legs] == [("Tallinn", "Rzeszów"), ("Rzeszów", "Lviv")]
    assert (seen.row.due, seen.steps[-1].said) == (date(2026, 3, 1), {"due": "2026-03-01", "before": "2026-02-09"})
    assert not seen.row.overdue


def test_what_is_late_waits_for_those_who_give_and_for_the_officer(depot: Depot) -> None:
    cast, one = depot.cast, prepared(depot)
    for actor in (cast.donor, cast.officer):
        assert [(row.id, row.overdue) for row in consignments_waiting(actor)] == [(one, True)]
    assert consignments_waiting(cast.asker) == []
    assert [row.id for row in list_consignments(cast.officer, ConsignmentFilter(overdue=True))[0]] == [one]


def test_licences_are_handed_over_counted_and_given_for_longer(depot: Depot) -> None:
    cast = depot.cast
    one = prepared(depot, kind=ConsignmentKind.LICENCES, legs=[], ends_on=date(2026, 6, 30))
    with pytest.raises(Refused, match="cannot be done"):
        depart_consignment(cast.donor, one)
    hand_over_consignment(cast.donor, one)
    receive_consignment(cast.asker, one, Receipt(in_use=Decimal(4), renewal=Renewal.DAY, renew_on=date(2026, 5, 1)))
    count_use(cast.donor, one, Decimal(5))
    assert consignment_record(cast.officer, one).contradictions == ("use",)
    assert [(lapse.on, lapse.differs) for lapse in renewals(cast.asker, date(2026, 12, 31))] == [
        (date(2026, 5, 1), True),
        (date(2026, 6, 30), True),
    ]
    with pytest.raises(Refused, match="later day"):
        extend_consignment(cast.donor, one, date(2026, 6, 1))
    extend_consignment(cast.donor, one, date(2027, 6, 30))
    assert [lapse.on for lapse in renewals(cast.asker, date(2026, 12, 31))] == [date(2026, 5, 1)]
    assert renewals_unknown(cast.asker) == 0


def test_a_preparation_is_called_off_and_an_answer_taken_back(depot: Depot) -> None:
    cast, one = depot.cast, prepared(depot)
    act = last_act()
    assert act is not None
    with pytest.raises(Refused):
        undo(cast.donor, act, reason="a slip")
    receive_consignment(cast.asker, one)
    act = last_act()
    assert act is not None
    undo(cast.asker, act, reason="the wrong lorry")
    assert (consignment_record(cast.asker, one).row.state, counts(depot, one)) == (State.PREPARED, (0, 0, 0, 0, 6))
    with pytest.raises(Stale):
        depart_consignment(cast.donor, one, version=2)


def test_how_far_a_need_is_follows_from_quantities(depot: Depot) -> None:
    cast = depot.cast
    one = prepared(depot, 4)
    receive_consignment(cast.asker, one, Receipt(arrived=Decimal(3), faulty=Decimal(1)), reason="one is broken")
    found = delivery_of_need(cast.authority, depot.need)
    sums = {place: int(found.status.at(place)) for place in Place}
    assert sums == {**dict.fromkeys(Place, 0), Place.COMMITTED: 3, Place.ACCEPTED: 2, Place.DISPUTED: 1}
    assert (found.status.unmatched, found.status.share(found.status.at(Place.ACCEPTED))) == (Decimal(14), 10)
    assert statuses_of(cast.officer, [depot.need]) == {depot.need: found.status}
    assert statuses_of(cast.outsider, [depot.need]) == {}


def test_it_follows_its_agreement_and_closing_takes_it_from_both_sides(depot: Depot) -> None:
    cast, one = depot.cast, prepared(depot)
    line, _beside = line_record(cast.officer, LINES[0].id)
    mend_line(cast.officer, line.id, line.version, {"beneficiary": "Lviv City Council"}, reason="read again")
    with acting(cast.officer):
        assert Consignment.found(one).body == "Lviv City Council"
    with pytest.raises(NotThere):
        consignment_record(cast.asker, one)
    assert consignment_record(cast.donor, one).row.id == one
    raise_marking(cast.officer, "agreements.Agreement", depot.agreement, Marking.RED, reason="told to us alone")
    with pytest.raises(NotThere):
        consignment_record(cast.donor, one)
    assert consignment_record(cast.officer, one).row.marking == Marking.RED


def test_a_persons_words_leave_what_was_said(depot: Depot) -> None:
    cast, one = depot.cast, prepared(depot)
    hand_over_consignment(cast.donor, one, to="Olena Sydorenko")
    assert len(consignments_naming(cast.officer, ["Sydorenko"])) == 1
    redact_consignments(cast.officer, re.compile("Olena Sydorenko"), reason="asked for")
    assert consignments_naming(cast.officer, ["Sydorenko"]) == []
    assert consignments_naming(cast.officer, []) == []
