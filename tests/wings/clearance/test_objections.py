"""Objections: who raises, who answers, how they end, what stays with the line, and what they stop."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.actor import Actor, acting
from sild.kernel.closing import raise_marking
from sild.kernel.grants import recall_release, release_to
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.clearance.actions import (
    Closing,
    Move,
    Raised,
    begin_silence,
    close_objection,
    erase_cases,
    move_case,
    move_cases,
    object_in_case,
    open_case,
    raise_objection,
    redact_cases,
    reopen_objection,
    reply_to_objection,
)
from sild.wings.clearance.models import Objection
from sild.wings.clearance.reads import (
    ObjectionFilter,
    beside_lines_naming,
    line_conditions,
    list_objections,
    objection_record,
    objections_waiting,
    open_objections,
)
from sild.wings.clearance.rules import CaseState, Ground, ObjectionState, Severity, grounds, silence_is_over, stops
from sild.wings.parties.public import change_mechanism, mechanism_file
from sild.wings.planning.public import make_plan
from sild.wings.register.public import accept_line, mend_line, offers
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.clearance.conftest import Office

TODAY = date(2026, 2, 10)
S = ObjectionState
BLOCKING = Raised(ground=Ground.SHARED_PLATFORM, severity=Severity.BLOCKING, asks="a tenant of its own", raised_by="Latvia")


def raised(office: Office, told: Raised = BLOCKING, line: uuid.UUID | None = None) -> uuid.UUID:
    return raise_objection(office.cast.officer, line or office.gateways, told, reason="our ministry stands on that platform")


def on_day(office: Office, day: date) -> None:
    """Let the drill's day be another."""
    change_mechanism(office.cast.officer, mechanism_file(office.cast.officer).model_copy(update={"today": day}))


def test_every_ground_has_words_and_a_source_and_no_other_is_known() -> None:
    assert [entry.code for entry in grounds()] == list(Ground)
    assert all(entry.says and entry.source for entry in grounds())
    assert sum("2021/821" in entry.source for entry in grounds()) == 5


@pytest.mark.parametrize(
    ("until", "over"), [(None, False), (TODAY, False), (TODAY - timedelta(days=1), True), (TODAY + timedelta(days=1), False)]
)
def test_the_day_of_a_silence_procedure_counts_whole(until: date | None, over: bool) -> None:
    assert silence_is_over(until, TODAY) is over


def test_only_an_open_blocking_objection_stops_a_plan() -> None:
    stopping = [(state, severity) for state in S for severity in Severity if stops(state, severity)]
    assert stopping == [(S.OPEN, Severity.BLOCKING)]


def test_an_objection_is_raised_answered_and_ends_under_conditions_that_stay_with_the_line(office: Office) -> None:
    objection = raised(office)
    reply_to_objection(office.cast.donor, objection, reason="we can give it a tenant of its own")
    ended = Closing(how=S.MITIGATED, conditions=["a tenant of its own", " "])
    close_objection(office.cast.officer, objection, ended, version=2, reason="Latvia agrees, letter 4")
    seen = objection_record(office.cast.donor, objection)
    assert (seen.row.state, seen.row.raised_by, seen.row.conditions) == (S.MITIGATED, "Latvia", ("a tenant of its own",))
    assert [(turn.turn, turn.office) for turn in seen.turns] == [
        ("raised", "The desk"),
        ("replied", "Estonia's donor desk"),
        ("closed", "The desk"),
    ]
    [condition] = line_conditions(office.cast.officer, [office.gateways, office.laptops])[office.gateways]
    assert (condition.text, condition.source, condition.record, condition.by) == ("a tenant of its own", "objection", objection, "Latvia")
    reopen_objection(office.cast.officer, objection, reason="the tenant is shared after all")
    assert line_conditions(office.cast.officer, [office.gateways]) == {}
    assert objection_record(office.cast.officer, objection).turns[2].conditions == ("a tenant of its own",), "its history keeps them"
    assert set(open_objections(office.cast.run, [office.gateways])) == {office.gateways}


