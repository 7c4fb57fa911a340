"""The desk through the API: what is read, ruled, mended, taken back; what is done once; what a stale change is told."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sild.kernel import house
from sild.kernel.actor import acting
from sild.kernel.home import Home
from sild.kernel.ledger.sequencer import book_of
from sild.wings.intake.models import Message
from tests.api.programs import Program
from tests.cast import Cast

Programs = dict[str, Program]
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def desk(programs: Programs, filled: None) -> Programs:
    """The programs, on a desk that holds a few messages and a plan."""
    return programs


def first(program: Program, path: str) -> dict[str, object]:
    answer = program.ask("GET", path)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"][0]


def test_a_message_is_read_beside_its_lines(desk: Programs) -> None:
    listed = desk["officer"].ask("GET", "/messages?text=laptops").json()["items"]
    opened = desk["officer"].ask("GET", f"/messages/{listed[0]['id']}").json()
    [line] = opened["lines"]
    quantity = next(field for field in line["fields"] if field["name"] == "quantity")
    span = quantity["spans"][0]
    [block] = [part["blocks"][span["block"]] for part in opened["parts"] if part["name"] == span["part"]]
    assert block["text"][span["start"] : span["end"]] == span["text"]
    assert quantity["value"] in ("40", "25")


def test_a_line_is_accepted_and_the_acceptance_taken_back(desk: Programs) -> None:
    line = first(desk["officer"], "/lines?state=draft")
    done = desk["officer"].ask("POST", f"/lines/{line['id']}/accept", {"version": line["version"]})
    assert done.status_code == 204, done.content
    assert done.content == b""
    whole = desk["officer"].ask("GET", f"/lines/{line['id']}").json()["line"]
    assert whole["state"] == "accepted"
    undone = desk["officer"].ask("POST", f"/acts/{done.headers['Sild-Act']}/undo", {"reason": "too early"})
    assert undone.status_code == 200
    assert desk["officer"].ask("GET", f"/lines/{line['id']}").json()["line"]["state"] == "draft"


def test_a_change_of_what_somebody_else_changed_is_refused_with_both_texts(desk: Programs) -> None:
    line = first(desk["officer"], "/lines")
    mending = {"version": line["version"], "fields": {"item": "rugged laptops"}}
    assert desk["officer"].ask("PATCH", f"/lines/{line['id']}", mending).json() == {"changed": ["item"]}
    late = desk["officer"].ask("PATCH", f"/lines/{line['id']}", {"version": line["version"], "fields": {"item": "laptop"}})
    assert late.status_code == 409
    told = late.json()
    assert told["type"].endswith("#stale")
    assert told["mine"] == {"item": "laptop"}
    assert told["theirs"]["item"] == "rugged laptops"
    assert told["version"] > line["version"]
    again = desk["officer"].ask("PATCH", f"/lines/{line['id']}", {"version": told["version"], "fields": {"item": "laptop"}})
    assert again.status_code == 200
    assert not {"owner_id", "mechanism_id", "releasable_to"} & set(told["theirs"])


def test_a_field_left_out_stays_and_null_empties_it(desk: Programs) -> None:
    line = next(one for one in desk["officer"].ask("GET", "/lines").json()["items"] if one["quantity"] == "40")
    path = f"/lines/{line['id']}"
    desk["officer"].ask("PATCH", path, {"version": line["version"], "fields": {"unit": "piece"}})
    kept = desk["officer"].ask("GET", path).json()["line"]
    assert (kept["quantity"], kept["unit"]) == ("40", "piece")
    desk["officer"].ask("PATCH", path, {"version": kept["version"], "fields": {"quantity": None}})
    assert desk["officer"].ask("GET", path).json()["line"]["quantity"] is None


def test_a_line_is_split(desk: Programs) -> None:
    line = next(one for one in desk["officer"].ask("GET", "/lines").json()["items"] if one["quantity"] == "6")
    parts = [{"item": "small generators", "quantity": "4"}, {"item": "large generators", "quantity": "2"}]
    split = desk["officer"].ask("POST", f"/lines/{line['id']}/split", {"version": line["version"], "parts": parts})
    assert split.status_code == 200, split.content
    assert len(split.json()["lines"]) == 2
    lost = desk["officer"].ask("POST", f"/lines/{split.json()['lines'][0]}/split", {"version": 1, "parts": parts})
    assert lost.status_code == 409


def test_a_request_with_a_key_is_done_once_and_answered_byte_for_byte(desk: Programs) -> None:
    need = first(desk["officer"], "/needs")
    note = {"text": "Asked the council for the delivery address."}
    once = desk["officer"].ask("POST", f"/needs/{need['id']}/notes", note, Idempotency_Key="note-1")
    again = desk["officer"].ask("POST", f"/needs/{need['id']}/notes", note, Idempotency_Key="note-1")
    assert once.status_code == again.status_code == 201
    assert once.content == again.content
    assert dict(once.headers) == dict(again.headers)
    notes = desk["officer"].ask("GET", f"/needs/{need['id']}").json()["beside"]["notes"]
    assert [one["text"] for one in notes] == [note["text"]]


def test_a_key_belongs_to_one_request_of_one_seat(desk: Programs) -> None:
    need = first(desk["officer"], "/needs")
    path = f"/needs/{need['id']}/notes"
    desk["officer"].ask("POST", path, {"text": "one"}, Idempotency_Key="k")
    other = desk["officer"].ask("POST", path, {"text": "two"}, Idempotency_Key="k")
    assert other.status_code == 422
    assert other.json()["type"].endswith("#key-taken")
    visible = desk["technical"].ask("GET", f"/needs/{need['id']}")
    assert visible.status_code == 200
    assert desk["technical"].ask("POST", path, {"text": "two"}, Idempotency_Key="k").status_code == 201


def test_a_refused_request_leaves_its_key_free(desk: Programs) -> None:
    need = first(desk["officer"], "/needs")
    path = f"/needs/{need['id']}/next-step"
    wrong = desk["officer"].ask("POST", path, {"text": "", "on": "2026-03-01", "version": 0}, Idempotency_Key="k")
    assert wrong.status_code == 409
    right = desk["officer"].ask("POST", path, {"text": "call", "on": "2026-03-01", "version": 0}, Idempotency_Key="k")
    assert right.status_code == 204
    handling = desk["officer"].ask("GET", f"/needs/{need['id']}").json()["beside"]["handling"]
    assert (handling["next_step"], handling["next_step_on"]) == ("call", "2026-03-01")


def test_an_answer_with_a_secret_takes_no_key(desk: Programs) -> None:
    seat = next(one for one in desk["officer"].ask("GET", "/seats").json()["items"] if not one["taken"])
    path, whom = f"/seats/{seat['id']}/invite", {"email": "somebody@drill.example"}
    assert desk["officer"].ask("POST", path, whom, Idempotency_Key="k").status_code == 400
    made = desk["officer"].ask("POST", path, whom)
    assert made.status_code == 201
    assert made.json()["secret"] in made.json()["path"]


def test_a_need_passes_its_gates(desk: Programs) -> None:
    need = first(desk["technical"], "/needs?at_my_gate=true")
    path = f"/needs/{need['id']}/rulings"
    ruling = {"gate": "technical-review", "passed": True, "version": need["version"], "reason": "feasible"}
    assert desk["interagency"].ask("POST", path, ruling).status_code == 409
    assert desk["technical"].ask("POST", path, ruling).status_code == 204
    later = desk["interagency"].ask("GET", f"/needs/{need['id']}").json()
    ruling |= {"gate": "interagency-review", "version": later["version"]}
    assert desk["interagency"].ask("POST", path, ruling).status_code == 204
    endorsed = desk["officer"].ask("GET", f"/needs/{need['id']}").json()
    assert endorsed["state"] == "endorsed"
    assert [gate["ruling"]["passed"] for gate in endorsed["gates"]] == [True, True]


def test_a_marking_is_raised_by_one_and_lowered_by_two(desk: Programs) -> None:
    offer = first(desk["officer"], "/offers")
    path = f"/offers/{offer['id']}"
    raised = desk["officer"].ask("POST", f"{path}/marking", {"marking": "TLP:RED", "version": offer["version"], "reason": "a tender"})
    assert raised.status_code == 204, raised.content
    access = desk["officer"].ask("GET", f"{path}/access").json()
    assert (access["marking"], access["mine"], access["released"]) == ("TLP:RED", True, [])
    proposed = desk["officer"].ask("POST", f"{path}/lowerings", {"marking": "TLP:AMBER", "reason": "the tender is over"})
    assert proposed.status_code == 201, proposed.content
    alone = desk["officer"].ask("POST", f"/lowerings/{proposed.json()['id']}/confirm", {})
    assert alone.status_code == 409
    assert desk["officer"].ask("GET", "/lowerings").json()["items"] == []
    assert [one["id"] for one in desk["deputy"].ask("GET", "/lowerings").json()["items"]] == [proposed.json()["id"]]
    assert desk["deputy"].ask("POST", f"/lowerings/{proposed.json()['id']}/confirm", {}).json()["records"] >= 1
    assert desk["officer"].ask("GET", f"{path}/access").json()["marking"] == "TLP:AMBER"


def test_the_plan_is_told_need_by_need(desk: Programs) -> None:
    plan = desk["officer"].ask("GET", "/plan").json()
    assert sum(plan["counts"].values()) == len(desk["officer"].ask("GET", "/plan/needs").json()["items"])
    rows, following = [], "/api/v1/plan/needs?limit=1"
    while following:
        page = desk["officer"].ask("GET", following).json()
        rows += page["items"]
        following = page["next"]
    assert rows == desk["officer"].ask("GET", "/plan/needs").json()["items"]
    assert any(row["given"] or row["blockers"] for row in rows)


def test_lines_of_a_message_are_accepted_all_or_none(desk: Programs) -> None:
    lines = desk["officer"].ask("GET", "/lines?state=draft").json()["items"]
    mine, other = (next(line for line in lines if line["message_name"] == name) for name in ("laptops.eml", "generators.eml"))
    path = f"/messages/{mine['message_id']}/accept"
    mixed = {"lines": [{"id": one["id"], "version": one["version"]} for one in (mine, other)]}
    assert desk["officer"].ask("POST", path, mixed).status_code == 404
    assert desk["officer"].ask("GET", f"/lines/{mine['id']}").json()["line"]["state"] == "draft"
    accepted = desk["officer"].ask("POST", path, {"lines": mixed["lines"][:1]})
    assert accepted.json() == {"lines": 1}


def test_what_moved_into_a_compartment_is_not_there_outside(desk: Programs) -> None:
    officer = desk["officer"]
    me = officer.ask("GET", "/me").json()
    made = officer.ask("POST", "/compartments", {"name": "Tender", "members": [me["seat"]], "reason": "a tender"})
    assert made.status_code == 201, made.content
    assert [room["name"] for room in officer.ask("GET", "/compartments").json()["items"]] == ["Tender"]
    assert desk["auditor"].ask("GET", "/compartments").status_code == 403
    place = f"/compartments/{made.json()['id']}"
    room = officer.ask("GET", place).json()
    assert ([seat["id"] for seat in room["members"]], room["holds"]) == ([me["seat"]], [])
    deputy = next(seat["id"] for seat in room["others"] if "deputy" in seat["name"])
    assert desk["auditor"].ask("GET", place).status_code == 403
    assert desk["donor"].ask("GET", place).content == desk["donor"].ask("GET", f"/compartments/{deputy}").content
    letting_in = {"members": [me["seat"], deputy], "reason": "she knows the site", "version": room["version"]}
    assert officer.ask("POST", f"{place}/members", letting_in).status_code == 204
    assert officer.ask("POST", f"{place}/members", letting_in).json()["type"].endswith("stale")
    message = first(officer, "/messages?text=generators")
    body = {"compartment": made.json()["id"], "reason": "it names the site"}
    moved = officer.ask("POST", f"/messages/{message['id']}/compartment", body)
    assert moved.status_code == 200, moved.content
    assert {"model": "intake.Message", "records": 1} in officer.ask("GET", place).json()["holds"]
    inside = f"/messages/{moved.json()['message']}"
    assert officer.ask("GET", inside).status_code == 200
    outside = desk["auditor"].ask("GET", inside)
    assert outside.status_code == 404
    assert outside.content == desk["auditor"].ask("GET", f"/messages/{message['id']}").content


def test_who_gives_may_not_see_what_was_not_released_to_them(desk: Programs) -> None:
    message = first(desk["officer"], "/messages")
    assert desk["donor"].ask("GET", "/messages").json() == {"items": [], "next": None}
    theirs = desk["donor"].ask("GET", f"/messages/{message['id']}")
    nowhere = desk["donor"].ask("GET", "/messages/00000000-0000-4000-8000-000000000000")
    assert theirs.status_code == nowhere.status_code == 404
    assert theirs.content == nowhere.content
    assert desk["outsider"].ask("GET", "/needs").json() == {"items": [], "next": None}


@pytest.mark.parametrize("path", ["/needs", "/offers", "/lines", "/messages", "/parties", "/acts", "/seats"])
def test_a_list_asks_the_database_no_more_for_more_rows(desk: Programs, path: str) -> None:
    with CaptureQueriesContext(connection) as one:
        short = desk["officer"].ask("GET", f"{path}?limit=1").json()
    with CaptureQueriesContext(connection) as many:
        long = desk["officer"].ask("GET", f"{path}?limit=200").json()
    assert len(long["items"]) >= len(short["items"]) == 1
    assert len(many) <= len(one) + 1


def test_what_waits_is_told_by_kind_and_more_is_said_to_be_there(desk: Programs) -> None:
    waits = {one["kind"]: one for one in desk["officer"].ask("GET", "/waiting?most=1").json()["items"]}
    assert len(waits["messages"]["items"]) == 1
    assert waits["messages"]["more"]
    item = waits["messages"]["items"][0]
    assert desk["officer"].ask("GET", f"/messages/{item['id']}").json()["id"] == item["id"]
    assert "messages" not in {one["kind"] for one in desk["donor"].ask("GET", "/waiting").json()["items"]}
    assert desk["officer"].ask("GET", "/waiting?most=0").status_code == 422


def test_the_original_of_a_message_comes_byte_for_byte_to_who_sees_the_message(desk: Programs, cast: Cast) -> None:
    message = first(desk["officer"], "/messages")
    path = f"/messages/{message['id']}/original"
    answer = desk["officer"].ask("GET", path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in answer.headers["Content-Disposition"]
    with acting(cast.officer):
        assert hashlib.sha256(answer.content).hexdigest() == Message.objects.get(id=message["id"]).digest
    assert desk["donor"].ask("GET", path).content == desk["donor"].ask("GET", f"/messages/{NOBODY}/original").content


def test_a_limit_is_stated_by_those_whose_it_is_and_read_by_whom_it_reaches(desk: Programs) -> None:
    told = {"kind": "budget", "subject": "Estonia", "amount": "5000", "currency": "EUR", "source": "a letter", "as_of": "2026-02-01"}
    stated = {**told, "reason": "the year's budget"}
    assert desk["donor"].ask("POST", "/limits", stated).json() == {"new": True}
    assert desk["donor"].ask("POST", "/limits", stated).json() == {"new": False}
    assert desk["donor"].ask("POST", "/limits", {**stated, "subject": "Latvia"}).status_code == 409
    [kept] = desk["donor"].ask("GET", "/limits?kind=budget&subject=Estonia").json()["items"]
    assert (kept["amount"], kept["currency"], kept["detail"]["state"]) == ("5000.00", "EUR", "")
    assert desk["seller"].ask("GET", "/limits?kind=budget").json()["items"] == []
    assert desk["donor"].ask("POST", "/limits", {**stated, "currency": ""}).json()["detail"].startswith("The limit does not fit its kind")
    for wrong in ({"subject": ""}, {"amount": "1e30"}, {"category": "x" * 41}, {"note": "\x00"}, {"month": "2026-13"}):
        assert desk["donor"].ask("POST", "/limits", {**stated, **wrong}).status_code == 422, wrong
    assert desk["auditor"].ask("GET", "/limits").status_code == 403


def test_a_checkpoint_is_given_to_officers_and_auditors_to_be_kept_elsewhere(desk: Programs, home: Home) -> None:
    nothing = desk["auditor"].ask("GET", "/ledger/checkpoint")
    assert nothing.status_code == 404
    house.settle(home)
    given = desk["auditor"].ask("GET", "/ledger/checkpoint").json()
    assert book_of(home).verify(given["note"], given["key"])[1] == []
    assert desk["donor"].ask("GET", "/ledger/checkpoint").status_code == 403


def test_a_line_that_was_missed_is_added_joined_set_aside_and_the_surest_are_accepted(desk: Programs) -> None:
    officer = desk["officer"]
    [thanks] = [one for one in officer.ask("GET", "/messages").json()["items"] if one["name"] == "thanks.eml"]
    place = f"/messages/{thanks['id']}"
    missed = {"words": "thank you for\nHappy holidays", "fields": {"kind": "request", "item": "tablets", "quantity": "7"}}
    made = officer.ask("POST", f"{place}/lines", missed)
    assert made.status_code == 201, made.content
    assert officer.ask("POST", f"{place}/lines", missed | {"words": "seven dragons"}).status_code == 409
    other = officer.ask("POST", f"{place}/lines", missed | {"words": "pleasure"}).json()["id"]
    [first_line, second_line] = officer.ask("GET", place).json()["lines"]
    assert [span["text"] for span in first_line["evidence"]] == ["Thank you for", "Happy holidays"]
    joined = {"version": first_line["version"], "other": {"id": other, "version": second_line["version"]}, "fields": {"quantity": "8"}}
    done = officer.ask("POST", f"{place}/lines/{first_line['id']}/join", joined)
    assert done.status_code == 204, done.content
    assert officer.ask("POST", f"{place}/lines/{first_line['id']}/join", joined).status_code == 409
    aside = officer.ask("POST", f"{place}/set-aside", {"version": officer.ask("GET", place).json()["version"], "reason": "thanks alone"})
    assert aside.json() == {"lines": 1}, aside.content
    taken = officer.ask("POST", f"{place}/take-up", {"version": officer.ask("GET", place).json()["version"]})
    assert taken.json() == {"lines": 2}
    sure = officer.ask("GET", "/sure-lines?least=0.5").json()
    assert sure["lines"]
    assert sure["drafts"] >= len(sure["lines"])
    chosen = [{"id": one["line"]["id"], "version": one["line"]["version"]} for one in sure["lines"]]
    accepted = officer.ask("POST", "/sure-lines/accept", {"lines": chosen, "least": 0.5})
    assert accepted.json() == {"lines": len(chosen)}
    assert officer.ask("POST", f"/acts/{accepted.headers['Sild-Act']}/undo", {"reason": "too many"}).status_code == 200
    assert len(officer.ask("GET", "/sure-lines?least=0.5").json()["lines"]) == len(chosen)
