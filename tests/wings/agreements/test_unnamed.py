"""A giver who is not named is not named by what stands beside either, and nobody makes more be promised than there is by taking back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from sild.kernel.action import last_act
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.kernel.undo import undo
from sild.wings.agreements.actions import (
    Proposal,
    Saying,
    accept_agreement,
    acknowledge_agreement,
    commit_agreement,
    decline_agreement,
    propose_agreement,
)
from sild.wings.agreements.reads import AgreementFilter, agreement_record, agreements_of_need, list_agreements
from sild.wings.delivery.actions import Packing, depart_consignment, lose_pieces, prepare_consignment
from sild.wings.delivery.reads import consignment_record
from sild.wings.money.public import NewFlow, ShownAs, record_flow
from tests.wings.agreements.conftest import MINISTRY, Table

THREE = Decimal(3)


def taken_back(actor: Actor) -> int:
    act = last_act()
    assert act is not None
    return undo(actor, act, reason="a slip")


def test_an_unnamed_givers_seat_stands_beside_no_word_and_no_deed(table: Table) -> None:
    cast = table.cast
    one = propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=THREE, giver_told=False))
    acknowledge_agreement(cast.donor, one)
    accept_agreement(cast.asker, one)
    commit_agreement(cast.donor, one)
    moving = prepare_consignment(cast.donor, one, Packing(quantity=THREE))
    depart_consignment(cast.donor, moving)
    said = [(step.word, step.by) for step in agreement_record(cast.asker, one).steps]
    assert said == [("propose", cast.officer.name), ("acknowledge", ""), ("accept", cast.asker.name), ("commit", "")]
    assert [step.by for step in consignment_record(cast.asker, moving).steps] == ["", ""]


def test_an_unnamed_givers_offer_is_not_known_again_in_another_agreement(table: Table) -> None:
    cast = table.cast
    for giver_told in (True, False):
        propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=THREE, giver_told=giver_told))
    for reader, known in ((cast.asker, {table.estonias, None}), (cast.donor, {table.estonias}), (cast.officer, {table.estonias})):
        assert {row.offer_id for row in agreements_of_need(reader, table.need).rows} == known
        assert {row.offer_id for row in list_agreements(reader, AgreementFilter())[0]} == known


def test_money_of_an_agreement_that_names_no_giver_names_none(table: Table) -> None:
    cast = table.cast
    one = propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=THREE, giver_told=False))
    flow = NewFlow(amount=THREE, currency="EUR", giver="Estonia", body=MINISTRY, agreement_id=one)
    with pytest.raises(Refused):
        record_flow(cast.officer, flow)
    assert record_flow(cast.officer, replace(flow, shown_as=ShownAs.AMOUNT_ONLY))


def test_what_was_given_free_is_not_taken_back_whether_or_not_others_were_promised_it(table: Table) -> None:
    cast = table.cast
    one = propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=Decimal(12)))
    accept_agreement(cast.asker, one, Saying(quantity=Decimal(4)))
    with pytest.raises(Refused):
        taken_back(cast.asker)
    decline_agreement(cast.asker, one, reason="no staff for them")
    with pytest.raises(Refused):
        taken_back(cast.asker)
    assert agreements_of_need(cast.officer, table.need).sums.standing == 0


def test_what_went_back_is_not_carried_twice(table: Table) -> None:
    cast = table.cast
    one = propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=THREE))
    accept_agreement(cast.asker, one)
    commit_agreement(cast.donor, one)
    moving = prepare_consignment(cast.donor, one, Packing(quantity=THREE))
    lose_pieces(cast.donor, moving, None, reason="a fire in the depot")
    with pytest.raises(Refused):
        taken_back(cast.donor)
    assert prepare_consignment(cast.donor, one, Packing(quantity=THREE))
