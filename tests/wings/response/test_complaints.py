"""Forums: what each needs is ticked against what is there, unknown where nothing can be looked at; a complaint shows what it may."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from sild.kernel.refusals import NotThere, Refused
from sild.values.redaction import pattern_of
from sild.wings.attribution.actions import NewOpinion, answer_question, cite_incident
from sild.wings.attribution.public import EvidenceAudience, OpinionAnswer
from sild.wings.diplomacy.actions import NewContact, keep_contact
from sild.wings.response.actions import NewComplaint, redact_responses, withdraw_complaint, write_complaint
from sild.wings.response.reads import complaint_file, complaint_record, forums_of, response_naming
from sild.wings.response.rules import ForumNeed, NeedStand, forums
from sild.wings.signals.public import FACTORS, Degree, IncidentFacts, Precision, Weighing, mend_incident, record_incident, weigh_incident
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in
from tests.wings.attribution.test_pages import page, sent
from tests.wings.response.conftest import Answering
from tests.wings.response.test_listing import item

ASKED = NewComplaint(forum="unsc", asked="Put it on the agenda.", norms="Norm (f)")


def ticks(answering: Answering, of: uuid.UUID, forum: str) -> dict[ForumNeed, NeedStand]:
    """What a forum needs, and whether it is there."""
    [row] = [one for one in forums_of(answering.officer, of).rows if one.fact.id == forum]
    return {one.need: one.stand for one in row.ticks}


def test_every_forum_has_its_source_and_needs_that_are_proposed() -> None:
    for one in forums():
        assert one.sources and not one.from_memory and one.label_uk and one.needs and one.decides and one.cycle
        assert one.audience in {*EvidenceAudience} and one.purpose in ("ask", "help", "raise")
        assert ForumNeed.ASKED in one.needs
    assert len({one.id for one in forums()}) == len(forums()) == 16


def test_what_nobody_can_count_is_unknown_and_what_is_counted_as_none_is_missing(answering: Answering) -> None:
    without = ticks(answering, answering.open, "unsc")
    assert without[ForumNeed.EVIDENCE] == without[ForumNeed.DECISION] == without[ForumNeed.LEGAL] == NeedStand.UNKNOWN
    assert without[ForumNeed.FACTS] == NeedStand.IN_PART and without[ForumNeed.SEVERITY] == NeedStand.MISSING
    inside = ticks(answering, answering.closed, "unsc")
    assert {*inside.values()} == {NeedStand.MISSING}


def test_facts_and_gravity_are_there_when_they_are_told_whole(answering: Answering) -> None:
    officer = answering.cast.officer
    facts = IncidentFacts(title="Dark", summary="Three days", begins=date(2026, 2, 1), begins_precision=Precision.DAY)
    mend_incident(officer, answering.incident, facts, reason="known now")
    weigh_incident(officer, answering.incident, Weighing(factor="scale", degree=Degree.GRAVE, said="all"), reason="seen")
    found = ticks(answering, answering.open, "unsc")
    assert (found[ForumNeed.FACTS], found[ForumNeed.SEVERITY]) == (NeedStand.THERE, NeedStand.IN_PART)
    for one in FACTORS:
        weigh_incident(officer, answering.incident, Weighing(factor=one.key, degree=Degree.NONE), reason="seen")
    assert ticks(answering, answering.open, "unsc")[ForumNeed.SEVERITY] == NeedStand.THERE
    cite_incident(answering.officer, answering.case, answering.incident, reason="the same")
    assert ticks(answering, answering.closed, "unsc")[ForumNeed.FACTS] == NeedStand.THERE


def test_evidence_counts_for_a_forum_only_where_it_may_be_shown_there(answering: Answering) -> None:
    item(answering, "A court paper", EvidenceAudience.COURT)
    assert ticks(answering, answering.closed, "unsc")[ForumNeed.EVIDENCE] == NeedStand.MISSING
    item(answering, "For partners", EvidenceAudience.CO_ATTRIBUTING)
    assert ticks(answering, answering.closed, "nato-nac")[ForumNeed.EVIDENCE] == NeedStand.THERE
    assert ticks(answering, answering.closed, "unsc")[ForumNeed.EVIDENCE] == NeedStand.MISSING


def test_a_legal_view_is_there_in_part_once_a_question_has_an_answer_that_is_not_unclear(answering: Answering) -> None:
    for answer, stand in ((OpinionAnswer.UNCLEAR, NeedStand.MISSING), (OpinionAnswer.YES, NeedStand.IN_PART)):
        new = NewOpinion(question="law-organ", answer=answer, reasoning="said")
        version = None if answer == OpinionAnswer.UNCLEAR else 1
        answer_question(answering.officer, answering.case, new, version=version)
        assert ticks(answering, answering.closed, "unsc")[ForumNeed.LEGAL] == stand


def test_a_contact_point_that_is_kept_ticks_its_forum(answering: Answering) -> None:
    assert ticks(answering, answering.open, "un-poc-directory")[ForumNeed.CONTACTS] == NeedStand.MISSING
    keep_contact(answering.cast.officer, NewContact(subject="un-cbm-1", country="LV", office="An office", reach="a desk"))
    assert ticks(answering, answering.open, "un-poc-directory")[ForumNeed.CONTACTS] == NeedStand.THERE
    assert ticks(answering, answering.open, "osce-iwg")[ForumNeed.CONTACTS] == NeedStand.MISSING


def test_a_complaint_is_written_and_taken_back_and_counts_while_it_stands(answering: Answering) -> None:
    for new in (NewComplaint(forum="moon", asked="x"), NewComplaint(forum="unsc", asked=" ")):
        with pytest.raises(Refused):
            write_complaint(answering.officer, answering.closed, new)
    made = write_complaint(answering.deputy, answering.closed, ASKED)
    found = ticks(answering, answering.closed, "unsc")
    assert (found[ForumNeed.ASKED], ticks(answering, answering.closed, "foc")[ForumNeed.NORMS]) == (NeedStand.THERE, NeedStand.MISSING)
    withdraw_complaint(answering.officer, made, version=1, reason="too early")
    assert ticks(answering, answering.closed, "unsc")[ForumNeed.ASKED] == NeedStand.MISSING
    with pytest.raises(Refused, match="already"):
        withdraw_complaint(answering.officer, made, reason="again")
    with pytest.raises(Refused, match="taken back"):
        complaint_file(answering.officer, made)
    with pytest.raises(NotThere):
        complaint_record(answering.cast.donor, made)


def test_the_word_file_holds_what_is_asked_and_only_the_evidence_for_that_forum(answering: Answering) -> None:
    item(answering, "In a newspaper", EvidenceAudience.PUBLIC)
    item(answering, "A whisper of Heron", EvidenceAudience.SERVICES, EvidenceAudience.CO_ATTRIBUTING)
    name, _kind, data = complaint_file(answering.deputy, write_complaint(answering.officer, answering.closed, ASKED))
    words = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert name.startswith("complaint-unsc") and "Put it on the agenda." in words and "Norm (f)" in words and "In a newspaper" in words
    assert "Heron" not in words and "The ministries" not in words
    partners = complaint_file(
        answering.officer, write_complaint(answering.officer, answering.closed, NewComplaint(forum="nato-nac", asked="x"))
    )
    assert "Heron" in zipfile.ZipFile(io.BytesIO(partners[2])).read("word/document.xml").decode()
    alone = complaint_file(answering.officer, write_complaint(answering.officer, answering.open, ASKED))
    assert "The registers were dark" in zipfile.ZipFile(io.BytesIO(alone[2])).read("word/document.xml").decode()


def test_erasing_finds_words_of_complaints_and_leaves_their_forum(answering: Answering) -> None:
    made = write_complaint(answering.officer, answering.closed, NewComplaint(forum="unsc", asked="Ask Heron of the unsc"))
    assert any("Heron" in str(found) for found in response_naming(answering.officer, ["Heron"]))
    redact_responses(answering.officer, pattern_of(["Heron", "unsc"]), reason="asked")
    row = complaint_record(answering.officer, made)[0]
    assert row.fact is not None and "Heron" not in row.asked


def test_forums_stand_on_a_page_where_complaints_are_written(answering: Answering) -> None:
    text = page(answering.deputy, "response.forums", answering.closed)[1]
    assert "UN Security Council" in text and "no source states it" in text
    form = {"forum": "unsc", "asked": "<b>Now</b>", "norms": "Norm (f)"}
    assert sent(answering.deputy, "response.complain", answering.closed, **(form | {"forum": "moon"}))[0] == 409
    assert sent(answering.deputy, "response.complain", answering.closed, **form)[0] == 302
    assert "&lt;b&gt;Now" in page(answering.deputy, "response.forums", answering.closed)[1]
    [one] = [each for row in forums_of(answering.deputy, answering.closed).rows for each in row.complaints]
    assert signed_in(answering.deputy).get(reverse("response.complaint-docx", args=[one.id])).status_code == 200
    assert page(answering.cast.donor, "response.complaint-docx", one.id)[0] == 404
    assert sent(answering.deputy, "response.withdraw-complaint", one.id, version=1, reason="a slip")[0] == 302
    assert "a slip" in page(answering.deputy, "response.forums", answering.closed)[1]


def test_programs_read_forums_and_write_complaints(cast: Cast) -> None:
    program = program_of("drill", "officer", account_on(cast.officer))

    def ask(method: str, path: str, body: object = None) -> Any:
        answer = program.ask(method, path, body)
        assert answer.status_code < 300, answer.content
        return json.loads(answer.content) if answer.content else None

    incident = str(record_incident(cast.officer, IncidentFacts(title="Dark"), reason="seen"))
    made = ask("POST", "/responses", {"title": "Mail", "incident": incident, "reason": "asked"})["id"]
    key = ask("POST", f"/responses/{made}/complaints", {"forum": "unsc", "asked": "Now"})["id"]
    rows = {one["forum"]: one for one in ask("GET", f"/responses/{made}/forums")["rows"]}
    assert rows["unsc"]["complaints"][0]["asked"] == "Now" and {"need": "asked", "stand": "there", "count": None} in rows["unsc"]["ticks"]
    ask("POST", f"/complaints/{key}/withdrawal", {"reason": "a slip", "version": 1})
    assert ask("GET", f"/responses/{made}/forums")["rows"][0]["forum"] == "un-poc-directory"