def test_conditions_of_a_licence_and_of_an_objection_stand_together(office: Office) -> None:
    case = open_case(office.cast.officer, office.gateways, "EE", "SGC", reason="offered")
    for state in (CaseState.CANDIDATE, CaseState.LICENCE_REQUIRED, CaseState.APPLIED):
        move_case(office.liaison, case, Move(state=state), reason="they said so")
    move_case(office.liaison, case, Move(state=CaseState.GRANTED, conditions=["civil use"]), reason="letter")
    close_objection(office.cast.officer, raised(office), Closing(how=S.MITIGATED, conditions=["own tenant"]), reason="agreed")
    told = line_conditions(office.liaison, [office.gateways])[office.gateways]
    assert [(one.text, one.source, one.by) for one in told] == [("civil use", "licence", "SGC"), ("own tenant", "objection", "Latvia")]


def test_who_is_not_the_officer_objects_in_the_name_of_their_own_organisation(office: Office) -> None:
    case = open_case(office.cast.officer, office.gateways, "EE", reason="offered")
    theirs = object_in_case(office.cast.donor, case, BLOCKING, reason="we do not want it there")
    assert objection_record(office.cast.officer, theirs).row.raised_by == "Estonia's donor desk"
    written = object_in_case(office.liaison, case, BLOCKING, reason="they rang")
    assert objection_record(office.liaison, written).row.raised_by == "Latvia"
    with pytest.raises(NotThere):
        raise_objection(office.cast.other_donor, office.gateways, BLOCKING, reason="the line is not shown to me")
    with pytest.raises(NotForRole):
        object_in_case(office.cast.seller, case, BLOCKING, reason="a rival's")
    with pytest.raises(Refused, match="few words"):
        object_in_case(office.cast.donor, case, BLOCKING, reason=" ")


def test_only_who_raised_it_or_the_officer_who_keeps_the_line_ends_it_and_the_officer_alone_overrules(office: Office) -> None:
    case = open_case(office.cast.officer, office.gateways, "EE", reason="offered")
    theirs = object_in_case(office.cast.donor, case, BLOCKING, reason="no")
    with pytest.raises(Refused, match="closes it"):
        close_objection(office.liaison, theirs, Closing(how=S.LIFTED), reason="it is nothing")
    with pytest.raises(Refused, match="Only the officer"):
        close_objection(office.cast.donor, theirs, Closing(how=S.OVERRULED, decided_by="us"), reason="because")
    with pytest.raises(Refused, match="Name who decided"):
        close_objection(office.cast.officer, theirs, Closing(how=S.OVERRULED), reason="because")
    assert objection_record(office.cast.donor, theirs).endings == (S.LIFTED, S.MITIGATED)
    assert objection_record(office.liaison, theirs).endings == ()
    overruling = Closing(how=S.OVERRULED, decided_by="the coordination group, 9 Feb", conditions=["a review in May"])
    close_objection(office.cast.officer, theirs, overruling, reason="the need is greater")
    seen = objection_record(office.cast.donor, theirs)
    assert (seen.row.state, seen.row.decided_by) == (S.OVERRULED, "the coordination group, 9 Feb")
    own = raised(office, replace(BLOCKING, raised_by=""))
    with pytest.raises(Refused, match="Nobody overrules themselves"):
        close_objection(office.cast.officer, own, overruling, reason="we think again")


@pytest.mark.parametrize(
    ("closing", "words"),
    [
        (Closing(how=S.MITIGATED, conditions=[" "]), "under which conditions"),
        (Closing(how=S.LIFTED, conditions=["one"]), "leaves no conditions"),
        (Closing(how=S.LIFTED, decided_by="somebody"), "Only who overrules"),
        (Closing(how=S.MITIGATED, conditions=["x" * 501]), "At most"),
        (Closing(how=S.MITIGATED, conditions=[str(n) for n in range(31)]), "At most"),
    ],
)
def test_an_end_that_does_not_fit_is_refused_and_leaves_it_open(office: Office, closing: Closing, words: str) -> None:
    objection = raised(office)
    with pytest.raises(Refused, match=words):
        close_objection(office.cast.officer, objection, closing, reason="because")
    assert objection_record(office.cast.officer, objection).row.state == S.OPEN


