"""Norms, measures, contact points, positions and treaties: in the browser, for programs, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.actor import Actor
from sild.kernel.grants import release_to
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.diplomacy.actions import (
    NewContact,
    NewDuty,
    NewImplementation,
    NewPosition,
    NewTreatyStep,
    answer_ping,
    discharge_duty,
    keep_contact,
    keep_duty,
    keep_position,
    keep_treaty_step,
    log_implementation,
    move_implementation,
    ping_contact,
    retire_contact,
    take_back,
)
from sild.wings.diplomacy.reads import checked_draft, contacts, duties, entries, own_country, topic_record, topic_rows, treaty_record
from sild.wings.diplomacy.rules import Progress, StanceAgreement, TreatyAct
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in

TODAY = date(2026, 2, 10)


def page(member: Actor, name: str, /, *arguments: object, **query: str) -> tuple[int, str]:
    """The status and the text of a page as a member gets it."""
    answer = signed_in(member).get(reverse(name, args=arguments), query)
    return answer.status_code, answer.content.decode()


def sent(member: Actor, name: str, /, *arguments: object, **form: object) -> tuple[int, str]:
    """What a form answers: status and where it leads or what it says."""
    answer = signed_in(member).post(reverse(name, args=arguments), form)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_what_was_done_for_a_norm_stands_in_its_log_and_what_is_done_has_its_proof(cast: Cast) -> None:
    new = NewImplementation(subject="norm-h", what="A desk that receives requests", progress=Progress.UNDER_WAY, agency="The ministry")
    entry = log_implementation(cast.donor, new)
    with pytest.raises(Refused, match="a day and a proof"):
        move_implementation(cast.donor, entry, Progress.DONE)
    with pytest.raises(Stale):
        move_implementation(cast.donor, entry, Progress.STOPPED, version=9)
    move_implementation(cast.donor, entry, Progress.DONE, on=TODAY, proof="Act 12", version=1)
    [row] = entries(cast.donor, subject="norm-h")
    assert (row.progress, row.on, row.proof, row.own) == (Progress.DONE, TODAY, "Act 12", True)
    assert entries(cast.officer) == [], "another organisation's log is its own"
    with pytest.raises(NotThere):
        move_implementation(cast.officer, entry, Progress.STOPPED)
    with pytest.raises(NotForRole):
        log_implementation(cast.auditor, new)
    for wrong in (
        NewImplementation(subject="norm-z", what="x", progress=Progress.PLANNED),
        NewImplementation(subject="norm-a", what="  ", progress=Progress.PLANNED),
        NewImplementation(subject="norm-a", what="x"),
        NewImplementation(subject="norm-a", what="x", progress=Progress.PLANNED, marking=Marking.RED),
    ):
        with pytest.raises(Refused):
            log_implementation(cast.donor, wrong)


def test_a_clock_starts_again_from_the_day_on_which_it_was_done(cast: Cast) -> None:
    told = NewDuty(subject="osce-cbm-08", what="contact data confirmed", due_on=date(2026, 2, 1), every_months=12, basis="our own rule")
    duty = keep_duty(cast.officer, told)
    assert [(one.state, one.own) for one in duties(cast.officer)] == [("overdue", True)]
    assert "contact data confirmed" in page(cast.officer, "web.waiting")[1]
    with pytest.raises(Refused, match="has not come yet"):
        discharge_duty(cast.officer, duty, on=date(2026, 3, 1), reason="sent")
    with pytest.raises(Refused, match="how it was done"):
        discharge_duty(cast.officer, duty, reason=" ")
    discharge_duty(cast.officer, duty, on=date(2026, 2, 5), reason="letter 7")
    [row] = duties(cast.officer)
    assert (row.due_on, row.state, row.done[0]["was_due"]) == (date(2027, 2, 5), "later", "2026-02-01")
    once = keep_duty(cast.officer, NewDuty(subject="norm-b", what="a report", due_on=TODAY, basis="the minister"))
    discharge_duty(cast.officer, once, reason="sent")
    assert [one.id for one in duties(cast.officer)] == [duty], "what is due once ends with it"
    with pytest.raises(Refused, match="ended already"):
        discharge_duty(cast.officer, once, reason="again")


def test_a_ping_is_open_until_it_is_answered_and_its_answer_confirms_the_contact(cast: Cast) -> None:
    told = NewContact(subject="un-cbm-1", country="lv", office="Ministry, cyber unit", reach="cyber@example.invalid")
    contact = keep_contact(cast.officer, told)
    [row] = contacts(cast.officer)
    assert (row.country, row.old, row.open_ping) == ("LV", True, "")
    with pytest.raises(Refused, match="No ping is open"):
        answer_ping(cast.officer, contact)
    ping_contact(cast.officer, contact, on=date(2026, 2, 3))
    assert contacts(cast.officer)[0].open_ping == "2026-02-03"
    with pytest.raises(Refused, match="still open"):
        ping_contact(cast.officer, contact)
    with pytest.raises(Refused, match="cannot be older"):
        answer_ping(cast.officer, contact, on=date(2026, 2, 1))
    answer_ping(cast.officer, contact, on=date(2026, 2, 4), reason="they are there")
    [row] = contacts(cast.officer)
    assert (row.old, row.open_ping, row.confirmed_on, row.pings[0]["said"]) == (False, "", date(2026, 2, 4), "they are there")
    retire_contact(cast.officer, contact, reason="the unit was dissolved")
    assert contacts(cast.officer) == [] and contacts(cast.officer, retired=True)[0].retired
    with pytest.raises(Refused, match="was retired"):
        ping_contact(cast.officer, contact)
    with pytest.raises(Refused, match="no country"):
        keep_contact(cast.officer, NewContact(subject="un-cbm-1", country="Latvia", office="x"))


def test_who_agrees_is_reckoned_from_the_newest_word_of_each_state(cast: Cast) -> None:
    donor = cast.donor
    assert own_country(donor) == "EE" and own_country(cast.officer) == ""
    view = topic_record(donor, "sovereignty")
    assert view.ours is not None and view.ours.said.stance == "rule"
    stands = {one.country: one.agreement for one in view.others}
    assert (stands["GB"], stands["FR"], stands["US"]) == (StanceAgreement.DIFFERS, StanceAgreement.SAME, StanceAgreement.UNKNOWN)
    assert view.others[0].agreement == StanceAgreement.DIFFERS, "those who read it otherwise come first"
    position = NewPosition(topic="sovereignty", country="GB", stance="rule", said="A rule after all.", year=2026, document="A speech")
    kept = keep_position(donor, position)
    changed = {one.country: one for one in topic_record(donor, "sovereignty").others}["GB"]
    assert changed.agreement == StanceAgreement.SAME and changed.before[0].stance == "principle"
    assert {one.topic.id: one for one in topic_rows(donor)}["sovereignty"].differ == 0
    assert {one.topic.id: one for one in topic_rows(cast.officer, "EE")}["sovereignty"].differ == 1, "another's record is not seen"
    take_back(donor, kept, version=1, reason="it was a rumour")
    assert {one.country: one.agreement for one in topic_record(donor, "sovereignty").others}["GB"] == StanceAgreement.DIFFERS
    with pytest.raises(Refused, match="no such stance"):
        keep_position(donor, NewPosition(topic="sovereignty", country="GB", stance="perhaps", said="x", year=2026, document="y"))
    with pytest.raises(Refused, match="no address on the web"):
        keep_position(donor, NewPosition(topic="sovereignty", country="GB", said="x", year=2026, document="y", link="javascript:alert(1)"))
    with pytest.raises(NotThere):
        take_back(donor, uuid4(), reason="x")


def test_a_draft_that_says_the_opposite_of_the_own_position_is_asked_about(cast: Cast) -> None:
    draft = "The operation violated our networks. Sovereignty is no separate rule, we think.\nWe will answer in kind."
    found = checked_draft(cast.donor, draft)
    assert found.country == "EE" and found.contradictions == 1
    assert found.findings[0].sentence == "Sovereignty is no separate rule, we think."
    status, text = sent(cast.donor, "diplomacy.draft", text=draft, country="")
    assert status == 200 and "1 sentence seems to say the opposite" in text
    assert "No sentence seems to say the opposite" in sent(cast.donor, "diplomacy.draft", text=draft, country="GB")[1]


def test_what_a_state_did_with_a_treaty_is_written_beside_what_sources_show(cast: Cast) -> None:
    step = keep_treaty_step(
        cast.officer, NewTreatyStep(treaty="un-cybercrime", country="EE", act=TreatyAct.SIGNED, on=TODAY, source="gazette")
    )
    view = treaty_record(cast.officer, "un-cybercrime")
    assert [(one.country, one.act) for one in view.steps] == [("EE", TreatyAct.SIGNED)]
    text = page(cast.officer, "diplomacy.treaty", "un-cybercrime")[1]
    assert "gazette" in text and "72" in text
    take_back(cast.officer, step, reason="they did not sign")
    assert treaty_record(cast.officer, "un-cybercrime").steps == ()
    with pytest.raises(NotThere):
        treaty_record(cast.officer, "no-such")


def test_a_desk_officer_does_the_rounds_in_the_browser(cast: Cast) -> None:
    officer = cast.officer
    assert "No clock runs" in page(officer, "diplomacy.measures")[1]
    assert "From memory" in page(officer, "diplomacy.measure", "un-cbm-2")[1]
    assert "No contact point is written down yet" in page(officer, "diplomacy.contacts")[1]
    form = {"what": "confirmed", "due_on": "2026-02-01", "every_months": "6", "basis": "ours", "marking": "2"}
    assert sent(officer, "diplomacy.keep-duty", "osce-cbm-08", **form)[0] == 302
    assert sent(officer, "diplomacy.keep-duty", "osce-cbm-08", **(form | {"due_on": ""}))[0] == 409
    text = page(officer, "diplomacy.measure", "osce-cbm-08")[1]
    assert "overdue" in text and "Proposed: every 12 months" in text
    [duty] = duties(officer)
    assert sent(officer, "diplomacy.discharge", duty.id, version=1, reason="by letter")[0] == 302
    told = {"country": "EE", "office": "The cyber department", "contact_kind": "technical", "marking": "2", "reach": "x@example.invalid"}
    assert sent(officer, "diplomacy.keep-contact", "osce-cbm-08", **told)[0] == 302
    [contact] = contacts(officer)
    assert sent(officer, "diplomacy.ping-contact", contact.id, version=1)[0] == 302
    assert "open" in page(officer, "diplomacy.contacts")[1]
    assert b"The cyber department" in signed_in(officer).get(reverse("diplomacy.contacts"), {"format": "csv"}).content
    done = {"what": "A law", "progress": "done", "on": "2026-01-05", "proof": "RT I, 1", "marking": "1"}
    assert sent(officer, "diplomacy.log", "norm-g", **done)[0] == 302
    assert "RT I, 1" in page(officer, "diplomacy.norm", "norm-g")[1]
    assert page(officer, "diplomacy.norm", "norm-zz")[0] == 404
    assert page(officer, "diplomacy.topic", "sovereignty", state="EE")[0] == 200
    assert page(officer, "diplomacy.topics", state="Estonia")[0] == 409
    csv = signed_in(officer).get(reverse("diplomacy.topic", args=["sovereignty"]), {"state": "EE", "format": "csv"}).content.decode()
    assert "rule of its own" in csv


def test_what_was_done_is_undone(cast: Cast) -> None:
    contact = keep_contact(cast.officer, NewContact(subject="un-cbm-1", country="LV", office="An office"))
    ping_contact(cast.officer, contact)
    done = last_act()
    assert done is not None
    undo(cast.officer, done, reason="not sent after all")
    assert contacts(cast.officer)[0].pings == ()


def test_programs_do_the_same(cast: Cast) -> None:
    officer = program_of("drill", "officer", account_on(cast.officer))

    def post(path: str, **told: object) -> tuple[int, dict[str, Any]]:
        answer = officer.ask("POST", path, told)
        return answer.status_code, json.loads(answer.content) if answer.content else {}

    def items(path: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(officer.ask("GET", path).content)["items"]
        return found

    status, made = post("/implementations", subject="norm-g", what="A law", on="2026-01-05", proof="RT I, 1")
    assert status == 200, made
    assert post(f"/implementations/{made['id']}/moves", progress="stopped", version=1)[0] == 204
    status, made = post("/contact-points", subject="un-cbm-1", country="LV", office="An office")
    assert status == 200 and post(f"/contact-points/{made['id']}/news", what="pinged", version=1)[0] == 204
    assert post(f"/contact-points/{made['id']}/news", what="pinged", version=1)[0] == 409
    assert items("/contact-points")[0]["open_ping"] == "2026-02-10"
    assert post("/duties", subject="norm-g", what="report", due_on="2026-03-01", basis="ours")[0] == 200
    assert items("/duties")[0]["state"] == "soon"
    status, made = post("/positions", topic="sovereignty", country="UA", said="a rule", year=2026, document="a paper", stance="rule")
    assert status == 200
    told = items("/stances?topic=sovereignty&state=GB")
    assert told[0]["country"] == "GB" and {one["country"]: one["agreement"] for one in told}["UA"] == "differs"
    assert post(f"/kept-positions/{made['id']}/withdrawal", version=1, reason="wrong paper")[0] == 204
    status, checked = post("/drafts/check", text="Sovereignty is no separate rule.", state="EE")
    assert status == 200 and checked["contradictions"] == 1
    assert len(items("/norms-and-measures?of=measures")) == 24
    log = json.loads(officer.ask("GET", "/implementation-log?subject=norm-g").content)
    assert log["entries"][0]["progress"] == "stopped"
    assert {one["id"] for one in items("/treaties")} >= {"budapest", "un-cybercrime"}
    status, made = post("/treaty-acts", treaty="budapest", country="EE", act="in-force", source="gazette")
    assert status == 200 and post(f"/treaty-acts/{made['id']}/withdrawal", version=1, reason="known already")[0] == 204


def test_who_may_not_write_is_shown_no_form_and_refused(cast: Cast) -> None:
    assert "Write down what a State said" not in page(cast.seller, "diplomacy.topic", "sovereignty", state="EE")[1]
    for name, subject in (
        ("log", "norm-g"),
        ("keep-duty", "norm-g"),
        ("keep-contact", "un-cbm-1"),
        ("keep-position", "sovereignty"),
        ("keep-treaty-step", "budapest"),
    ):
        assert sent(cast.seller, f"diplomacy.{name}", subject)[0] == 403, name
        assert sent(cast.auditor, f"diplomacy.{name}", subject)[0] == 403, name
    for name, subject in (("norm", "norm-g"), ("topic", "sovereignty"), ("treaty", "budapest")):
        assert page(cast.auditor, f"diplomacy.{name}", subject)[0] == 403, name


def test_what_another_organisation_shows_can_be_read_and_not_be_written(cast: Cast) -> None:
    told = NewPosition(topic="sovereignty", country="UA", stance="rule", said="A rule.", year=2026, document="A paper")
    position = keep_position(cast.officer, told)
    release_to(cast.officer, "diplomacy.Position", position, [cast.donor.organisation], reason="to compare")
    text = page(cast.donor, "diplomacy.topic", "sovereignty", state="EE")[1]
    assert "written down here" in text and reverse("diplomacy.take-back-position", args=[position]) not in text
    with pytest.raises(Refused, match="Another organisation"):
        take_back(cast.donor, position, reason="not ours")
