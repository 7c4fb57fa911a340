"""What is withheld of a need or an offer, or ruled away, does not come back through what was agreed, delivered and paid for it."""

from __future__ import annotations

from decimal import Decimal
from threading import Thread
from uuid import UUID

from django.db import connection, transaction

from sild.kernel.actor import Actor, acting
from sild.kernel.grants import recall_release, release_to
from sild.kernel.refusals import NotThere, Refused
from sild.values.flow import FlowState
from sild.values.marking import Marking
from sild.wings.agreements.actions import Proposal, accept_agreement, commit_agreement, propose_agreement
from sild.wings.agreements.reads import agreement_record, agreements_of_need
from sild.wings.clearance.public import rule_line
from sild.wings.delivery.actions import Packing, prepare_consignment
from sild.wings.delivery.reads import consignment_record
from sild.wings.money.actions import NewFlow, put_under, record_flow, show_flow
from sild.wings.money.models import Withheld
from sild.wings.money.reads import FlowFilter, flow_record, list_flows, rows_behind, totals_of
from sild.wings.money.rules import LeftOutWhy, ShownAs
from sild.wings.register.public import Channel, need_record
from tests.wings.agreements.conftest import MINISTRY, Table

THREE = Decimal(3)


def put_on_the_table(table: Table, *, spoken: bool) -> dict[str, UUID]:
    """An agreement of Estonia's with its money; where the sides spoke, with what moves of it."""
    cast = table.cast
    one = propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=THREE))
    found = {"agreement": one}
    if spoken:
        accept_agreement(cast.asker, one)
        commit_agreement(cast.donor, one)
        found["consignment"] = prepare_consignment(cast.donor, one, Packing(quantity=THREE))
    told = {"amount": THREE, "currency": "EUR", "giver": "Estonia", "body": MINISTRY, "title": "gateways"}
    found["flow"] = record_flow(cast.officer, NewFlow(**told, need_id=table.need))  # type: ignore[arg-type]  # each name is a field
    found["its flow"] = record_flow(cast.officer, NewFlow(**told, agreement_id=one))  # type: ignore[arg-type]  # each name is a field
    return found


def seen(actor: Actor, records: dict[str, UUID]) -> set[str]:
    """Which of the records the reader can open."""
    reads = {"agreement": agreement_record, "consignment": consignment_record, "flow": flow_record, "its flow": flow_record}
    found = set()
    for name, key in records.items():
        try:
            reads[name](actor, key)  # type: ignore[operator]  # each read takes an actor and an identifier
        except NotThere:
            continue
        found.add(name)
    return found


def test_what_is_withheld_of_a_need_does_not_come_back_beside_it(table: Table) -> None:
    cast, records = table.cast, put_on_the_table(table, spoken=False)
    for reader in (cast.authority, cast.donor, cast.asker):
        assert seen(reader, records) == set(records)
    front, estonia = cast.authority.organisation, cast.donor.organisation
    recall_release(cast.officer, "register.Need", table.need, [front, estonia], reason="the ministry wants it so")
    assert seen(cast.authority, records) == set() == seen(cast.donor, records)
    assert seen(cast.asker, records) == set(records)
    more = put_on_the_table(table, spoken=False)
    assert seen(cast.authority, more) == set() == seen(cast.donor, more), "nor what is made after it was withheld"
    release_to(cast.officer, "register.Need", table.need, [front], reason="it may, after all")
    assert seen(cast.authority, records) == set(records)
    assert seen(cast.donor, records) == set()


def test_an_offer_that_is_withheld_does_not_come_back_in_what_was_agreed_on_it(table: Table) -> None:
    cast, records = table.cast, put_on_the_table(table, spoken=False)
    recall_release(cast.officer, "register.Offer", table.estonias, [cast.asker.organisation], reason="the giver wants it so")
    assert seen(cast.asker, records) == {"flow"}, "that one names the need alone"
    assert seen(cast.donor, records) == set(records)


def test_who_spoke_in_an_agreement_keeps_what_they_spoke_of(table: Table) -> None:
    cast, records = table.cast, put_on_the_table(table, spoken=True)
    recall_release(
        cast.officer, "register.Need", table.need, [cast.authority.organisation, cast.donor.organisation], reason="a change of hands"
    )
    assert seen(cast.authority, records) == set(), "the front office said nothing here"
    assert seen(cast.donor, records) == {"agreement", "consignment"}, "its own word and what it sent; the money is the desk's record"
    recall_release(cast.officer, "agreements.Agreement", records["agreement"], [cast.asker.organisation], reason="by mistake")
    assert seen(cast.asker, records) == {"flow"}, "an agreement that is withheld takes its consignments and its money with it"


