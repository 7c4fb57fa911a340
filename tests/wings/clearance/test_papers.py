"""Papers of licence cases: what is known stands in them, what is not is a blank, and they say when the case has gone on."""

from __future__ import annotations

import hashlib
import io
import json
import re
import uuid
from dataclasses import replace
from datetime import date

import docx
import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sild.formats.docx_paper import Cell, Columns, write_columns
from sild.kernel import originals
from sild.kernel.action import last_act
from sild.kernel.actor import Actor, acting
from sild.kernel.closing import raise_marking
from sild.kernel.grants import release_to
from sild.kernel.home import current
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.clearance.actions import (
    CameFile,
    Description,
    Move,
    attach_file,
    chase_case,
    describe_case,
    detach_file,
    erase_cases,
    make_document,
    move_case,
    move_cases,
    open_case,
    redact_cases,
)
from sild.wings.clearance.models import CaseDocument
from sild.wings.clearance.reads import document_file, documents_of
from sild.wings.clearance.reads.documents import came_store, signatures_of
from sild.wings.clearance.rules import LANGUAGES, CaseState, PaperKind, language_of, papers, written
from sild.wings.clearance.rules.came import CameKind
from sild.wings.register.public import mend_line
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.clearance.conftest import Office

DAY = date(2026, 2, 10)
S = CaseState


def opened(office: Office) -> uuid.UUID:
    return open_case(office.cast.officer, office.gateways, "EE", "Strategic Goods Commission", reason="offered")


