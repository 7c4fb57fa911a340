"""Needs and offers are joined and split while something was agreed on them and moves: what was promised stays, and is counted once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from sild.cores.linkage.problem import Relation
from sild.kernel.action import last_act
from sild.kernel.refusals import Refused
from sild.kernel.undo import undo
from sild.wings.agreements.actions import Proposal, accept_agreement, commit_agreement, propose_agreement
from sild.wings.agreements.reads import agreed_quantities, agreement_record, agreements_of_need
from sild.wings.clearance.public import open_case
from sild.wings.delivery.actions import Packing, depart_consignment, let_on, prepare_consignment
from sild.wings.delivery.reads import consignment_record, delivery_of_need
from sild.wings.delivery.rules.status import Place
from sild.wings.linkage.actions.regrouping import join_groups, split_group
from sild.wings.linkage.public import link_register
from sild.wings.register.public import NeedState, accept_line, keep_lines, lines, need_record, rule_channel, rule_gate
from tests.cast import Cast
from tests.keeping import once
from tests.wings.readings import reading

MINISTRY = "Ministry of Health of Ukraine"
FIRST = reading(1, "request", "network-security", "VPN gateways", 20, unit="gateway", beneficiary=MINISTRY)
SECOND = reading(2, "request", "end-user-devices", "laptops", 5, unit="laptop", beneficiary=MINISTRY)
GIVEN = reading(3, "offer", "network-security", "branch gateways", 12, unit="gateway", provider="Estonia")
TOLD_AGAIN = reading(4, "offer", "end-user-devices", "notebooks for field teams", 12, unit="notebook", provider="Estonia")


class Drill:
    """Two needs of the ministry's and two offers of Estonia's, one of each with an agreement on it of which a part moves."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        keep_lines(cast.run, [FIRST, SECOND, GIVEN, TOLD_AGAIN])
        link_register(cast.run)
        for line in (FIRST, SECOND, GIVEN, TOLD_AGAIN):
            accept_line(cast.officer, line.id, reason="read rightly")
        for line in (FIRST, SECOND):
            rule_channel(cast.officer, line.id, "civil", reason="a ministry's")
        for line in (FIRST, SECOND):
            need = self.of(line.id)
            rule_gate(cast.technical, need, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
            rule_gate(cast.interagency, need, NeedState.INTERAGENCY_REVIEW, True, reason="important")
        self.need, self.offer = self.of(FIRST.id), self.of(GIVEN.id)
        self.agreement = propose_agreement(cast.officer, self.need, self.offer, Proposal(quantity=Decimal(10)))
        accept_agreement(cast.asker, self.agreement)
        commit_agreement(cast.donor, self.agreement)
        self.moving = prepare_consignment(cast.donor, self.agreement, Packing(quantity=Decimal(4)))

    def of(self, line: UUID) -> UUID:
        """The need or the offer that a line speaks of."""
        [found] = [one for one in lines(self.cast.officer) if one.id == line]
        group = found.need_id or found.offer_id
        assert group is not None
        return group


@pytest.fixture
@once
def drill(cast: Cast) -> Drill:
    """As it stands before anybody joins or splits."""
    return Drill(cast)


def told(drill: Drill, need: UUID) -> tuple[int, int, int]:
    """Of a need: committed, under way or prepared, spoken for in all."""
    status = delivery_of_need(drill.cast.officer, need).status
    return int(status.at(Place.COMMITTED)), int(status.at(Place.UNDER_WAY)), int(status.spoken_for)


def test_a_need_that_goes_into_another_takes_its_agreement_and_what_moves_along(drill: Drill) -> None:
    cast, other = drill.cast, drill.of(SECOND.id)
    before = told(drill, drill.need)
    assert join_groups(cast.officer, "need", (drill.need, other), Relation.SAME_AS, keep=other, reason="one order") == other
    joined = last_act()
    found = agreements_of_need(cast.officer, other)
    assert ([row.id for row in found.rows], found.sums.committed) == ([drill.agreement], Decimal(10))
    assert told(drill, other) == before
    assert [one.need for one in agreed_quantities(cast.officer)] == [other]
    for reader in (cast.asker, cast.donor, cast.officer):
        assert agreement_record(reader, drill.agreement).row.standing == Decimal(10)
    with pytest.raises(Refused, match="may not go out now"):
        depart_consignment(cast.donor, drill.moving)
    let_on(cast.officer, drill.agreement, reason="the gates are asked again for the rest; what was committed goes on")
    depart_consignment(cast.donor, drill.moving)
    with pytest.raises(Refused, match="not endorsed yet"):  # it asks for something else than the gates saw
        propose_agreement(cast.officer, other, drill.of(TOLD_AGAIN.id), Proposal(quantity=Decimal(12)))
    undo(cast.officer, joined, reason="two orders after all")
    assert told(drill, drill.need)[2] == 10 and told(drill, other)[2] == 0
    assert consignment_record(cast.asker, drill.moving).row.stage == "under-way"


def test_an_offer_that_goes_into_another_gives_no_piece_twice(drill: Drill) -> None:
    cast, other = drill.cast, drill.of(TOLD_AGAIN.id)
    join_groups(cast.officer, "offer", (drill.offer, other), Relation.SAME_AS, keep=other, reason="one gift, told twice")
    assert [one.offer for one in agreed_quantities(cast.officer)] == [other]
    with pytest.raises(Refused, match="has 2 left: 12 offered, 10 spoken for"):
        propose_agreement(cast.officer, drill.need, other, Proposal(quantity=Decimal(3)))
    assert agreement_record(cast.donor, drill.agreement).mine, "the giver still speaks for it"
    prepare_consignment(cast.donor, drill.agreement, Packing(quantity=Decimal(6)))


def test_the_very_line_that_a_need_was_agreed_on_is_split_off_and_nothing_promised_is_lost(drill: Drill) -> None:
    cast, other = drill.cast, drill.of(SECOND.id)
    join_groups(cast.officer, "need", (drill.need, other), Relation.PART_OF, keep=drill.need, reason="one order")
    off = split_group(cast.officer, "need", drill.need, [FIRST.id], Relation.NOT_THE_SAME, reason="another department")
    assert off != drill.need
    assert (drill.of(FIRST.id), drill.of(SECOND.id)) == (off, drill.need)
    spoken = {need: told(drill, need)[2] for need in (off, drill.need)}
    assert spoken == {off: 0, drill.need: 10}, "the agreement stays with the need that it was made for, and is counted once"
    status = delivery_of_need(cast.officer, drill.need).status
    assert (status.unmatched, status.over) == (Decimal(0), Decimal(5)), "the page says that more is promised than is still asked for"
    assert need_record(cast.officer, drill.need).quantity == Decimal(5)


def test_a_line_that_needs_a_licence_does_not_slip_out_by_being_split_off(drill: Drill) -> None:
    cast, other = drill.cast, drill.of(TOLD_AGAIN.id)
    join_groups(cast.officer, "offer", (drill.offer, other), Relation.SAME_AS, keep=drill.offer, reason="one gift, told twice")
    again = propose_agreement(cast.officer, drill.need, drill.offer, Proposal(quantity=Decimal(2)))
    accept_agreement(cast.asker, again)
    commit_agreement(cast.donor, again)
    open_case(cast.officer, TOLD_AGAIN.id, "EE", on=date(2026, 2, 1), reason="offered")
    split_group(cast.officer, "offer", drill.offer, [TOLD_AGAIN.id], Relation.NOT_THE_SAME, reason="two gifts")
    with pytest.raises(Refused, match="nobody knows yet"):
        prepare_consignment(cast.donor, again, Packing(quantity=Decimal(1)))
    prepare_consignment(cast.donor, drill.agreement, Packing(quantity=Decimal(1)))
