"""Dossiers: an audience is told what is for it and nothing else, on paper and as STIX 2.1; what was made stays as it was."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from typing import Any

import jsonschema_rs
import pytest
from django.db import models

from sild.cores.attribution.weighing import ClaimStance, Rating
from sild.formats.report_paper import paper_as_data
from sild.kernel.refusals import NotThere, Refused
from sild.values.marking import Marking
from sild.wings.attribution.actions import (
    NewDossier,
    SourceSealing,
    make_dossier,
    propose_hypothesis,
    rate_evidence,
    recall_dossier,
    record_decision,
    show_evidence,
    state_position,
)
from sild.wings.attribution.actions.sources import NewSource
from sild.wings.attribution.models import Dossier
from sild.wings.attribution.reads import attribution_naming, dossier_content, dossier_file, dossiers_of
from sild.wings.attribution.rules import INSIDE, BodyStand, EvidenceAudience, printed_marking
from tests.api.programs import program_of
from tests.beside import beside
from tests.cast import Cast
from tests.web.signed import account_on
from tests.wings.attribution.conftest import Opened
from tests.wings.attribution.test_decision import SAID
from tests.wings.attribution.test_evidence import SourceGrade, item, source
from tests.wings.attribution.test_pages import page, sent

SCHEMAS = ("data", "stix_samples", "cti-stix2-json-schemas", "schemas")
OUTSIDE = [one for one in EvidenceAudience if one not in INSIDE]


def dossier(opened: Opened, audience: EvidenceAudience, title: str = "What was seen", language: str = "en") -> uuid.UUID:
    return make_dossier(opened.officer, opened.case, NewDossier(audience=audience, title=title, language=language), reason="asked")


def told(opened: Opened, made: uuid.UUID) -> str:
    """All words of a dossier, of its paper and its bundle."""
    _row, _case, paper, bundle = dossier_content(opened.officer, made)
    return json.dumps([paper_as_data(paper), bundle], ensure_ascii=False)


def worked_on(opened: Opened) -> None:
    """Evidence of three audiences, a sealed source, and a hypothesis with its rating."""
    laboratory = source(opened)
    item(opened, laboratory, "seen by all", *EvidenceAudience, data=b"a log")
    item(opened, laboratory, "kept for a court", EvidenceAudience.COURT)
    sealed = SourceSealing(opened.officer, []).run(
        opened.case, NewSource(name="Heron", reliability=SourceGrade.A), "the man in the room", reason="asked"
    )
    kept = item(opened, sealed, "for the services alone")
    them = propose_hypothesis(opened.officer, opened.case, "The set that reads mail", ClaimStance.ACTOR)
    rate_evidence(opened.officer, kept, {them: Rating.WITH}, reason="his word")
    state_position(opened.officer, opened.case, "ee-mod", BodyStand.DISSENT, "one source alone")
    record_decision(opened.officer, opened.case, SAID, reason="the government met")


@pytest.mark.parametrize("audience", OUTSIDE)
def test_those_outside_are_told_the_evidence_for_them_and_nothing_of_the_case(opened: Opened, audience: EvidenceAudience) -> None:
    worked_on(opened)
    words = told(opened, dossier(opened, audience))
    assert "seen by all" in words and ("kept for a court" in words) == (audience is EvidenceAudience.COURT)
    for secret in (
        "The ministries' mail",
        "Mailboxes were read",
        "for the services alone",
        "Heron",
        "the man",
        "reads mail",
        "his word",
        "Secretariat officer",
        "five bodies",
        "the State next door",
        "one source alone",
        str(opened.case),
    ):
        assert secret not in words, secret


@pytest.mark.parametrize("audience", sorted(INSIDE))
def test_those_inside_are_told_hypotheses_and_what_bodies_owe_but_no_seal(opened: Opened, audience: EvidenceAudience) -> None:
    worked_on(opened)
    words = told(opened, dossier(opened, audience))
    assert "The ministries' mail" in words and "The set that reads mail" in words and "Technical assessment" in words
    assert "the man in the room" not in words
    assert "a service of the State next door" in words and "one source alone" in words and "very likely" in words
    assert ("for the services alone" in words) == (audience is EvidenceAudience.SERVICES)


def test_what_was_made_stays_as_it_was_and_is_recalled_not_undone(opened: Opened) -> None:
    one = item(opened, source(opened), "seen by all", EvidenceAudience.PUBLIC)
    with pytest.raises(Refused, match="Nothing of this case"):
        dossier(opened, EvidenceAudience.COURT)
    made = dossier(opened, EvidenceAudience.PUBLIC)
    show_evidence(opened.officer, one, [], reason="a mistake")
    assert "seen by all" in told(opened, made)
    [row] = dossiers_of(opened.deputy, opened.case)
    assert (row.items, row.printed, row.audience) == (1, Marking.CLEAR, EvidenceAudience.PUBLIC)
    files = {form: dossier_file(opened.deputy, made, form) for form in ("docx", "pdf", "xlsx", "stix")}
    document = zipfile.ZipFile(io.BytesIO(files["docx"][2])).read("word/document.xml").decode()
    assert "seen by all" in document and files["pdf"][2].startswith(b"%PDF") and files["xlsx"][2][:2] == b"PK"
    assert json.loads(files["stix"][2])["type"] == "bundle"
    assert files["docx"][2] == dossier_file(opened.officer, made, "docx")[2]
    with pytest.raises(NotThere):
        dossier_file(opened.officer, made, "exe")
    with pytest.raises(NotThere):
        dossier_file(opened.cast.donor, made, "pdf")
    assert any(found.get("title") == "What was seen" for found in attribution_naming(opened.officer, ["seen by"]))
    recall_dossier(opened.officer, made, version=1, reason="the item was not for them")
    with pytest.raises(Refused, match="recalled"):
        dossier_file(opened.deputy, made, "pdf")
    with pytest.raises(Refused, match="already"):
        recall_dossier(opened.officer, made, reason="again")


def test_a_dossier_whose_words_were_changed_behind_the_desk_is_not_given(opened: Opened) -> None:
    item(opened, source(opened), "seen by all", EvidenceAudience.PUBLIC)
    made = dossier(opened, EvidenceAudience.PUBLIC)
    kept: models.QuerySet[Dossier] = models.QuerySet(Dossier, using="migrate").filter(id=made)
    assert kept.update(content={"paper": kept.get().content["paper"], "bundle": {}}) == 1
    with pytest.raises(Refused, match="digest differs"):
        dossier_content(opened.officer, made)


@pytest.mark.parametrize("audience", EvidenceAudience)
def test_a_paper_is_marked_for_its_readers(audience: EvidenceAudience) -> None:
    for case in Marking:
        marked = printed_marking(audience, case)
        assert marked == case if audience in INSIDE else marked <= Marking.AMBER_STRICT
    assert printed_marking(EvidenceAudience.PUBLIC, Marking.RED) is Marking.CLEAR


def test_papers_of_two_audiences_share_no_identifier(opened: Opened) -> None:
    item(opened, source(opened), "seen by all", *EvidenceAudience)
    found = [dossier_content(opened.officer, dossier(opened, one))[3] for one in (EvidenceAudience.PUBLIC, EvidenceAudience.COURT)]
    ids = [{one["id"] for one in bundle["objects"] if one["type"] not in ("marking-definition", "file")} for bundle in found]
    assert not ids[0] & ids[1]


def test_a_bundle_is_stix(opened: Opened) -> None:
    known = {path.stem: json.loads(path.read_text()) for path in beside(*SCHEMAS).rglob("*.json")}
    registry = jsonschema_rs.Registry([(one["$id"], one) for one in known.values()])
    item(opened, source(opened), "seen <by> all", *EvidenceAudience, data=b"a log")
    bundle = dossier_content(opened.officer, dossier(opened, EvidenceAudience.PUBLIC))[3]
    faults = []
    for one in bundle["objects"]:
        checked = jsonschema_rs.validator_for(known[one["type"]], registry=registry)
        faults += [f"{one['type']}: {fault.message}" for fault in checked.iter_errors(one)]
    assert faults == []
    assert {one["type"] for one in bundle["objects"]} == {"marking-definition", "identity", "incident", "file", "note", "report"}
    assert not jsonschema_rs.validator_for(known["note"], registry=registry).is_valid({"type": "note"})


def test_an_officer_makes_and_recalls_one_in_the_browser_and_readers_look_at_it(opened: Opened) -> None:
    assert "No dossier was made yet" in page(opened.deputy, "attribution.dossiers", opened.case)[1]
    item(opened, source(opened), "<b>seen</b>", EvidenceAudience.PUBLIC, EvidenceAudience.MINISTERS)
    form = {"audience": "ministers", "title": "A paper", "language": "uk", "reason": "asked"}
    assert sent(opened.officer, "attribution.make-dossier", opened.case, **(form | {"audience": "friends"}))[0] == 409
    assert sent(opened.officer, "attribution.make-dossier", opened.case, **(form | {"language": "xx"}))[0] == 409
    status, where = sent(opened.officer, "attribution.make-dossier", opened.case, **form)
    assert status == 302, where
    made = uuid.UUID(where.split("/")[3])
    text = page(opened.deputy, "attribution.dossier", made)[1]
    assert "&lt;b&gt;seen&lt;/b&gt;" in text and "Докази" in text
    assert page(opened.cast.donor, "attribution.dossier", made)[0] == 404
    assert page(opened.deputy, "attribution.dossier-stix", made)[0] == 200
    assert sent(opened.officer, "attribution.recall-dossier", made, version=1, reason="a slip")[0] == 302
    assert "a slip" in page(opened.deputy, "attribution.dossiers", opened.case)[1]
    assert page(opened.deputy, "attribution.dossier", made)[0] == 409


def test_programs_make_read_and_recall_dossiers(cast: Cast) -> None:
    program = program_of("drill", "officer", account_on(cast.officer))

    def ask(method: str, path: str, body: object = None) -> Any:
        answer = program.ask(method, path, body)
        assert answer.status_code < 300, answer.content
        return json.loads(answer.content) if answer.content else None

    where = f"/attribution-cases/{ask('POST', '/attribution-cases', {'title': 'Mail', 'readers': [], 'reason': 'asked'})['id']}"
    of = ask("POST", f"{where}/sources", {"name": "A laboratory", "reliability": "B"})["id"]
    new = {"source": of, "title": "Seen", "aspect": "malware", "credibility": 2, "shown_to": ["public"]}
    ask("POST", f"{where}/evidence", new)
    made = ask("POST", f"{where}/dossiers", {"audience": "public", "title": "A paper", "reason": "asked"})["id"]
    assert [row["printed"] for row in ask("GET", f"{where}/dossiers")["rows"]] == ["TLP:CLEAR"]
    assert ask("GET", f"/dossiers/{made}")["bundle"]["type"] == "bundle"
    ask("POST", f"/dossiers/{made}/recall", {"version": 1, "reason": "a slip"})
    assert program.ask("GET", f"/dossiers/{made}").status_code == 409