def test_a_silence_procedure_waits_for_its_day_and_a_person_closes_it(office: Office) -> None:
    objection = raised(office)
    with pytest.raises(Refused, match="still to come"):
        begin_silence(office.cast.officer, objection, TODAY, reason="it goes on")
    with pytest.raises(Refused, match="still to come"):
        begin_silence(office.cast.officer, objection, TODAY + timedelta(days=91), reason="it goes on")
    with pytest.raises(NotForRole):
        begin_silence(office.cast.donor, objection, TODAY + timedelta(days=3), reason="it goes on")
    begin_silence(office.cast.officer, objection, TODAY + timedelta(days=3), reason="it goes on with a tenant of its own")
    assert [row.id for row in objections_waiting(office.cast.donor, most=5)] == [objection]
    ended = Closing(how=S.MITIGATED, conditions=["own tenant"])
    with pytest.raises(Refused, match="runs until 2026-02-13"):
        close_objection(office.cast.officer, objection, ended, reason="nobody will speak")
    on_day(office, TODAY + timedelta(days=4))
    [waiting] = objections_waiting(office.cast.officer, most=5)
    assert waiting.silence_over and waiting.state == S.OPEN, "nothing ends by itself"
    assert objections_waiting(office.cast.donor, most=5) == []
    with pytest.raises(Refused, match="ended on"):
        reply_to_objection(office.cast.donor, objection, breaks_silence=True, reason="too late")
    close_objection(office.cast.officer, objection, ended, reason="nobody spoke")
    assert objections_waiting(office.cast.officer, most=5) == []


def test_whoever_sees_an_objection_may_break_its_silence(office: Office) -> None:
    objection = raised(office)
    with pytest.raises(Refused, match="none to break"):
        reply_to_objection(office.cast.donor, objection, breaks_silence=True, reason="no")
    begin_silence(office.cast.officer, objection, TODAY + timedelta(days=3), reason="it goes on")
    reply_to_objection(office.cast.donor, objection, reason="a question first")
    assert objection_record(office.cast.officer, objection).row.silence_until is not None, "a question breaks nothing"
    reply_to_objection(office.cast.donor, objection, breaks_silence=True, reason="we do not agree")
    seen = objection_record(office.cast.officer, objection)
    assert (seen.row.silence_until, seen.turns[-1].turn) == (None, "silence-broken")


def test_an_objection_of_ones_own_may_be_lifted_while_others_still_may_speak(office: Office) -> None:
    case = open_case(office.cast.officer, office.gateways, "EE", reason="offered")
    theirs = object_in_case(office.cast.donor, case, BLOCKING, reason="no")
    begin_silence(office.cast.officer, theirs, TODAY + timedelta(days=3), reason="it goes on")
    close_objection(office.cast.donor, theirs, Closing(how=S.LIFTED), reason="we thought again")
    with pytest.raises(Refused, match="Open it again"):
        close_objection(office.cast.donor, theirs, Closing(how=S.LIFTED), reason="once more")
    with pytest.raises(Refused, match="The objection is open"):
        reopen_objection(office.cast.officer, raised(office), reason="it is open")


def test_nobody_writes_over_what_somebody_else_wrote(office: Office) -> None:
    objection = raised(office)
    reply_to_objection(office.cast.donor, objection, version=1, reason="first")
    with pytest.raises(Stale):
        reply_to_objection(office.liaison, objection, version=1, reason="second")


def test_an_end_is_taken_back_by_undo(office: Office) -> None:
    objection = raised(office)
    close_objection(office.cast.officer, objection, Closing(how=S.LIFTED), reason="the wrong one")
    act = last_act()
    assert act is not None
    undo(office.cast.officer, act, reason="the wrong one")
    assert objection_record(office.cast.officer, objection).row.state == S.OPEN