def test_what_a_flow_keeps_back_is_withheld_with_its_need(table: Table) -> None:
    cast, records = table.cast, put_on_the_table(table, spoken=False)
    show_flow(cast.officer, records["its flow"], ShownAs.AMOUNT_ONLY, reason="the giver's mail")
    assert flow_record(cast.donor, records["its flow"]).row.giver == "Estonia"
    recall_release(cast.officer, "register.Need", table.need, [cast.donor.organisation], reason="a change of hands")
    with acting(cast.officer):
        assert list(Withheld.objects.values_list("releasable_to", flat=True)) == [[]]


def test_a_need_that_is_ruled_military_takes_what_was_agreed_with_it(table: Table) -> None:
    cast, records = table.cast, put_on_the_table(table, spoken=False)
    acted = put_on_the_table(table, spoken=True)
    [line] = need_record(cast.officer, table.need).lines
    rule_line(cast.officer, line.id, Channel.MILITARY, version=line.version, reason="for the armed forces")
    assert need_record(cast.officer, table.need).channel == Channel.MILITARY
    for told in (records, acted):
        assert seen(cast.authority, told) == set()
        assert seen(cast.asker, told) == set(told)
    assert seen(cast.donor, records) == {"flow", "its flow"}, "its own money"
    assert seen(cast.donor, acted) == set(acted)


def test_money_that_does_not_name_its_giver_does_not_name_what_it_came_out_of(table: Table) -> None:
    cast = table.cast
    told = {"amount": THREE, "currency": "EUR", "body": MINISTRY, "state": FlowState.COMMITTED, "marking": Marking.CLEAR}
    whole = record_flow(cast.officer, NewFlow(giver="Latvia", title="Latvia's programme", **told))  # type: ignore[arg-type]  # named fields
    part = record_flow(cast.officer, NewFlow(giver="Latvia", shown_as=ShownAs.AMOUNT_ONLY, **told))  # type: ignore[arg-type]  # named fields
    further = record_flow(cast.officer, NewFlow(giver="A fund", **told))  # type: ignore[arg-type]  # named fields
    put_under(cast.officer, part, whole)
    put_under(cast.officer, further, part)
    hidden = flow_record(cast.donor, part)
    assert (hidden.parent, hidden.row.parent_id) == (None, None)
    assert [row.parent_id for row in list_flows(cast.donor, FlowFilter())[0] if row.id == part] == [None]
    assert flow_record(cast.donor, whole).parts == ()
    for owner in (cast.officer, cast.other_donor):
        assert flow_record(owner, part).row.parent_id == whole
        assert [one.id for one in flow_record(owner, whole).parts] == [part]
    # it is counted once for everybody, and what is left out does not lead to where it is counted, whatever is asked for
    for reader, beside in ((cast.officer, whole), (cast.donor, None)):
        pots = {pot.pot: pot for pot in totals_of(reader, FlowFilter()).pots}
        assert [(one.amount, one.rows) for one in pots["committed"].whole.sums] == [(THREE, (whole,))]
        left = {row.row.id: (row.why, row.beside) for row in rows_behind(reader, FlowFilter(), "committed").rows if row.why}
        assert left[part] == (LeftOutWhy.INSIDE, beside)
    alone = rows_behind(cast.donor, FlowFilter(giver="A fund"), "committed")
    assert [(row.row.id, row.counts) for row in alone.rows] == [(further, None)]


def test_two_proposals_at_one_moment_on_two_offers_do_not_exceed_the_need(table: Table) -> None:
    cast, twelve = table.cast, Proposal(quantity=Decimal(12))
    said: list[str] = []

    def propose() -> None:
        try:
            propose_agreement(cast.officer, table.need, table.kestrels, twelve)
            said.append("proposed")
        except Refused as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    other = Thread(target=propose)
    with transaction.atomic():
        propose_agreement(cast.officer, table.need, table.estonias, twelve)
        other.start()
        other.join(timeout=0.7)  # it waits for this transaction; it must not take its sum before that is over
    other.join()
    assert len(said) == 1 and "lacks 8 yet" in said[0]
    assert agreements_of_need(cast.officer, table.need).sums.standing == Decimal(12)
