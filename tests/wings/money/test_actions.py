"""Flows are written down, moved on in parts, valued, hung on each other, kept back and ended; public ones are taken in once."""

from __future__ import annotations

import re
import uuid
from datetime import date
from decimal import Decimal

import pytest

from sild.formats.flows import read_flows
from sild.kernel.action import last_act
from sild.kernel.actor import Actor, acting
from sild.kernel.closing import raise_marking
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.values.flow import FlowState
from sild.values.marking import Marking
from sild.wings.agreements.actions import Proposal, propose_agreement
from sild.wings.money.actions import (
    ImportResult,
    NewFlow,
    Worth,
    advance_flow,
    end_flow,
    import_flows,
    put_under,
    record_flow,
    redact_money,
    show_flow,
    value_flow,
)
from sild.wings.money.models import Flow, Withheld
from sild.wings.money.reads import FlowFilter, FlowRow, contradictions, flow_record, flows_naming, list_flows, rows_behind, totals_of
from sild.wings.money.rules import ClaimVerdict, LeftOutWhy, ShownAs
from tests.cast import Cast
from tests.wings.agreements.conftest import Table, table  # noqa: F401 - the fixture is used by its name
from tests.wings.money.made import FACTS, fts_answer, fts_flow, kiel_months, kiel_totals

MINISTRY = "Ministry of Health of Ukraine"


def written(cast: Cast, amount: str = "100", currency: str = "EUR", **more: object) -> uuid.UUID:
    told = {"giver": "Estonia", "body": MINISTRY, "title": "gateways", "state": FlowState.PLEDGED, "on": date(2026, 1, 5)} | more
    return record_flow(cast.officer, NewFlow(amount=Decimal(amount), currency=currency, **told), reason="their mail")  # type: ignore[arg-type]  # each test names real fields


def seen(actor: Actor, **wanted: str) -> list[FlowRow]:
    return list_flows(actor, FlowFilter(**wanted))[0]


def sums(actor: Actor, currency: str = "", **wanted: str) -> dict[str, dict[str, Decimal]]:
    found = totals_of(actor, FlowFilter(**wanted), currency=currency)
    return {pot.pot: {one.currency: one.amount for one in pot.whole.sums} for pot in found.pots}


def test_a_part_moves_on_and_the_rest_stays_to_the_last_place(cast: Cast) -> None:
    one = written(cast, "100.001")
    part = advance_flow(cast.officer, one, FlowState.COMMITTED, Decimal("33.334"), version=1, reason="signed")
    rest = flow_record(cast.officer, one)
    assert (rest.row.amount, rest.row.state) == (Decimal("66.667"), FlowState.PLEDGED)
    assert [step.what for step in rest.steps] == ["recorded", "split"]
    moved = flow_record(cast.officer, part)
    assert (moved.row.amount, moved.row.state, moved.steps[-1].reason) == (Decimal("33.334"), FlowState.COMMITTED, "signed")
    assert sums(cast.officer) == {
        "pledged": {"EUR": Decimal("66.667")},
        "committed": {"EUR": Decimal("33.334")},
        "firm": {"EUR": Decimal("33.334")},
    }
    assert advance_flow(cast.officer, part, FlowState.SPENT) == part, "all of it keeps its name; states may be skipped"
    with pytest.raises(Refused, match="forward alone"):
        advance_flow(cast.officer, part, FlowState.PLEDGED)
    for odd in ("0", "-1", "66.668"):
        with pytest.raises(Refused, match=r"at most 66\.667 EUR"):
            advance_flow(cast.officer, one, FlowState.COMMITTED, Decimal(odd))
    with pytest.raises(Stale):
        advance_flow(cast.officer, one, FlowState.COMMITTED, version=1)


def test_what_is_written_is_undone_whole(cast: Cast) -> None:
    one = written(cast)
    advance_flow(cast.officer, one, FlowState.COMMITTED, Decimal(40))
    undo(cast.officer, last_act(), reason="the wrong flow")
    assert [(row.id, row.amount) for row in seen(cast.officer)] == [(one, Decimal(100))]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"amount": Decimal("-5")}, "above 0"),
        ({"amount": Decimal("0.0001")}, "to a thousandth"),
        ({"currency": "euro"}, "no currency"),
        ({"in_kind": True}, "how the gift in kind was valued"),
        ({"begins": date(2026, 2, 1), "ends": date(2026, 1, 1)}, "ends before it begins"),
    ],
)
def test_what_is_no_flow_is_refused_with_what_to_do(cast: Cast, change: dict[str, object], says: str) -> None:
    told: dict[str, object] = {"amount": Decimal(5), "currency": "EUR"} | change
    with pytest.raises(Refused, match=says):
        record_flow(cast.officer, NewFlow(**told))  # type: ignore[arg-type]  # each case names real fields
    with pytest.raises(NotThere):
        record_flow(cast.officer, NewFlow(amount=Decimal(5), currency="EUR", need_id=uuid.uuid4()))
    for other in (cast.donor, cast.authority, cast.auditor):
        with pytest.raises(NotForRole):
            record_flow(other, NewFlow(amount=Decimal(5), currency="EUR"))