def test_an_objection_goes_by_rule_to_who_gives_and_to_the_back_office_and_follows_its_line(office: Office) -> None:
    objection = raised(office)

    def sees(actor: Actor) -> bool:
        return bool(list_objections(actor, ObjectionFilter(line=office.gateways))[0])

    assert [sees(actor) for actor in (office.cast.officer, office.liaison, office.cast.donor)] == [True] * 3
    assert not any(sees(actor) for actor in (office.cast.other_donor, office.cast.seller, office.cast.asker, office.cast.outsider))
    mend_line(office.cast.officer, office.gateways, None, {"provider": "Latvia", "quantity": "25"}, reason="read wrongly")
    assert [sees(actor) for actor in (office.cast.donor, office.cast.other_donor)] == [False, True]
    release_to(office.cast.officer, "clearance.Objection", objection, [office.cast.donor.organisation], reason="they asked")
    assert sees(office.cast.donor)
    recall_release(office.cast.officer, "clearance.Objection", objection, [office.cast.donor.organisation], reason="no more")
    assert not sees(office.cast.donor)
    raise_marking(office.cast.officer, "register.Line", office.gateways, Marking.RED, reason="told to us alone")
    assert [sees(actor) for actor in (office.cast.officer, office.liaison)] == [True, False]


def test_an_objection_of_another_organisation_follows_the_line_too(office: Office) -> None:
    case = open_case(office.cast.officer, office.gateways, "EE", reason="offered")
    theirs = object_in_case(office.cast.donor, case, BLOCKING, reason="no")
    mend_line(office.cast.officer, office.gateways, None, {"item": "VPN gateways, small", "provider": "Latvia"}, reason="read wrongly")
    assert objection_record(office.cast.donor, theirs).row.item == "VPN gateways, small"
    assert objection_record(office.cast.other_donor, theirs).row.provider == "Latvia"


def test_a_blocking_objection_to_an_offer_keeps_it_out_of_the_plan_until_it_ends(office: Office) -> None:
    for line in (office.asked, office.gateways):
        accept_line(office.cast.officer, line, reason="read rightly")
    assert make_plan(office.cast.run, TODAY).answer["matches"]
    objection = raised(office)
    second = make_plan(office.cast.run, TODAY)
    assert (second.fresh, second.answer["matches"]) == (True, [])
    assert "Latvia (objection)" in json.dumps(second.answer, ensure_ascii=False)
    close_objection(office.cast.officer, objection, Closing(how=S.MITIGATED, conditions=["own tenant"]), reason="agreed")
    raised(office, replace(BLOCKING, severity=Severity.CONDITIONAL))
    assert make_plan(office.cast.run, TODAY).answer["matches"], "what only asks for conditions stops nothing"


def test_a_blocking_objection_to_a_need_leaves_it_out_with_who_objects(office: Office) -> None:
    for line in (office.asked, office.gateways):
        accept_line(office.cast.officer, line, reason="read rightly")
    raised(office, line=office.asked)
    made = make_plan(office.cast.run, TODAY)
    assert made.answer["matches"] == []
    told = json.dumps(made.answer, ensure_ascii=False)
    assert "objection" in told and "Latvia" in told


def test_objections_go_into_the_compartment_with_their_line_whoever_raised_them(office: Office) -> None:
    case, room, inside = open_case(office.cast.officer, office.gateways, "EE", reason="offered"), uuid.uuid4(), uuid.uuid4()
    theirs, ours = object_in_case(office.cast.donor, case, BLOCKING, reason="no"), raised(office)
    move_cases(replace(office.cast.officer, compartments=frozenset({room})), {office.gateways: inside}, room)
    for actor in (office.cast.officer, office.liaison, office.cast.donor):
        assert list_objections(actor, ObjectionFilter()) == ([], None)
    for actor, objection in ((office.cast.officer, ours), (office.cast.donor, theirs)):
        with acting(replace(actor, compartments=frozenset({room}))):
            assert Objection.objects.get(id=objection).line_id == inside


def test_erased_words_leave_objections_and_what_is_held_on_a_person_names_them(office: Office) -> None:
    objection = raise_objection(office.cast.officer, office.gateways, BLOCKING, reason="Maria Tamm rang")
    assert beside_lines_naming(office.cast.officer, ["maria tamm"])[0]["turns"][0]["words"] == "Maria Tamm rang"
    assert beside_lines_naming(office.cast.officer, []) == beside_lines_naming(office.cast.donor, ["maria tamm"]) == []
    assert objection in redact_cases(office.cast.officer, re.compile("Maria Tamm"), reason="asked to")
    assert "Maria" not in objection_record(office.cast.officer, objection).turns[0].words
    assert objection in erase_cases(office.cast.officer, [office.gateways], reason="asked to")
    seen = objection_record(office.cast.officer, objection)
    assert (seen.row.item, seen.row.asks, seen.turns[0].words, seen.turns[0].turn) == ("", "", "", "raised")


