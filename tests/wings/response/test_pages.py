"""The pages and routes of response, as browsers and programs of the cast get them."""

from __future__ import annotations

import json
import uuid
from typing import Any

from sild.wings.response.reads import response_record
from sild.wings.signals.public import IncidentFacts, record_incident
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on
from tests.wings.attribution.test_pages import page, sent
from tests.wings.response.conftest import Answering


def test_an_officer_opens_a_response_to_an_incident_picks_an_option_and_writes_down_who_decided(answering: Answering) -> None:
    assert "There is no response that you see" in page(answering.cast.donor, "response.list")[1]
    text = page(answering.officer, "response.new", incident=str(answering.incident))[1]
    assert "The registers were dark" in text
    assert page(answering.officer, "response.new", case=str(uuid.uuid4()))[0] == 404
    form = {"title": "Now", "summary": "<b>soon</b>", "incident": str(answering.incident), "marking": "2", "reason": "asked"}
    assert sent(answering.cast.donor, "response.new", **form)[0] == 403
    assert sent(answering.officer, "response.new", **(form | {"incident": "nowhere"}))[0] == 409
    status, where = sent(answering.officer, "response.new", **form)
    assert status == 302, where
    made = uuid.UUID(where.split("/")[2])
    text = page(answering.officer, "response.toolbox", made)[1]
    assert "from memory" in text and "unknown: no source read names one" in text and "Regulation (EU) 2019/796" in text
    pick = {"option": "tb-demarche", "level": "ambassador", "reason": "they read it"}
    assert sent(answering.officer, "response.pick", made, **(pick | {"level": "king"}))[0] == 409
    assert sent(answering.officer, "response.pick", made, **pick)[0] == 302
    [one] = response_record(answering.officer, made).picked
    told = {"key": "agreed-text", "stand": "met", "version": 1, "reason": "note 17"}
    assert sent(answering.officer, "response.precondition", one.id, **(told | {"stand": "perhaps"}))[0] == 409
    assert sent(answering.officer, "response.precondition", one.id, **told)[0] == 302
    assert sent(answering.officer, "response.level", one.id, level="minister", version=2, reason="he goes")[0] == 302
    step = {"state": "decided", "body": "The government", "person": "The minister", "on": "2026-02-09", "version": 3, "reason": "met"}
    assert sent(answering.deputy, "response.move", one.id, **(step | {"state": "gone"}))[0] == 409
    assert sent(answering.officer, "response.move", one.id, **step)[0] == 302
    text = page(answering.officer, "response.one", made)[1]
    assert "note 17" in text and "The government" in text and "&lt;b&gt;soon" in text and "nobody said" in text
    assert "Now" in page(answering.officer, "response.list", state="open", incident=str(answering.incident))[1]
    assert "Nothing fits these filters" in page(answering.officer, "response.list", state="closed")[1]
    assert sent(answering.officer, "response.close", made, version=1, reason="settled")[0] == 302
    assert "settled" in page(answering.officer, "response.one", made)[1]
    assert sent(answering.officer, "response.reopen", made, version=2, reason="on")[0] == 302


def test_those_outside_the_compartment_get_the_same_answer_as_for_what_is_not_there(answering: Answering) -> None:
    for name in ("response.one", "response.toolbox", "response.essentials"):
        assert page(answering.cast.donor, name, answering.closed)[0] == page(answering.cast.donor, name, uuid.uuid4())[0] == 404
        assert page(answering.deputy, name, answering.closed)[0] == 200


def test_the_three_things_stand_on_one_page_and_are_said_there(answering: Answering) -> None:
    text = page(answering.deputy, "response.essentials", answering.closed)[1]
    assert text.count("unknown: nobody said") >= 3 and "Nothing was decided on the case yet" in text
    said = {"essential": "condemn", "stand": "not-done", "words": "the partners wait"}
    assert sent(answering.deputy, "response.say-essential", answering.closed, **(said | {"essential": "bow"}))[0] == 409
    assert sent(answering.deputy, "response.say-essential", answering.closed, **said)[0] == 302
    text = page(answering.deputy, "response.essentials", answering.closed)[1]
    assert "the partners wait" in text and "was not done" in text
    assert "No case of attribution" in page(answering.officer, "response.essentials", answering.open)[1]


def test_a_case_and_an_incident_lead_to_their_responses(answering: Answering) -> None:
    assert f"/responses/?case={answering.case}" in page(answering.officer, "attribution.case", answering.case)[1]
    assert f"/responses/?incident={answering.incident}" in page(answering.officer, "signals.incident", answering.incident)[1]


def test_programs_work_on_responses_as_their_people_do(cast: Cast) -> None:
    programs = {name: program_of("drill", name, account_on(getattr(cast, name))) for name in ("officer", "donor")}
    incident = str(record_incident(cast.officer, IncidentFacts(title="The registers were dark"), reason="seen"))

    def ask(who: str, method: str, path: str, body: object = None) -> tuple[int, Any]:
        answer = programs[who].ask(method, path, body)
        return answer.status_code, json.loads(answer.content) if answer.content else None

    assert len(ask("officer", "GET", "/response-toolbox")[1]["options"]) == 20
    assert ask("donor", "POST", "/responses", {"title": "x", "reason": "y"})[0] == 403
    made = ask("officer", "POST", "/responses", {"title": "Mail", "incident": incident, "reason": "asked"})[1]["id"]
    assert ask("donor", "GET", f"/responses/{made}")[0] == 404
    picked = ask("officer", "POST", f"/responses/{made}/options", {"option": "tb-demarche", "reason": "asked"})[1]["id"]
    where = f"/response-options/{picked}"
    assert ask("officer", "PUT", f"{where}/precondition", {"key": "agreed-text", "stand": "met", "reason": "n", "version": 1})[0] == 204
    assert ask("officer", "PUT", f"{where}/level", {"level": "minister", "reason": "n", "version": 2})[0] == 204
    step = {"state": "decided", "body": "G", "person": "P", "on": "2026-02-09", "reason": "met", "version": 3}
    assert ask("officer", "POST", f"{where}/steps", step)[0] == 204
    assert ask("officer", "POST", f"{where}/steps", step | {"version": 3})[0] == 409
    whole = ask("officer", "GET", f"/responses/{made}")[1]
    assert whole["options"][0]["state"] == "decided" and whole["response"]["marking"] == "TLP:AMBER"
    assert ask("officer", "POST", f"/responses/{made}/essentials", {"essential": "ask", "stand": "not-done", "words": "w"})[0] == 200
    rows = ask("officer", "GET", f"/responses/{made}/essentials")[1]["rows"]
    assert [one["stand"] for one in rows] == ["unknown", "not-done", "unknown"]
    assert ask("officer", "POST", f"/responses/{made}/closing", {"reason": "done", "version": 1})[0] == 204
    assert ask("officer", "POST", f"/responses/{made}/reopening", {"reason": "on", "version": 2})[0] == 204
    found = ask("officer", "GET", f"/responses?incident={incident}")[1]["items"]
    assert made in {one["id"] for one in found}