def test_a_rate_has_its_day_and_source_and_an_unknown_one_is_never_guessed(cast: Cast) -> None:
    one, other = written(cast, "200", "USD", state=FlowState.COMMITTED), written(cast, "50", "GBP", state=FlowState.COMMITTED)
    with pytest.raises(Refused, match="has its day"):
        value_flow(cast.officer, one, Worth(currency="EUR", rate=Decimal("1.25"), source="the central bank"))
    with pytest.raises(Refused, match="where the rate comes from"):
        value_flow(cast.officer, one, Worth(currency="EUR", rate=Decimal("1.25"), on=date(2026, 1, 5)))
    value_flow(cast.officer, one, Worth(currency="EUR", rate=Decimal("1.25"), on=date(2026, 1, 5), source="the central bank"))
    assert (flow_record(cast.officer, one).row.value, flow_record(cast.officer, one).off_rate) == (Decimal("160.00"), None)
    found = totals_of(cast.officer, FlowFilter(), currency="EUR").pots[0]
    assert [(each.amount, each.rows) for each in found.whole.sums] == [(Decimal(160), (one,))]
    assert found.left_out == ((LeftOutWhy.NO_RATE, 1),) and found.whole.left_out[0].id == other
    value_flow(cast.officer, other, Worth(currency="EUR", value=Decimal(60), method="by the giver"))
    assert sums(cast.officer, "EUR")["committed"] == {"EUR": Decimal(220)}


def test_money_through_another_counts_once_and_never_comes_out_of_itself(cast: Cast) -> None:
    whole = written(cast, "100", state=FlowState.COMMITTED, body="A fund")
    part = written(cast, "60", state=FlowState.COMMITTED, giver="A fund")
    more = written(cast, "50", state=FlowState.COMMITTED, giver="A fund")
    assert sums(cast.officer)["committed"] == {"EUR": Decimal(210)}
    put_under(cast.officer, part, whole)
    assert sums(cast.officer)["committed"] == {"EUR": Decimal(150)}
    with pytest.raises(Refused, match="of which 60 stand in others"):
        put_under(cast.officer, more, whole)
    with pytest.raises(Refused, match="out of itself"):
        put_under(cast.officer, whole, part)
    put_under(cast.officer, more, whole, within=False)
    found = rows_behind(cast.officer, FlowFilter(), "committed")
    assert [(one.row.id, one.counts, one.why, one.beside) for one in found.rows] == [
        (whole, Decimal(100), None, None),
        (more, Decimal(50), None, None),
        (part, None, LeftOutWhy.INSIDE, whole),
    ]
    seen_parts = flow_record(cast.officer, whole).parts
    assert {row.id for row in seen_parts} == {part, more}


def test_an_ended_flow_stands_on_record_and_in_no_total(cast: Cast) -> None:
    one = written(cast)
    with pytest.raises(Refused, match="Say why"):
        end_flow(cast.officer, one, reason=" ")
    end_flow(cast.officer, one, reason="the budget was cut")
    assert totals_of(cast.officer, FlowFilter()).pots[0].left_out == ((LeftOutWhy.ENDED, 1),)
    assert flow_record(cast.officer, one).row.ended
    with pytest.raises(Refused, match="moves no more"):
        advance_flow(cast.officer, one, FlowState.SPENT)


