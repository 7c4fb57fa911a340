"""Hand-overs: only a line that is ruled military goes; it is acknowledged, returned or recalled, and a stub stays."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.wings.clearance.actions import Answer, answer_handover, erase_cases, hand_over, move_cases, rule_line
from sild.wings.clearance.reads import handed_over, handover_record, handovers_of, list_handovers, military_lines
from sild.wings.clearance.rules import HANDOVER_MOVES, WITH_THEM, HandoverState
from sild.wings.parties.public import change_mechanism, mechanism_file
from sild.wings.register.public import Channel, line_record, needs
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.clearance.conftest import Office

TODAY = date(2026, 2, 10)
H = HandoverState


def military(office: Office) -> uuid.UUID:
    rule_line(office.cast.officer, office.asked, Channel.MILITARY, reason="an armed force asks")
    return office.asked


def sent(office: Office) -> uuid.UUID:
    return hand_over(office.cast.officer, military(office), due_on=TODAY + timedelta(days=14), reason="by courier, to their registry")


def state_of_need(office: Office) -> str:
    [need] = [one for one in needs(office.cast.officer) if office.asked in one.lines]
    return str(need.state)


def test_what_came_back_goes_again_as_a_new_hand_over_and_nothing_else_follows() -> None:
    assert all(not HANDOVER_MOVES[state] for state in H if state not in WITH_THEM)
    assert all(state not in HANDOVER_MOVES[state] for state in H)


def test_a_military_line_is_handed_over_acknowledged_and_leaves_a_stub(office: Office) -> None:
    handover = sent(office)
    assert state_of_need(office) == "handed-over"
    assert handed_over(office.cast.officer, [office.asked, office.gateways])[office.asked].to == "the military twin"
    answer = Answer(state=H.ACKNOWLEDGED, reference="MT-7")
    answer_handover(office.cast.officer, handover, answer, version=1, reason="their registry wrote")
    seen = handover_record(office.cast.officer, handover)
    assert (seen.row.state, seen.row.reference, seen.row.with_them, seen.row.due_on) == (H.ACKNOWLEDGED, "MT-7", True, None)
    assert [turn.turn for turn in seen.turns] == [H.SENT, H.ACKNOWLEDGED] and seen.following == (H.RETURNED, H.RECALLED)
    with pytest.raises(Refused, match="written down already"):
        answer_handover(office.cast.officer, handover, answer, reason="again")
    with pytest.raises(Stale):
        answer_handover(office.cast.officer, handover, Answer(state=H.RETURNED), version=1, reason="again")


def test_a_line_that_came_back_is_ruled_anew_and_its_need_is_taken_up_again(office: Office) -> None:
    handover = sent(office)
    with pytest.raises(Refused, match="was handed over"):
        rule_line(office.cast.officer, office.asked, Channel.CIVIL, reason="it is a hospital after all")
    with pytest.raises(Refused, match="handed over already"):
        hand_over(office.cast.officer, office.asked, reason="again")
    answer_handover(office.cast.officer, handover, Answer(state=H.RETURNED), reason="not theirs")
    assert handed_over(office.cast.officer) == {} and state_of_need(office) == "handed-over"
    rule_line(office.cast.officer, office.asked, Channel.CIVIL, reason="it is a hospital after all")
    assert state_of_need(office) == "captured"
    military(office)
    again = hand_over(office.cast.officer, office.asked, "their second office", reason="by courier")
    assert [row.id for row in handovers_of(office.cast.officer, [office.asked])] == [again, handover]


def test_only_a_line_ruled_military_goes_and_only_its_officer_sends_it(office: Office) -> None:
    for channel in (None, Channel.CIVIL, Channel.MIXED, Channel.UNDETERMINED):
        if channel is not None:
            rule_line(office.cast.officer, office.asked, channel, reason="read anew")
        with pytest.raises(Refused, match="Rule it first"):
            hand_over(office.cast.officer, office.asked, reason="send it")
    military(office)
    with pytest.raises(NotForRole):
        hand_over(office.cast.donor, office.asked, reason="send it")
    with pytest.raises(Refused, match="few words"):
        hand_over(office.cast.officer, office.asked, reason=" ")
    with pytest.raises(Refused, match="still to come"):
        hand_over(office.cast.officer, office.asked, on=TODAY + timedelta(days=1), reason="send it")
    with pytest.raises(Refused, match="due before"):
        hand_over(office.cast.officer, office.asked, due_on=TODAY - timedelta(days=1), reason="send it")
    spec = mechanism_file(office.cast.officer)
    change_mechanism(office.cast.officer, spec.model_copy(update={"scope": spec.scope.model_copy(update={"handed_over_to": None})}))
    with pytest.raises(Refused, match="Say to whom"):
        hand_over(office.cast.officer, office.asked, reason="send it")


def test_what_was_sent_is_recalled_and_never_undone(office: Office) -> None:
    handover = sent(office)
    act = last_act()
    assert act is not None
    with pytest.raises(Refused):
        undo(office.cast.officer, act, reason="the wrong line")
    answer_handover(office.cast.officer, handover, Answer(state=H.RECALLED), reason="we asked for it back")
    assert handed_over(office.cast.officer) == {}


def test_an_answer_has_its_day_which_is_not_before_it_was_sent(office: Office) -> None:
    handover = hand_over(office.cast.officer, military(office), on=date(2026, 2, 5), reason="by courier")
    with pytest.raises(Refused, match="nothing is put before"):
        answer_handover(office.cast.officer, handover, Answer(state=H.ACKNOWLEDGED, on=date(2026, 2, 4)), reason="they wrote")
    answer_handover(office.cast.officer, handover, Answer(state=H.ACKNOWLEDGED, on=date(2026, 2, 6)), reason="they wrote")
    assert handover_record(office.cast.officer, handover).row.since == date(2026, 2, 6)


def test_military_lines_wait_to_go_and_what_is_not_acknowledged_in_time_is_overdue(office: Office) -> None:
    military(office)
    assert [line.id for line in military_lines(office.cast.officer)] == [office.asked] and military_lines(office.cast.donor) == []
    handover = sent(office)
    assert military_lines(office.cast.officer) == [] and list_handovers(office.cast.officer, overdue=True) == ([], None)
    spec = mechanism_file(office.cast.officer)
    change_mechanism(office.cast.officer, spec.model_copy(update={"today": TODAY + timedelta(days=15)}))
    assert [row.id for row in list_handovers(office.cast.officer, overdue=True)[0]] == [handover]
    assert "Hand-overs without an answer" in signed_in(office.cast.officer).get(reverse("web.waiting")).content.decode()


def test_the_stub_is_shown_to_nobody_by_rule_but_to_who_keeps_the_line(office: Office) -> None:
    handover = sent(office)
    for actor in (office.liaison, office.cast.donor, office.cast.asker, office.cast.outsider):
        assert list_handovers(actor) == ([], None), actor.name
        with pytest.raises(NotThere):
            handover_record(actor, handover)
    room, inside = uuid.uuid4(), uuid.uuid4()
    move_cases(replace(office.cast.officer, compartments=frozenset({room})), {office.asked: inside}, room)
    assert list_handovers(office.cast.officer) == ([], None)
    assert handed_over(replace(office.cast.officer, compartments=frozenset({room})), [inside])


def test_erased_words_leave_the_stub_and_its_days_stay(office: Office) -> None:
    handover = sent(office)
    assert handover in erase_cases(office.cast.officer, [office.asked], reason="asked to")
    seen = handover_record(office.cast.officer, handover)
    assert (seen.row.item, seen.turns[0].words, seen.turns[0].on) == ("", "", TODAY)


def test_the_pages_rule_hand_over_and_write_down_the_answer(office: Office) -> None:
    officer = signed_in(office.cast.officer)
    line = reverse("clearance.line_handover", args=[office.asked])
    assert "It was not handed over" in officer.get(line).content.decode()
    version = line_record(office.cast.officer, office.asked)[0].version
    ruling = {"channel": "military", "reason": "an armed force asks", "version": version}
    assert officer.post(reverse("clearance.rule_line", args=[office.asked]), ruling | {"channel": "odd"}).status_code == 409
    assert officer.post(reverse("clearance.rule_line", args=[office.asked]), ruling).status_code == 302
    assert "the military twin" in officer.get(line).content.decode()
    assert "Military lines that are still here" in officer.get(reverse("clearance.handovers")).content.decode()
    where = officer.post(reverse("clearance.hand_over", args=[office.asked]), {"reason": "by courier"}).headers["Location"]
    key = uuid.UUID(where.split("/")[2])
    back = {"state": "returned", "reason": "not theirs", "version": 1}
    assert officer.post(reverse("clearance.answer_handover", args=[key]), back | {"state": "sent"}).status_code == 409
    assert "It was handed over to the military twin" in officer.get(reverse("register.line", args=[office.asked])).content.decode()
    assert officer.post(reverse("clearance.answer_handover", args=[key]), back).status_code == 302
    assert "It is here again" in officer.get(where).content.decode()
    assert officer.post(reverse("clearance.handover_note", args=[key]), {"text": "ours alone"}).status_code == 302
    assert signed_in(office.cast.donor).get(where).status_code == 404


def test_a_program_hands_over_and_writes_down_the_answer(office: Office) -> None:
    military(office)
    program = program_of("drill", "officer", account_on(office.cast.officer))
    key = json.loads(program.ask("POST", f"/lines/{office.asked}/handovers", {"reason": "by courier"}).content)["id"]
    answer = {"state": "acknowledged", "reference": "MT-7", "version": 1, "reason": "they wrote"}
    assert program.ask("POST", f"/handovers/{key}/answers", answer).status_code == 204
    assert json.loads(program.ask("GET", f"/handovers/{key}").content)["following"] == ["returned", "recalled"]
    assert [one["id"] for one in json.loads(program.ask("GET", "/handovers?state=acknowledged").content)["items"]] == [key]
