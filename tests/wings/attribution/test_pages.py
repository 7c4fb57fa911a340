"""The pages and routes of attribution, as browsers and programs of the cast get them."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.urls import reverse

from sild.cores.attribution.weighing import Aspect, ItemGrade, SourceGrade
from sild.kernel.actor import Actor
from sild.wings.attribution.actions import NewEvidence, NewSource, enter_evidence, name_source
from sild.wings.attribution.reads import own_rounds, round_record, rounds_of_case
from sild.wings.attribution.rules import EvidenceAudience
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in
from tests.wings.attribution.conftest import Opened


def page(member: Actor, name: str, /, *arguments: object, **query: str) -> tuple[int, str]:
    """The status and the text of a page as a member gets it."""
    answer = signed_in(member).get(reverse(name, args=arguments), query)
    return answer.status_code, answer.content.decode()


def sent(member: Actor, name: str, /, *arguments: object, **form: object) -> tuple[int, str]:
    """What a form answers: status and where it leads or what it says."""
    answer = signed_in(member).post(reverse(name, args=arguments), form)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_an_officer_opens_a_case_asks_for_more_and_ends_it(cast: Cast) -> None:
    assert "There is no case that you are in" in page(cast.officer, "attribution.list")[1]
    assert "an officer opens cases" in page(cast.donor, "attribution.list")[1]
    form = {"title": "The mail", "summary": "read for a month", "marking": "2", "reason": "asked", "reader": str(cast.deputy.person)}
    assert sent(cast.donor, "attribution.new", **form)[0] == 403
    assert sent(cast.officer, "attribution.new", **(form | {"reader": "x"}))[0] == 409
    assert sent(cast.officer, "attribution.new", **(form | {"marking": "9"}))[0] == 409
    status, where = sent(cast.officer, "attribution.new", **form)
    assert status == 302, where
    case = uuid.UUID(where.split("/")[2])
    text = page(cast.deputy, "attribution.case", case)[1]
    assert "The mail" in text and "Technical assessment of the incident" in text and "Secretariat deputy" in text
    assert page(cast.donor, "attribution.case", case)[0] == page(cast.donor, "attribution.case", uuid.uuid4())[0] == 404
    asked = {"agency": "ee-mod", "stage": "facts", "what": "Logs", "hours": "5"}
    assert sent(cast.deputy, "attribution.ask", case, **(asked | {"hours": "soon"}))[0] == 409
    assert sent(cast.deputy, "attribution.ask", case, **asked)[0] == 302
    assert sent(cast.deputy, "attribution.move", case, stage="law", version=1, reason="enough")[0] == 302
    assert sent(cast.deputy, "attribution.note", case, text="ours alone")[0] == 302
    assert sent(cast.officer, "attribution.end", case, state="not-pursued", version=2, reason="a crime")[0] == 302
    text = page(cast.officer, "attribution.case", case)[1]
    assert "Not pursued, because:" in text and "a crime" in text and "Logs" in text and "Take it up again" in text
    assert "The mail" in page(cast.officer, "attribution.list", state="not-pursued")[1]
    assert "Nothing fits these filters" in page(cast.officer, "attribution.list", state="closed")[1]
    assert sent(cast.officer, "attribution.reopen", case, version=3, reason="more came")[0] == 302


def test_what_is_known_from_memory_is_marked_on_the_page_of_the_procedure(cast: Cast) -> None:
    text = page(cast.officer, "attribution.procedure")[1]
    assert "from memory" in text and "https://vm.ee/en/activities-objectives/cyber-diplomacy" in text and "Check them before use" in text


def test_programs_open_and_work_on_cases_as_their_people_do(cast: Cast) -> None:
    programs = {slug: program_of("drill", slug, account_on(one)) for slug, one in {"officer": cast.officer, "donor": cast.donor}.items()}

    def ask(who: str, method: str, path: str, body: object = None) -> tuple[int, Any]:
        answer = programs[who].ask(method, path, body)
        return answer.status_code, json.loads(answer.content) if answer.content else None

    new = {"title": "The mail", "readers": [str(cast.deputy.person)], "reason": "asked"}
    assert ask("donor", "POST", "/attribution-cases", new)[0] == 403
    case = ask("officer", "POST", "/attribution-cases", new)[1]["id"]
    seen = ask("officer", "GET", f"/attribution-cases/{case}")[1]
    assert seen["case"]["marking"] == "TLP:AMBER+STRICT" and len(seen["readers"]) == 2
    assert ask("donor", "GET", f"/attribution-cases/{case}")[0] == 404
    assert ask("donor", "GET", "/attribution-cases")[1]["items"] == []
    owed = next(one for one in seen["inputs"] if one["agency"] == "ee-ria")
    assert ask("officer", "PUT", f"/attribution-inputs/{owed['id']}/delivery", {"text": "RIA/17", "version": 1})[0] == 204
    more = {"agency": "ee-mod", "stage": "facts", "what": "Logs", "hours": 5}
    extra = ask("officer", "POST", f"/attribution-cases/{case}/inputs", more)[1]["id"]
    assert ask("officer", "POST", f"/attribution-inputs/{extra}/waiver", {"version": 1, "reason": "none"})[0] == 204
    assert ask("officer", "PUT", f"/attribution-cases/{case}/stage", {"stage": "law", "version": 1, "reason": "on"})[0] == 204
    assert ask("officer", "POST", f"/attribution-cases/{case}/end", {"state": "closed", "version": 2, "reason": "told"})[0] == 204
    assert ask("officer", "POST", f"/attribution-cases/{case}/reopening", {"version": 3, "reason": "more"})[0] == 204
    assert [row["delivered"] for row in ask("officer", "GET", "/attribution-cases?state=open")[1]["items"]] == [1]
    assert ask("officer", "GET", "/attribution-procedure")[1]["stages"][0]["code"] == "facts"


def test_a_case_in_another_compartment_is_answered_as_none(opened: Opened) -> None:
    for member in (opened.cast.donor, opened.cast.authority):
        assert page(member, "attribution.case", opened.case)[0] == 404
        assert sent(member, "attribution.move", opened.case, stage="law", version=1, reason="on")[0] == 404


def test_a_question_is_answered_a_body_dissents_and_a_decision_is_written_down(opened: Opened) -> None:
    officer, case = opened.officer, opened.case
    text = page(officer, "attribution.tracks", case)[1]
    assert "Nobody answered it." in text and "No body said yet how it stands" in text and "own proposal" in text
    answered = {"question": "law-organ", "answer": "unclear", "reasoning": "nobody knows"}
    assert sent(officer, "attribution.answer", case, **(answered | {"answer": "guilty"}))[0] == 409
    assert sent(officer, "attribution.answer", case, **answered)[0] == 302
    dissent = {"agency": "ee-mod", "stand": "dissent", "words": "one source alone"}
    assert sent(officer, "attribution.position", case, **(dissent | {"stand": "maybe"}))[0] == 409
    assert sent(officer, "attribution.position", case, **dissent)[0] == 302
    assert "Nothing was decided yet." in page(opened.deputy, "attribution.decisions", case)[1]
    new = {"kind": "wait", "body": "The government", "person": "The minister", "grounds": "too early", "reason": "it met"}
    assert sent(officer, "attribution.decide", case, **(new | {"kind": "blame"}))[0] == 409
    assert sent(officer, "attribution.decide", case, **(new | {"decided_at": "noon"}))[0] == 409
    assert sent(officer, "attribution.decide", case, **(new | {"likelihood": "likelihood-likely"}))[0] == 302
    text = page(opened.deputy, "attribution.decisions", case)[1]
    assert "too early" in text and "one source alone" in text and "likely" in text and "The decision that stands" in text
    for name in ("attribution.tracks", "attribution.decisions"):
        assert page(opened.cast.donor, name, case)[0] == 404


def test_programs_answer_questions_and_write_decisions_down(cast: Cast) -> None:
    programs = {slug: program_of("drill", slug, account_on(one)) for slug, one in {"officer": cast.officer, "donor": cast.donor}.items()}

    def ask(who: str, method: str, path: str, body: object = None) -> tuple[int, Any]:
        answer = programs[who].ask(method, path, body)
        return answer.status_code, json.loads(answer.content) if answer.content else None

    opening: dict[str, object] = {"title": "The mail", "readers": [], "reason": "asked"}
    base = f"/attribution-cases/{ask('officer', 'POST', '/attribution-cases', opening)[1]['id']}"
    told = {"question": "law-organ", "answer": "no", "reasoning": "an organ of nobody"}
    opinion = ask("officer", "POST", f"{base}/opinions", told)[1]["id"]
    assert ask("officer", "POST", f"{base}/opinions", told)[0] == 409
    assert ask("officer", "POST", f"{base}/opinions", told | {"version": 1, "answer": "yes"})[0] == 200
    assert ask("officer", "POST", f"{base}/positions", {"agency": "ee-mod", "stand": "dissent", "words": "no"})[0] == 200
    seen = ask("officer", "GET", f"{base}/tracks")[1]
    one = next(row for row in seen["questions"] if row["id"] == "law-organ")
    assert one["opinion"]["answer"] == "yes" and one["topic"] == "attribution" and seen["positions"][0]["stand"] == "dissent"
    new: dict[str, object] = {
        "kind": "tell-partners",
        "body": "The government",
        "person": "The minister",
        "grounds": "enough",
        "reason": "it met",
    }
    assert ask("officer", "POST", f"{base}/decisions", new)[0] == 409, "nobody is named, so nobody can be told"
    new |= {"responsible": "a service", "likelihood": "likelihood-likely", "confidence": "confidence-low", "opinions": [opinion]}
    first = ask("officer", "POST", f"{base}/decisions", new)[1]["id"]
    assert ask("officer", "POST", f"{base}/decisions", new | {"supersedes": first, "kind": "wait"})[0] == 200
    found = ask("officer", "GET", f"{base}/decisions")[1]
    assert [row["superseded_by"] is None for row in found["decisions"]] == [True, False]
    assert found["decisions"][0]["dissents"][0]["words"] == "no" and found["awaited"] > 0
    for path in ("tracks", "decisions"):
        assert ask("donor", "GET", f"{base}/{path}")[0] == 404


def test_a_round_is_opened_shared_by_two_people_and_answered(opened: Opened) -> None:
    officer, deputy, donor, case = opened.officer, opened.deputy, opened.cast.donor, opened.case
    assert "No round came from this case yet" in page(officer, "attribution.case-rounds", case)[1]
    assert "No State asks ours" in page(donor, "attribution.rounds")[1]
    form = {"title": "Say it with us", "reply_by": "2026-02-15T09:00", "t_hour": "2026-02-20T09:00", "marking": "2", "reason": "asked"}
    assert sent(donor, "attribution.open-round", case, **form)[0] == 403
    assert sent(officer, "attribution.open-round", case, **(form | {"t_hour": ""}))[0] == 409
    assert sent(officer, "attribution.open-round", case, **form)[0] == 302
    [one] = own_rounds(officer)
    assert sent(officer, "attribution.invite", one.id, organisation=str(donor.organisation), reason="")[0] == 302
    [invitation] = round_record(officer, one.id).invitations
    source = name_source(officer, case, NewSource(name="A laboratory", reliability=SourceGrade.B))
    told = frozenset({EvidenceAudience.CO_ATTRIBUTING})
    new = NewEvidence(source_id=source, title="A key", aspect=Aspect.MALWARE, credibility=ItemGrade.PROBABLY_TRUE, shown_to=told)
    item = enter_evidence(officer, case, new)
    slice_form = {"round": str(one.id), "evidence": str(item), "invitation": str(invitation.id), "marking": "2", "reason": "asked"}
    assert sent(officer, "attribution.propose-slice", case, **(slice_form | {"round": ""}))[0] == 409
    assert sent(officer, "attribution.propose-slice", case, **slice_form)[0] == 302
    [proposal] = rounds_of_case(officer, case).proposals
    assert sent(officer, "attribution.let-out", proposal.id, version=1, reason="urgent")[0] == 409
    assert sent(deputy, "attribution.let-out", proposal.id, version=1, reason="agreed")[0] == 302
    text = page(donor, "attribution.invitation", invitation.id)[1]
    assert "A key" in text and "It was not shown to this State yet" in text and "The ministries" not in text
    assert sent(donor, "attribution.answer-round", invitation.id, level="takes-note", words="we read it")[0] == 302
    assert "takes note" in page(deputy, "attribution.round", one.id)[1]
    assert page(donor, "attribution.round", one.id)[0] == page(donor, "attribution.case-rounds", case)[0] == 404
    assert page(opened.cast.other_donor, "attribution.invitation", invitation.id)[0] == 404