def test_what_the_giver_keeps_back_is_read_by_keeper_and_giver_alone(cast: Cast) -> None:
    one = written(cast, "100", title="quiet help of a brand", state=FlowState.COMMITTED)
    assert [row.giver for row in seen(cast.asker)] == ["Estonia"]
    assert seen(cast.other_donor) == []
    show_flow(cast.officer, one, ShownAs.AMOUNT_ONLY, reason="Estonia asks for it")
    told = ("Estonia", "quiet help of a brand")
    for reader, (giver, title) in ((cast.officer, told), (cast.donor, told), (cast.asker, ("", ""))):
        (row,) = seen(reader)
        assert (row.giver, row.title, row.amount, row.kept_back) == (giver, title, Decimal(100), not giver)
    assert seen(cast.asker, giver="Estonia") == [] and seen(cast.asker, text="brand") == [] and seen(cast.asker, text="eston") == []
    assert len(seen(cast.donor, giver="Estonia")) == len(seen(cast.officer, text="eston")) == 1
    with acting(cast.asker):
        assert Withheld.objects.count() == 0 and Flow.objects.get().raw == {} and Flow.objects.get().steps == []
    found = totals_of(cast.asker, FlowFilter(), group="giver").pots[0]
    assert [(name, total.sums[0].amount) for name, total in found.groups] == [("", Decimal(100))]
    show_flow(cast.officer, one, ShownAs.ANONYMOUS, reason="Estonia asks for it")
    assert seen(cast.asker)[0].amount is None
    assert totals_of(cast.asker, FlowFilter()).pots[0].left_out == ((LeftOutWhy.NOT_TOLD, 1),)
    assert sums(cast.donor)["committed"] == {"EUR": Decimal(100)}
    part = advance_flow(cast.officer, one, FlowState.DISBURSED, Decimal(30))
    assert {row.amount for row in seen(cast.asker)} == {None} and flow_record(cast.donor, part).row.amount == Decimal(30)
    show_flow(cast.officer, one, ShownAs.SECRET, reason="Estonia asks for it")
    assert [row.id for row in seen(cast.asker)] == [part] and len(seen(cast.donor)) == 2
    show_flow(cast.officer, one, ShownAs.NAMED, reason="Estonia allows it")
    assert [row.giver for row in seen(cast.asker) if row.id == one] == ["Estonia"]


def test_an_anonymous_gift_is_not_told_by_the_currency_that_one_country_pays_in(cast: Cast) -> None:
    one = written(cast, "100", "EUR", shown_as=ShownAs.ANONYMOUS, state=FlowState.COMMITTED)
    assert [row.currency for row in seen(cast.asker)] == [""] and seen(cast.asker, currency="EUR") == []
    assert totals_of(cast.asker, FlowFilter()).currencies == ()
    for reader in (cast.officer, cast.donor):
        assert [row.id for row in seen(reader, currency="EUR")] == [one] and sums(reader)["committed"] == {"EUR": Decimal(100)}
    part = advance_flow(cast.officer, one, FlowState.DISBURSED, Decimal(30))
    whole = written(cast, "50", "EUR")
    put_under(cast.officer, part, whole)
    with pytest.raises(Refused, match="30"):
        put_under(cast.officer, written(cast, "30", "EUR"), whole)


def test_what_is_made_secret_again_by_undo_is_read_by_nobody_else_again(cast: Cast) -> None:
    one = written(cast, "100", shown_as=ShownAs.SECRET)
    show_flow(cast.officer, one, ShownAs.AMOUNT_ONLY, reason="Estonia allows it")
    act = last_act()
    assert act is not None and len(seen(cast.asker)) == 1
    undo(cast.officer, act, reason="the wrong flow")
    assert seen(cast.asker) == [] and len(seen(cast.donor)) == 1


def test_raising_the_marking_takes_it_from_those_who_may_not_see_it_and_its_parts_with_it(cast: Cast) -> None:
    one = written(cast, "100", shown_as=ShownAs.AMOUNT_ONLY)
    part = written(cast, "10")
    put_under(cast.officer, part, one)
    assert len(seen(cast.asker)) == 2
    raise_marking(cast.officer, "money.Flow", one, Marking.AMBER_STRICT, reason="agreed so")
    assert seen(cast.asker) == seen(cast.donor) == [] and len(seen(cast.officer)) == 2
    with acting(cast.officer):
        assert Withheld.objects.get().marking == Flow.objects.get(id=part).marking == Marking.AMBER_STRICT


def test_words_of_a_person_leave_flows_and_what_they_keep_back(cast: Cast) -> None:
    written(cast, title="asked by Olena Sydorenko", shown_as=ShownAs.AMOUNT_ONLY)
    assert len(flows_naming(cast.officer, ["Sydorenko"])) == 1 and flows_naming(cast.donor, ["Sydorenko"]) == []
    redact_money(cast.officer, re.compile("Olena Sydorenko"), reason="asked for")
    assert flows_naming(cast.officer, ["Sydorenko"]) == [] and "█" in seen(cast.officer)[0].title
    assert flows_naming(cast.officer, []) == []


def taken(cast: Cast, data: bytes, name: str = "file") -> ImportResult:
    return import_flows(cast.officer, read_flows(data, name), name, digest="0" * 64)


