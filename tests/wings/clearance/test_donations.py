"""Decisions on dual-use donations: what has to be said before, whose positions, which precedents, who decides, and what follows."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from sild.kernel.closing import raise_marking
from sild.kernel.grants import recall_release
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.values.marking import Marking
from sild.wings.clearance.actions import (
    Outcome,
    Position,
    Precedent,
    Prepared,
    cite_precedent,
    decide_donation,
    describe_donation,
    erase_cases,
    make_document,
    move_cases,
    open_case,
    prepare_donation,
    reopen_donation,
    state_position,
)
from sild.wings.clearance.reads import document_file, donation_record, donations_of, line_conditions, list_donations
from sild.wings.clearance.rules import DonationState, PaperKind, Stance, latest_positions
from sild.wings.planning.public import make_plan
from sild.wings.register.public import accept_line, mend_line
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.clearance.conftest import Office
from tests.wings.clearance.test_papers import text_of

TODAY = date(2026, 2, 10)
D = DonationState
SAID = Prepared(purpose="the network of two hospitals", potential="could join headquarters in the field")
GIVEN = Outcome(how=D.GIVEN, decided_by="the coordination group")


def prepared(office: Office, told: Prepared = SAID, line: uuid.UUID | None = None) -> uuid.UUID:
    return prepare_donation(office.cast.officer, line or office.gateways, told)


def test_the_last_word_of_each_state_counts_and_the_order_is_that_in_which_they_spoke() -> None:
    told = [
        {"state": "Estonia", "stance": "against"},
        {"state": "Latvia", "stance": "abstains"},
        {"state": "ESTONIA", "stance": "supports"},
    ]
    assert [one["stance"] for one in latest_positions(told)] == ["supports", "abstains"]


def test_a_decision_is_prepared_spoken_to_and_made_by_a_person_with_a_reason(office: Office) -> None:
    donation = prepared(office)
    assert prepared(office) == donation, "one that waits is that one"
    state_position(office.cast.donor, donation, Position(stance=Stance.AGREES, state="Latvia"), reason="if it stays in hospitals")
    state_position(office.liaison, donation, Position(stance=Stance.AGAINST, state="Latvia"), reason="they rang: not now")
    state_position(office.cast.donor, donation, Position(stance=Stance.SUPPORTS), reason="we thought again")
    outcome = Outcome(how=D.UNDER_CONDITIONS, conditions=["hospitals alone"], decided_by="the coordination group")
    decide_donation(office.cast.officer, donation, outcome, version=4, reason="need outweighs the risk")
    seen = donation_record(office.cast.donor, donation)
    assert [(one.state, one.stance) for one in seen.positions] == [("Estonia's donor desk", "supports"), ("Latvia", "against")]
    assert (seen.row.state, seen.row.decided_by, seen.row.reason) == (
        D.UNDER_CONDITIONS,
        "the coordination group",
        "need outweighs the risk",
    )
    [condition] = line_conditions(office.cast.officer, [office.gateways])[office.gateways]
    assert (condition.text, condition.source, condition.by) == ("hospitals alone", "donation", "the coordination group")
    reopen_donation(office.cast.officer, donation, reason="new facts")
    assert line_conditions(office.cast.officer, [office.gateways]) == {}
    assert [turn.turn for turn in donation_record(office.cast.officer, donation).turns] == ["prepared", "under-conditions", "reopened"]


@pytest.mark.parametrize(
    ("told", "outcome", "words"),
    [
        (Prepared(purpose="hospitals"), GIVEN, "what else it could do"),
        (Prepared(potential="headquarters"), GIVEN, "what it is for"),
        (SAID, Outcome(how=D.UNDER_CONDITIONS, conditions=[" "]), "at least one"),
        (SAID, replace(GIVEN, conditions=["one"]), "at least one"),
    ],
)
def test_nothing_is_decided_before_it_is_said_what_it_is_for_and_what_else_it_could_do(
    office: Office, told: Prepared, outcome: Outcome, words: str
) -> None:
    donation = prepared(office, told)
    with pytest.raises(Refused, match=words):
        decide_donation(office.cast.officer, donation, outcome, reason="because")
    assert donation_record(office.cast.officer, donation).row.state == D.PREPARED


def test_only_who_prepared_it_or_the_officer_who_keeps_the_line_decides_and_what_is_decided_stays(office: Office) -> None:
    donation = prepared(office)
    for act in (
        lambda: decide_donation(office.cast.donor, donation, GIVEN, reason="ours"),
        lambda: describe_donation(office.cast.donor, donation, SAID),
        lambda: cite_precedent(office.liaison, donation, Precedent(text="x", source="y")),
        lambda: reopen_donation(office.cast.donor, donation, reason="ours"),
    ):
        with pytest.raises(Refused, match="Say your position"):
            act()
    with pytest.raises(NotForRole):
        decide_donation(office.cast.seller, donation, GIVEN, reason="buy ours")
    with pytest.raises(NotThere):
        prepare_donation(office.cast.other_donor, office.gateways, SAID)
    with pytest.raises(Refused, match="Nothing was decided"):
        reopen_donation(office.cast.officer, donation, reason="why")
    decide_donation(office.cast.officer, donation, GIVEN, reason="because")
    for act in (
        lambda: decide_donation(office.cast.officer, donation, GIVEN, reason="because"),
        lambda: describe_donation(office.cast.officer, donation, SAID),
        lambda: state_position(office.cast.donor, donation, Position(stance=Stance.AGAINST), reason="late"),
        lambda: cite_precedent(office.cast.officer, donation, Precedent(text="x", source="y")),
    ):
        with pytest.raises(Refused, match="decided already"):
            act()
    with pytest.raises(Stale):
        reopen_donation(office.cast.officer, donation, version=1, reason="why")


def test_a_donor_decides_on_what_they_prepared_themselves(office: Office) -> None:
    own = prepare_donation(office.cast.donor, office.gateways, SAID)
    decide_donation(office.cast.donor, own, Outcome(how=D.NOT_GIVEN), reason="we need them")
    assert donation_record(office.cast.officer, own).row.decided_by == "Estonia's donor desk"


def test_earlier_decisions_on_things_of_its_category_are_proposed_as_precedents(office: Office) -> None:
    earlier = prepared(office)
    decide_donation(office.cast.officer, earlier, GIVEN, reason="because")
    later = prepared(office)
    assert later != earlier
    assert [row.id for row in donation_record(office.cast.officer, later).proposed] == [earlier]
    other = prepared(office, line=office.laptops)
    assert donation_record(office.cast.officer, other).proposed == (), "another category"
    cite_precedent(office.cast.officer, later, Precedent(decision=earlier))
    cite_precedent(office.cast.officer, later, Precedent(text="such a decision elsewhere", source="their gazette"))
    seen = donation_record(office.cast.officer, later)
    assert [(one.decision.id if one.decision else None, one.source) for one in seen.precedents] == [(earlier, ""), (None, "their gazette")]
    assert seen.proposed == ()
    for told in (Precedent(decision=other), Precedent(decision=later), Precedent(text="no source"), Precedent(source="no words")):
        with pytest.raises(Refused, match="precedent"):
            cite_precedent(office.cast.officer, later, told)
    with pytest.raises(NotThere):
        cite_precedent(office.cast.officer, later, Precedent(decision=uuid.uuid4()))


def test_what_is_not_given_is_not_planned(office: Office) -> None:
    for line in (office.asked, office.gateways):
        accept_line(office.cast.officer, line, reason="read rightly")
    donation = prepared(office)
    assert make_plan(office.cast.run, TODAY).answer["matches"], "what waits for a decision stops nothing"
    decide_donation(office.cast.officer, donation, Outcome(how=D.NOT_GIVEN, decided_by="the group"), reason="too risky")
    made = make_plan(office.cast.run, TODAY)
    assert made.answer["matches"] == [] and "the group (decision)" in json.dumps(made.answer)


def test_what_it_is_for_stands_on_the_papers_where_their_readers_may_know_it(office: Office) -> None:
    case = open_case(office.cast.officer, office.gateways, "EE", reason="offered")
    donation = prepared(office)

    def told() -> str:
        return text_of(document_file(office.liaison, make_document(office.cast.officer, case, PaperKind.END_USE, "uk"))[1])

    assert SAID.purpose in told()
    recall_release(office.cast.officer, "clearance.Donation", donation, [office.cast.donor.organisation], reason="not yet")
    assert SAID.purpose not in told(), "the giver sees the case"
    raise_marking(office.cast.officer, "clearance.Donation", donation, Marking.RED, reason="told to us alone")
    assert SAID.purpose not in told()


def test_decisions_follow_their_line_are_shown_by_rule_and_lose_their_words(office: Office) -> None:
    donation = prepared(office)
    for actor, sees in ((office.liaison, True), (office.cast.donor, True), (office.cast.other_donor, False), (office.cast.asker, False)):
        assert bool(list_donations(actor)[0]) is sees, actor.name
    mend_line(office.cast.officer, office.gateways, None, {"item": "VPN gateways, small", "provider": "Latvia"}, reason="read wrongly")
    assert list_donations(office.cast.donor) == ([], None)
    assert donation_record(office.cast.other_donor, donation).row.item == "VPN gateways, small"
    assert donation in erase_cases(office.cast.officer, [office.gateways], reason="asked to")
    row = donation_record(office.cast.officer, donation).row
    assert (row.item, row.purpose, row.potential, row.state) == ("", "", "", D.PREPARED)
    room, inside = uuid.uuid4(), uuid.uuid4()
    move_cases(replace(office.cast.officer, compartments=frozenset({room})), {office.gateways: inside}, room)
    assert donations_of(office.cast.officer, [office.gateways, inside]) == []
    assert donations_of(replace(office.cast.officer, compartments=frozenset({room})), [inside])


def test_the_pages_prepare_and_decide_and_the_line_shows_the_conditions(office: Office) -> None:
    officer, donor = signed_in(office.cast.officer), signed_in(office.cast.donor)
    assert "No decision on it was prepared" in officer.get(reverse("clearance.line_donations", args=[office.gateways])).content.decode()
    form = {"purpose": "hospitals", "potential": "headquarters", "conditions": "a review"}
    where = officer.post(reverse("clearance.prepare_donation", args=[office.gateways]), form).headers["Location"]
    key = uuid.UUID(where.split("/")[2])
    say = {"stance": "against", "reason": "not now", "version": 1}
    assert donor.post(reverse("clearance.position", args=[key]), say | {"stance": "maybe"}).status_code == 409
    assert donor.post(reverse("clearance.position", args=[key]), say).status_code == 302
    assert donor.post(reverse("clearance.decide_donation", args=[key]), {"how": "given", "reason": "x", "version": 2}).status_code == 409
    assert officer.post(reverse("clearance.precedent", args=[key]), {"decision": "no", "version": 2}).status_code == 409
    assert officer.post(reverse("clearance.precedent", args=[key]), {"text": "so it was", "source": "1", "version": 2}).status_code == 302
    assert officer.post(reverse("clearance.describe_donation", args=[key]), form | {"version": 3}).status_code == 302
    end = {"how": "under-conditions", "conditions": "hospitals alone", "reason": "need", "version": 4}
    assert officer.post(reverse("clearance.decide_donation", args=[key]), end).status_code == 302
    assert "hospitals alone" in officer.get(reverse("register.line", args=[office.gateways])).content.decode()
    page = donor.get(where).content.decode()
    assert "is given under conditions" in page and "so it was" in page and "not now" in page
    assert officer.post(reverse("clearance.reopen_donation", args=[key]), {"reason": "again", "version": 5}).status_code == 302
    assert officer.post(reverse("clearance.donation_note", args=[key]), {"text": "ours alone"}).status_code == 302
    assert "VPN gateways" in officer.get(reverse("clearance.donations")).content.decode()
    assert "Nothing fits" in officer.get(reverse("clearance.donations"), {"state": "given"}).content.decode()
    assert signed_in(office.cast.seller).get(where).status_code == 404


def test_a_program_prepares_and_decides(office: Office) -> None:
    program = program_of("drill", "officer", account_on(office.cast.officer))
    new = {"purpose": "hospitals", "potential": "headquarters"}
    key = json.loads(program.ask("POST", f"/lines/{office.gateways}/donations", new).content)["id"]
    position = {"stance": "supports", "state": "Estonia", "version": 1, "reason": "letter 3"}
    assert program.ask("POST", f"/donations/{key}/positions", position).status_code == 204
    assert program.ask("PUT", f"/donations/{key}/details", new | {"version": 2}).status_code == 204
    assert program.ask("POST", f"/donations/{key}/precedents", {"text": "a", "source": "b", "version": 3}).status_code == 204
    assert program.ask("POST", f"/donations/{key}/decision", {"how": "given", "version": 4, "reason": "because"}).status_code == 204
    whole = json.loads(program.ask("GET", f"/donations/{key}").content)
    assert (whole["donation"]["state"], whole["positions"][0]["state"], len(whole["precedents"])) == ("given", "Estonia", 1)
    assert [one["id"] for one in json.loads(program.ask("GET", "/donations?state=given").content)["items"]] == [key]
