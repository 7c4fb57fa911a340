"""The pages that belong to no wing, and the plan: what waits, the ledger in words, taking back, sharing."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from sild.kernel.action import ACTIONS
from sild.kernel.lowering import propose_lowering
from sild.values.marking import Marking
from sild.web.acts import ACTS, act_in_words
from sild.wings.linkage.public import link_register
from sild.wings.planning.public import make_plan, plan_sheet, share_plan
from sild.wings.register.public import NeedState, accept_line, keep_lines, needs, rule_gate
from tests.cast import Cast
from tests.web.signed import signed_in
from tests.wings.readings import reading

TODAY = date(2026, 2, 10)
COUNCIL = "Lviv City Council"
ASKED = reading(1, "request", "end-user-devices", "laptops", 40, unit="laptop", beneficiary=COUNCIL, urgency="critical")
GIVEN = reading(2, "offer", "end-user-devices", "laptops from a store", 15, unit="laptop", provider="Estonia")


def prepared(cast: Cast) -> None:
    keep_lines(cast.run, [ASKED, GIVEN])
    link_register(cast.run)
    make_plan(cast.run, TODAY)


def page(client: Client, path: str) -> str:
    answer = client.get(path, SERVER_NAME="localhost")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_every_action_has_words_in_both_languages() -> None:
    assert {name for name in ACTIONS if not name.startswith("test")} <= set(ACTS)
    with translation.override("uk"):
        assert all(act_in_words(name) != ACTS[name] for name in ACTS)


def test_the_plan_says_what_blocks_a_need_and_whose_move_it_is(cast: Cast) -> None:
    prepared(cast)
    text = page(signed_in(cast.officer), "/plan/")
    assert "partly covered" in text
    assert "15 of 40" in text
    assert "secretariat, to find a giver" in text


def test_the_plan_is_told_in_ukrainian(cast: Cast) -> None:
    prepared(cast)
    client = signed_in(cast.officer)
    client.cookies["sild_language"] = "uk"
    text = page(client, "/plan/")
    assert "secretariat, to find a giver" not in text
    assert "Nobody offers it" not in text


def test_before_it_is_shared_nobody_else_sees_anything_of_a_plan(cast: Cast) -> None:
    prepared(cast)
    for member in (cast.donor, cast.technical, cast.seller, cast.authority):
        assert plan_sheet(member) is None
    assert "There is no plan for you yet" in page(signed_in(cast.donor), "/plan/")


def test_a_shared_plan_shows_a_giver_where_its_offer_goes_and_the_front_office_how_much_without_who(cast: Cast) -> None:
    prepared(cast)
    [need] = needs(cast.officer)
    accept_line(cast.officer, ASKED.id, reason="as read")
    rule_gate(cast.technical, need.id, NeedState.TECHNICAL_REVIEW, True, reason="can be done")
    rule_gate(cast.interagency, need.id, NeedState.INTERAGENCY_REVIEW, True, reason="matters")
    sheet = plan_sheet(cast.officer)
    assert sheet is not None
    assert share_plan(cast.officer, sheet.plan, reason="agreed in the group") > 0
    seen = plan_sheet(cast.technical)
    assert seen is not None
    [row] = seen.rows
    assert (row.planned, row.state, row.given) == (15, "partly", ())
    theirs = plan_sheet(cast.donor)
    assert theirs is not None
    assert [(one.provider, one.quantity) for one in theirs.rows[0].given] == [("Estonia", 15)]
    assert theirs.rows[0].blockers == () and theirs.rows[0].priority is None


def test_a_plan_is_shared_with_a_reason_only_and_recalled(cast: Cast) -> None:
    prepared(cast)
    officer = signed_in(cast.officer)
    sheet = plan_sheet(cast.officer)
    assert sheet is not None
    address = f"/plan/{sheet.plan}/share/"
    assert officer.post(address, {"do": "share", "reason": " "}).status_code == 409
    assert officer.post(address, {"do": "share", "reason": "agreed"}).status_code == 302
    assert plan_sheet(cast.technical) is not None
    assert officer.post(address, {"do": "recall", "reason": "too early"}).status_code == 302
    assert plan_sheet(cast.technical) is None
    assert signed_in(cast.donor).post(address, {"do": "share", "reason": "mine"}).status_code == 403


def test_an_act_is_taken_back_from_the_ledger_and_a_strangers_act_is_not_there(cast: Cast) -> None:
    prepared(cast)
    accept_line(cast.officer, ASKED.id, reason="as read")
    officer = signed_in(cast.officer)
    text = page(officer, "/ledger/?action=register.accept-line")
    assert "accepted a line" in text and "as read" in text
    address = text.split('action="/undo/')[1].split('"')[0]
    assert signed_in(cast.donor).post(f"/undo/{address}").status_code == 404
    assert officer.post(f"/undo/{address}", {"next": "https://example.org/"}).headers["Location"] == "/ledger/"
    assert "taken back" in page(officer, "/ledger/?action=register.accept-line")


def test_an_auditor_reads_who_did_what_and_not_what_was_written(cast: Cast) -> None:
    prepared(cast)
    text = page(signed_in(cast.auditor), "/ledger/?who=services")
    assert "made a plan" in text
    assert "laptops from a store" not in text


def test_what_waits_names_the_gate_for_those_who_sit_there_and_a_colleagues_proposal_for_officers(cast: Cast) -> None:
    prepared(cast)
    assert "laptops" in page(signed_in(cast.technical), "/")
    propose_lowering(cast.officer, "register.Line", ASKED.id, Marking.GREEN, reason="no secret any more")
    deputy = signed_in(cast.deputy)
    assert f"/access/lines/{ASKED.id}/" in page(deputy, "/")
    assert f"/access/lines/{ASKED.id}/" not in page(signed_in(cast.officer), "/")


@pytest.mark.parametrize("after", ["x", "2026-01-01~y", "~", "2026-01-01T00:00:00~00000000-0000-4000-8000-000000000000"])
def test_a_key_of_a_page_that_is_none_is_the_beginning(cast: Cast, after: str) -> None:
    prepared(cast)
    assert "made a plan" in page(signed_in(cast.officer), f"/ledger/?after={after}")


@pytest.mark.parametrize("path", ["/ledger/?person=%00", "/inbox/?state=%00", "/needs/?text=a%00b", "/plan/?category=%00"])
def test_a_sign_that_no_text_holds_is_left_out_and_is_no_fault(cast: Cast, path: str) -> None:
    assert signed_in(cast.officer).get(path, SERVER_NAME="localhost").status_code == 200


def test_a_donor_reads_that_an_endorsed_need_passed_its_gates_and_not_who_ruled_or_why(cast: Cast) -> None:
    prepared(cast)
    [need] = needs(cast.officer)
    rule_gate(cast.technical, need.id, NeedState.TECHNICAL_REVIEW, True, reason="the racks are there")
    rule_gate(cast.interagency, need.id, NeedState.INTERAGENCY_REVIEW, True, reason="the ministry insists")
    text = page(signed_in(cast.donor), f"/needs/{need.id}/")
    assert "Not ruled yet" not in text
    assert text.count("Passed. Who ruled and why") == 2
    assert "the racks are there" not in text and "the ministry insists" not in text