def test_a_file_is_taken_in_once_and_everybody_here_reads_what_is_public(cast: Cast) -> None:
    flows = [
        fts_flow(1, 100, originalAmount=80, originalCurrency="EUR", exchangeRate=0.8),
        fts_flow(2, 40, onBoundary="shared"),
        fts_flow(3, 60, status="paid", parentFlowId=1),
        fts_flow(4, 9, parentFlowId=77),
    ]
    data = fts_answer(flows, 169, 4)
    first = taken(cast, data, "answer.json")
    assert (first.flows, first.fresh, first.fresh_claims, first.parentless) == (4, 4, 3, 1)
    again = taken(cast, data, "answer.json")
    assert (again.fresh, again.known, again.changed, again.fresh_claims) == (0, 4, 0, 0)
    assert len(seen(cast.observer)) == len(seen(cast.other_donor)) == 4 and seen(cast.outsider) == []
    found = contradictions(cast.donor, "ocha-fts", everything=True)
    assert (found.sums_held, found.sums) == (3, 3), "the shared one stands in no sum of one side, the part in its own"
    one = next(row for row in seen(cast.officer) if row.key == "3")
    whole = flow_record(cast.officer, one.id)
    assert whole.parent is not None and whole.parent.key == "1" and not whole.row.within
    assert dict(whole.raw)["amountUSD"] == "60" and whole.told_in == ("answer.json (sha256 0000000000000000)",)


def test_what_a_source_changed_later_is_changed_and_what_two_files_of_a_day_say_stands_side_by_side(cast: Cast) -> None:
    taken(cast, fts_answer([fts_flow(1, 100), fts_flow(2, 50)], 150, 2), "first.json")
    later = taken(cast, fts_answer([fts_flow(1, 120, updatedAt="2025-06-01T00:00:00Z")], 150, 2), "later.json")
    assert (later.changed, later.differing) == (1, 0)
    other = fts_answer([fts_flow(2, 55)], 150, 2)
    assert taken(cast, other, "other.json").differing == 1 and taken(cast, other, "other.json").known == 1
    assert taken(cast, fts_answer([fts_flow(1, 100)], 150, 2), "first again.json").known == 1, "an older edition changes nothing"
    row = next(row for row in seen(cast.officer) if row.key == "1")
    assert row.amount == Decimal(120) and "100.000 USD" in flow_record(cast.officer, row.id).steps[-1].reason
    (reading,) = contradictions(cast.officer).readings
    assert [reading.first.amount, *(one.amount for one in reading.others)] == [Decimal(50), Decimal(55)]
    pot = totals_of(cast.officer, FlowFilter()).pots[0]
    assert pot.whole.sums[0].amount == Decimal(170) and pot.left_out == ((LeftOutWhy.READING, 1),)
    held = contradictions(cast.officer, "ocha-fts").topics
    assert [topic.reckoned.apart for topic in held if topic.reckoned] == [Decimal(-20)], "the source's total is of its older edition"


def test_sums_that_a_source_states_are_held_against_its_rows_to_the_cent(cast: Cast) -> None:
    taken(cast, kiel_months("Estonia,EST,2024,2,0.3,0.1,0.1,0.1,0.5,0.2,31,0.9", "Malta,MLT,2024,2,0.05,0,0.05,0,0.05,0,20,0.1"))
    taken(cast, kiel_totals("2024,2,0.35,0.1,0.1,0.150001"))
    taken(cast, FACTS.encode())
    found = contradictions(cast.officer)
    assert (found.sums_held, found.sums) == (3, 4)
    (apart,) = [topic for topic in found.topics if topic.series == "kiel-ust"]
    assert (apart.label, apart.claims[0].apart) == ("2024-02: humanitarian", Decimal(1000))
    assert [topic.verdict for topic in found.topics if topic.series == "facts"] == [ClaimVerdict.CONTRADICT]
    assert dict(found.by_verdict)[ClaimVerdict.LESS_EXACT] == 1
    assert sums(cast.officer) == {
        "pledged": {"EUR": Decimal(200_000_000)},
        "committed": {"EUR": Decimal(350_000_000)},
        "firm": {"EUR": Decimal(350_000_000)},
    }
    assert sums(cast.officer, giver="Malta", year="2024")["committed"] == {"EUR": Decimal(50_000_000)}
    assert seen(cast.officer, year="2023") == seen(cast.officer, month="2024-13") == seen(cast.officer, year="x") == []
    assert len(seen(cast.officer, month="2024-02", tag="kind=humanitarian")) == 2


def test_money_of_an_agreement_hangs_on_its_need_and_offer_too(table: Table) -> None:  # noqa: F811
    cast = table.cast
    agreed = propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=Decimal(2)), reason="the nearest in time")
    one = written(cast, agreement_id=agreed)
    record = flow_record(cast.officer, one)
    assert (record.need, record.offer, record.agreement) == (table.need, table.estonias, agreed)
    with pytest.raises(NotThere):
        written(cast, agreement_id=uuid.uuid4())