def text_of(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_everything_that_stands_on_a_paper(language: str) -> None:
    layout = papers._told("layout")
    told = papers._told(language)
    for parts in layout["papers"].values():
        for part in parts:
            assert told["sections"][part["section"]]
            assert all(told["fields"][name] for name in part.get("fields", ()))
            assert all(told["texts"][name] for name in part.get("texts", ()))
    assert {"{what}"} == set(re.findall(r"\{\w+\}", told["blank"])) and told.keys() == papers._told("en").keys()
    for name in ("titles", "sections", "fields", "texts"):
        assert told[name].keys() == papers._told("en")[name].keys()
    if language != "en":
        same = {name for name, words in told["texts"].items() if words == papers._told("en")["texts"][name]}
        assert not same, "a text that nobody translated"


def test_an_authority_is_written_to_in_its_language_where_there_are_templates() -> None:
    assert [language_of(code) for code in ("EE", "PL", "UA", "US", "GB", "DE", "CA")] == ["et", "pl", "uk", "en", "en", "en", "en"]


def test_what_is_known_stands_in_both_languages_and_the_rest_is_a_blank_that_names_itself() -> None:
    facts = {
        "quantity": {"kind": "amount", "value": {"quantity": "1200.5", "unit": "licence"}},
        "end_user_country": {"kind": "territory", "value": "UA"},
        "end_user": {
            "kind": "party",
            "value": {"name": "Ministry of Health of Ukraine", "names": {"uk": "Міністерство охорони здоров'я України"}},
        },
        "value": {"kind": "money", "value": {"amount": "1234567.80", "currency": "EUR"}},
        "conditions": {"kind": "list", "value": ["civil use", "no re-export"]},
    }
    paper = written(PaperKind.END_USE, ("uk", "en"), facts, on=DAY, version=3)
    rows = {block.labels[1]: block.words for block in paper.blocks if block.kind == "row"}
    assert [words.text for words in rows["How much"]] == ["1\u00a0200,5 licence", "1,200.5 licence"]
    assert [words.text for words in rows["Country of the end user"]] == ["Україна", "Ukraine"]
    assert rows["End user"][0].text == "Ministry of Health of Ukraine (Міністерство охорони здоров'я України)"
    assert rows["Value, with its currency"][1].text == "1,234,567.80 EUR"
    assert rows["Conditions that are known so far"][1].text == "– civil use\n– no re-export"
    address = rows["End user's address"]
    assert [words.blank for words in address] == [True, True] and address[1].text == "____ [not known: End user's address]"
    assert "end_user_address" in paper.unknown and "quantity" not in paper.unknown
    assert not any(words.blank for block in paper.blocks if block.kind != "row" for words in block.words)


def test_the_same_paper_is_the_same_bytes_and_hostile_words_are_only_words() -> None:
    nasty = "\x00\x0b<w:p/> {{ cycler }} =HYPERLINK(1)\ud800"
    paper = Columns(
        languages=("et", "en"),
        titles=("a", "b"),
        notes=("", ""),
        rows=[[Cell(nasty), Cell("x", blank=True)]],
        marking="AMBER",
        foot=nasty,
        day=DAY,
    )
    data = write_columns(paper)
    assert data == write_columns(paper)
    assert "<w:p/> {{ cycler }} =HYPERLINK(1)" in text_of(data)
    with pytest.raises(ValueError, match="one cell for each"):
        write_columns(replace(paper, titles=("a",)))


def test_a_paper_is_kept_with_its_digest_and_says_when_the_case_has_gone_on(office: Office) -> None:
    case = opened(office)
    made = make_document(office.liaison, case, PaperKind.RELAY_NOTE, "et", version=1)
    name, data = document_file(office.cast.officer, made)
    told = text_of(data)
    assert name.endswith(".docx") and "Strategic Goods Commission" in told and "VPN gateways" in told and "Lõppkasutaja" in told
    assert "____ [not known: End user's address]" in told and "____ [pole teada: Lõppkasutaja aadress]" in told
    [row] = documents_of(office.cast.donor, case)
    assert (row.sha256, row.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (row.made_by, row.made_on, row.case_version, row.stale) == ("Licence liaison", DAY, 1, ())
    chase_case(office.liaison, case, None, reason="called them")
    assert documents_of(office.liaison, case)[0].stale == (), "a call changes nothing that stands on the paper"
    describe_case(office.liaison, case, Description(authority="Strategic Goods Commission", reference="12-3", entries=["5a002"]))
    mend_line(office.cast.officer, office.gateways, None, {"quantity": "25"}, reason="read wrongly")
    assert documents_of(office.liaison, case)[0].stale == ("entries", "quantity", "reference")
    assert document_file(office.liaison, made)[1] == data
    with pytest.raises(Stale):
        make_document(office.liaison, case, PaperKind.RELAY_NOTE, "et", version=1)


def test_papers_are_made_by_liaison_and_officer_in_languages_that_there_are(office: Office) -> None:
    case = opened(office)
    with pytest.raises(NotForRole):
        make_document(office.cast.donor, case, PaperKind.END_USE, "uk")
    with pytest.raises(Refused, match="no templates"):
        make_document(office.liaison, case, PaperKind.END_USE, "de")
    with pytest.raises(NotThere):
        make_document(office.liaison, uuid.uuid4(), PaperKind.END_USE, "uk")
    made = make_document(office.cast.officer, case, PaperKind.END_USE, "en")
    assert documents_of(office.cast.officer, case)[0].languages == ("en",) and document_file(office.cast.officer, made)[1]


def test_a_paper_is_seen_by_whoever_sees_its_case_and_by_nobody_else(office: Office) -> None:
    case = opened(office)
    made = make_document(office.liaison, case, PaperKind.RELAY_NOTE, "et")

    def sees(actor: Actor) -> bool:
        try:
            return bool(document_file(actor, made))
        except NotThere:
            return False

    assert [sees(actor) for actor in (office.cast.officer, office.cast.donor, office.cast.other_donor)] == [True, True, False]
    release_to(office.cast.officer, "clearance.LicenceCase", case, [office.cast.other_donor.organisation], reason="they transport it")
    assert sees(office.cast.other_donor)
    mend_line(office.cast.officer, office.gateways, None, {"provider": "Kestrel Endpoint Inc."}, reason="read wrongly")
    assert [sees(actor) for actor in (office.cast.maker, office.cast.donor)] == [True, False]
    raise_marking(office.cast.officer, "register.Line", office.gateways, Marking.RED, reason="told to us alone")
    assert not any(sees(actor) for actor in (office.cast.maker, office.cast.other_donor, office.cast.donor))


def test_papers_go_into_the_compartment_with_their_case(office: Office) -> None:
    case, room, inside = opened(office), uuid.uuid4(), uuid.uuid4()
    made = make_document(office.liaison, case, PaperKind.RELAY_NOTE, "et")
    insider = replace(office.cast.officer, compartments=frozenset({room}))
    move_cases(insider, {office.gateways: inside}, room)
    for actor in (office.cast.officer, office.liaison, office.cast.donor):
        with pytest.raises(NotThere):
            document_file(actor, made)
    with acting(replace(office.liaison, compartments=frozenset({room}))):
        [moved] = CaseDocument.objects.all()
    assert moved.case_id != case and moved.compartment_id == room


def test_erased_words_leave_the_papers_too_whoever_made_them(office: Office) -> None:
    case = opened(office)
    theirs = make_document(office.liaison, case, PaperKind.RELAY_NOTE, "et")
    ours = make_document(office.cast.officer, case, PaperKind.END_USE, "uk")
    assert set(erase_cases(office.cast.officer, [office.gateways], reason="asked to")) == {case, ours}
    for made in (theirs, ours):
        with pytest.raises(Refused, match="erased"):
            document_file(office.liaison, made)
    assert all(row.erased and row.stale == () for row in documents_of(office.liaison, case))


def test_a_name_that_is_blotted_out_takes_the_older_paper_with_it(office: Office) -> None:
    case = opened(office)
    describe_case(office.liaison, case, Description(authority="Maria Tamm, licences"))
    older = make_document(office.cast.officer, case, PaperKind.RELAY_NOTE, "et")
    describe_case(office.liaison, case, Description(authority="SGC"))
    newer = make_document(office.cast.officer, case, PaperKind.RELAY_NOTE, "et")
    assert older in redact_cases(office.cast.officer, re.compile("Maria Tamm"), reason="asked to")
    with pytest.raises(Refused, match="erased"):
        document_file(office.cast.officer, older)
    assert document_file(office.cast.officer, newer)[1]


def test_the_page_makes_a_paper_and_gives_it_as_a_download(office: Office) -> None:
    case = opened(office)
    browser = signed_in(office.liaison)
    made = browser.post(reverse("clearance.make_paper", args=[case]), {"kind": "end-use-statement", "language": "uk", "version": 1})
    assert made.status_code == 302
    assert browser.post(reverse("clearance.make_paper", args=[case]), {"kind": "x", "language": "uk", "version": 1}).status_code == 409
    page = browser.get(reverse("clearance.case", args=[case])).content.decode()
    [row] = documents_of(office.liaison, case)
    assert "End-use statement" in page and row.sha256 in page and "blanks to fill" in page
    answer = browser.get(reverse("clearance.paper", args=[row.id]))
    assert answer.headers["Content-Disposition"].startswith("attachment") and hashlib.sha256(answer.content).hexdigest() == row.sha256
    assert signed_in(office.cast.seller).get(reverse("clearance.paper", args=[row.id])).status_code == 404


def test_a_program_makes_a_paper_and_fetches_it(office: Office) -> None:
    case = opened(office)
    program = program_of("drill", "liaison", account_on(office.liaison))
    made = json.loads(program.ask("POST", f"/licence-cases/{case}/papers", {"kind": "relay-note", "language": "pl", "version": 1}).content)
    [listed] = json.loads(program.ask("GET", f"/licence-cases/{case}/papers").content)["items"]
    assert listed["id"] == made["id"] and listed["languages"] == ["pl", "en"] and "end_user_address" in listed["unknown"]
    assert hashlib.sha256(program.ask("GET", f"/licence-papers/{made['id']}/file").content).hexdigest() == listed["sha256"]


def test_the_templates_are_data_that_a_person_can_read() -> None:
    for language in LANGUAGES:
        assert "{{" not in yaml.safe_dump(papers._told(language)), "a template is no program"


def test_a_value_stands_on_a_paper_only_where_all_its_readers_may_see_the_line(office: Office) -> None:
    case, cast = opened(office), office.cast
    mend_line(cast.officer, office.gateways, None, {"value_amount": "81000", "value_currency": "EUR"})
    blank = document_file(office.liaison, make_document(cast.officer, case, PaperKind.END_USE, "et"))[1]
    assert "81,000.00" not in text_of(blank) and "[not known: Value, with its currency]" in text_of(blank)
    release_to(cast.officer, "register.Line", office.gateways, [office.liaison.organisation], reason="they licence it")
    made = make_document(cast.officer, case, PaperKind.END_USE, "et")
    assert "81,000.00 EUR" in text_of(document_file(office.liaison, made)[1])
    release_to(cast.officer, "clearance.LicenceCase", case, [cast.other_donor.organisation], reason="they help")
    assert {row.id for row in documents_of(cast.other_donor, case)} and made not in {row.id for row in documents_of(cast.other_donor, case)}


def came(kind: CameKind = CameKind.LICENCE, **more: object) -> CameFile:
    told: dict[str, object] = {"kind": kind, "name": "licence 12-3.pdf", "data": b"%PDF-1.7 a licence", "on": date(2026, 2, 9)}
    return CameFile(**(told | more))  # type: ignore[arg-type]  # each test names real fields


def test_a_file_that_came_is_kept_byte_for_byte_and_goes_to_whoever_sees_the_case(office: Office) -> None:
    case, cast = opened(office), office.cast
    one = attach_file(office.liaison, case, came(), version=1)
    for reader in (cast.officer, cast.donor, office.liaison):
        assert document_file(reader, one) == ("licence 12-3.pdf", b"%PDF-1.7 a licence")
    [row] = documents_of(cast.officer, case)
    assert (row.kind, row.came, row.made_on, row.stale, row.unknown) == (CameKind.LICENCE, True, date(2026, 2, 9), (), ())
    assert row.sha256 == hashlib.sha256(b"%PDF-1.7 a licence").hexdigest()
    with pytest.raises(NotThere):
        document_file(cast.other_donor, one)
    release_to(cast.officer, "clearance.LicenceCase", case, [cast.other_donor.organisation], reason="they help")
    assert document_file(cast.other_donor, one)[1] == b"%PDF-1.7 a licence"
    closed = attach_file(cast.officer, case, came(marking=Marking.AMBER_STRICT), version=1)
    assert [row.id for row in documents_of(cast.donor, case)] == [one], "what is marked closer stays with who attached it"
    assert {row.id for row in documents_of(cast.officer, case)} == {one, closed}


def test_a_signed_statement_tells_its_day_and_what_is_none_is_refused(office: Office) -> None:
    case, cast = opened(office), office.cast
    assert signatures_of(cast.officer, [office.gateways]) == {}
    attach_file(office.liaison, case, came(CameKind.SIGNED, signed_on=date(2026, 2, 3)), version=1)
    attach_file(office.liaison, case, came(CameKind.SIGNED, signed_on=date(2026, 2, 5)), version=1)
    attach_file(office.liaison, case, came(CameKind.SIGNED, signed_on=date(2026, 1, 5)), version=1)
    assert signatures_of(cast.officer, [office.gateways]) == {office.gateways: date(2026, 2, 5)}
    assert signatures_of(cast.other_donor, [office.gateways]) == {}
    for odd, says in (
        ({"data": b""}, "empty"),
        ({"kind": CameKind.SIGNED}, "on which day the statement was signed"),
        ({"signed_on": date(2026, 2, 1)}, "belongs to a signed"),
        ({"on": date(2026, 2, 11)}, "still to come"),
        ({"data": b"x" * (25 * 1024 * 1024 + 1)}, "larger than 25 MB"),
    ):
        with pytest.raises(Refused, match=says):
            attach_file(office.liaison, case, came(**odd), version=1)  # type: ignore[arg-type]  # each case names real fields
    with pytest.raises(NotForRole):
        attach_file(cast.donor, case, came())


def test_a_file_is_undone_taken_away_and_let_go_of_when_words_of_its_case_are_erased(office: Office) -> None:
    case, cast = opened(office), office.cast
    attach_file(office.liaison, case, came(), version=1)
    undo(office.liaison, last_act(), reason="the wrong case")
    assert documents_of(cast.officer, case) == ()
    one = attach_file(office.liaison, case, came(), version=1)
    with pytest.raises(Refused, match="Another organisation"):
        detach_file(cast.officer, one, reason="not ours")
    detach_file(office.liaison, one, version=1, reason="the wrong case")
    undo(office.liaison, last_act(), reason="it was the right one")
    assert document_file(cast.officer, one)[1] == b"%PDF-1.7 a licence"
    place = originals.place_of(came_store(current()), hashlib.sha256(b"%PDF-1.7 a licence").hexdigest())
    assert place.is_file()
    erase_cases(cast.officer, [office.gateways], reason="asked for")
    assert not place.exists() and documents_of(cast.officer, case)[0].erased
    with pytest.raises(Refused, match="not kept any more"):
        document_file(cast.officer, one)


def test_files_go_in_and_out_by_page_and_by_program(office: Office) -> None:
    case = opened(office)
    browser = signed_in(office.liaison)
    sent = SimpleUploadedFile("letter of 9 February.pdf", b"%PDF-1.7 a letter")
    told = {"version": "1", "kind": "authority-letter", "marking": "2", "on": "2026-02-09", "signed_on": "", "file": sent}
    assert browser.post(reverse("clearance.attach_file", args=[case]), told).status_code == 302
    page = browser.get(reverse("clearance.case", args=[case])).content.decode()
    assert "Letter of the authority" in page and "letter of 9 February.pdf" in page
    program = program_of("drill", "liaison", account_on(office.liaison))
    where = f"/api/v1/licence-cases/{case}/files?kind=signed-end-use&signed_on=2026-02-05&name=statement.pdf"
    made = Client().generic("POST", where, b"%PDF-1.7 signed", content_type="application/octet-stream", headers=program.headers)
    assert made.status_code == 200, made.content
    rows = json.loads(program.ask("GET", f"/licence-cases/{case}/papers").content)["items"]
    [row] = [one for one in rows if one["kind"] == "signed-end-use"]
    assert (row["signed_on"], row["name"], row["came"]) == ("2026-02-05", "statement.pdf", True)
    answer = browser.get(reverse("clearance.paper", args=[row["id"]]))
    assert (answer.content, answer.headers["Content-Type"]) == (b"%PDF-1.7 signed", "application/octet-stream")
    gone = {"version": str(row["version"]), "reason": "the wrong case"}
    assert browser.post(reverse("clearance.detach_file", args=[row["id"]]), gone).status_code == 302
    assert len(documents_of(office.liaison, case)) == 1


def test_a_reminder_goes_to_whoever_has_to_move_and_tells_since_when_it_waits(office: Office) -> None:
    case = open_case(office.cast.officer, office.gateways, "EE", "Strategic Goods Commission", on=date(2026, 1, 10), reason="offered")
    with pytest.raises(Refused, match="somebody else's move"):
        make_document(office.liaison, case, PaperKind.REMINDER, "et")
    for state, day in ((S.CANDIDATE, date(2026, 1, 12)), (S.LICENCE_REQUIRED, date(2026, 1, 14))):
        move_case(office.liaison, case, Move(state=state, on=day), reason="they ask for form 7")
    giver = text_of(document_file(office.liaison, make_document(office.liaison, case, PaperKind.GIVER_REMINDER, "uk"))[1])
    assert "14 Jan 2026" in giver and "14 січ. 2026" in giver and "they ask for form 7" in giver
    with pytest.raises(Refused, match="somebody else's move"):
        make_document(office.liaison, case, PaperKind.REMINDER, "et")
    move_case(office.liaison, case, Move(state=S.APPLIED, on=date(2026, 1, 15)), reason="sent")
    describe_case(office.liaison, case, Description(authority="Strategic Goods Commission", term_days=30, term_source="its web page"))
    made = make_document(office.liaison, case, PaperKind.REMINDER, "et")
    told = text_of(document_file(office.cast.officer, made)[1])
    assert "15 Jan 2026" in told and "30 · its web page" in told and "Meeldetuletus" not in told
    assert "____ [not known: Answer wanted by]" in told
    row = documents_of(office.liaison, case)[0]
    assert (row.id, row.stale, "asked_again" in row.unknown) == (made, (), False)
    chase_case(office.liaison, case, None, reason="called them")
    assert documents_of(office.liaison, case)[0].stale == ("asked_again",), "a call is told by the next reminder"
    move_case(office.liaison, case, Move(state=S.GRANTED), reason="letter 5")
    assert documents_of(office.liaison, case)[0].stale == ("waiting_since",)