def test_the_pages_raise_answer_and_end_an_objection_and_the_line_shows_its_conditions(office: Office) -> None:
    officer = signed_in(office.cast.officer)
    page = officer.get(reverse("clearance.line_objections", args=[office.gateways])).content.decode()
    assert "Nobody has objected to it" in page and "a shared platform would be exposed" in page
    form = {"ground": "shared-platform", "severity": "blocking", "reason": "no", "asks": "own tenant", "raised_by": "Latvia"}
    assert officer.post(reverse("clearance.object", args=[office.gateways]), form | {"ground": "whim"}).status_code == 409
    where = officer.post(reverse("clearance.object", args=[office.gateways]), form).headers["Location"]
    objection = uuid.UUID(where.split("/")[2])
    donor = signed_in(office.cast.donor)
    assert "Latvia" in donor.get(where).content.decode()
    assert donor.post(reverse("clearance.reply", args=[objection]), {"reason": "we can", "version": 1}).status_code == 302
    late = {"until": (TODAY + timedelta(days=2)).isoformat(), "reason": "it goes on", "version": 2}
    assert officer.post(reverse("clearance.silence", args=[objection]), late | {"until": ""}).status_code == 409
    assert officer.post(reverse("clearance.silence", args=[objection]), late).status_code == 302
    assert "Objection" in signed_in(office.cast.donor).get(reverse("web.waiting")).content.decode()
    on_day(office, TODAY + timedelta(days=5))
    assert "Nothing follows by itself" in officer.get(where).content.decode()
    ending = {"how": "mitigated", "conditions": "own tenant\n", "reason": "nobody spoke", "version": 3}
    assert officer.post(reverse("clearance.close_objection", args=[objection]), ending).status_code == 302
    offer = next(one.id for one in offers(office.cast.officer) if office.gateways in one.lines)
    for name, key in (("register.line", office.gateways), ("register.offer", offer)):
        assert "own tenant" in officer.get(reverse(name, args=[key])).content.decode()
    assert officer.post(reverse("clearance.reopen_objection", args=[objection]), {"reason": "again", "version": 4}).status_code == 302
    assert officer.post(reverse("clearance.objection_note", args=[objection]), {"text": "ours alone"}).status_code == 302
    assert "ours alone" in officer.get(where).content.decode() and "ours alone" not in donor.get(where).content.decode()
    assert "Latvia" in officer.get(reverse("clearance.objections"), {"state": "open"}).content.decode()
    assert "Nothing fits" in officer.get(reverse("clearance.objections"), {"state": "lifted"}).content.decode()
    assert signed_in(office.cast.seller).get(where).status_code == 404


def test_a_program_raises_and_ends_an_objection(office: Office) -> None:
    program = program_of("drill", "officer", account_on(office.cast.officer))
    new = {"ground": "diversion", "severity": "conditional", "reason": "where does it go?", "raised_by": "Latvia"}
    made = json.loads(program.ask("POST", f"/lines/{office.gateways}/objections", new).content)["id"]
    [listed] = json.loads(program.ask("GET", f"/objections?state=open&line={office.gateways}").content)["items"]
    assert (listed["id"], listed["stops"]) == (made, False)
    end = {"how": "mitigated", "conditions": ["a seal"], "version": 1, "reason": "agreed"}
    assert program.ask("POST", f"/objections/{made}/closing", end).status_code == 204
    assert json.loads(program.ask("GET", f"/lines/{office.gateways}/conditions").content)["items"][0]["text"] == "a seal"
    assert json.loads(program.ask("GET", f"/objections/{made}").content)["turns"][-1]["turn"] == "closed"
    assert len(json.loads(program.ask("GET", "/objection-grounds").content)["items"]) == len(Ground)
