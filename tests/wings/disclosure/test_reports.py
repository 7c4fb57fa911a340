"""Reports as acts: whom they show what, how they are numbered, what happens between a draft and its issue."""

from __future__ import annotations

import io
import json
from uuid import UUID

import docx
import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from sild.formats.report_paper import paper_as_data
from sild.kernel.refusals import NotForRole, NotThere, Refused
from sild.values.marking import Marking
from sild.wings.disclosure.actions import drop_report, issue_report, make_report, recall_report, renew_report
from sild.wings.disclosure.reads import list_reports, report_file, report_record
from sild.wings.disclosure.rules import LONGEST_SUMMARY, AudienceKind, ReportState
from sild.wings.intake.public import held_on
from sild.wings.register.public import NeedState, rule_gate
from tests.wings.disclosure.conftest import Table

HIDDEN = ("secret laptops", "A quiet court", "hidden tablets", "Kestrel")


def issued(table: Table, kind: AudienceKind, organisation: UUID | None = None, *, language: str = "en") -> UUID:
    """A report that was made and issued by the officer."""
    report = make_report(table.cast.officer, kind, organisation, language=language)
    issue_report(table.cast.officer, report, reason="for the meeting")
    return report


def words_of(table: Table, report: UUID) -> str:
    """Everything that stands in any of a report's files."""
    _name, _kind, data = report_file(table.cast.officer, report, "docx")
    document = docx.Document(io.BytesIO(data))
    said = [one.text for one in document.paragraphs]
    said += [cell.text for one in document.tables for row in one.rows for cell in row.cells]
    _name, _kind, data = report_file(table.cast.officer, report, "xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    said += [str(value) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for value in row]
    _name, _kind, data = report_file(table.cast.officer, report, "pdf")
    said += [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    return "\n".join(said)


def test_what_an_organisation_may_not_see_stands_nowhere_in_its_report_and_in_none_of_its_counts(table: Table) -> None:
    officer = table.cast.officer
    own = report_record(officer, make_report(officer, AudienceKind.OWN))
    assert own.paper is not None
    assert "secret laptops" in json.dumps(paper_as_data(own.paper))
    report = issued(table, AudienceKind.ORGANISATION, table.cast.donor.organisation)
    said = words_of(table, report)
    assert "VPN gateways" in said
    assert not [word for word in HIDDEN if word in said]
    record = report_record(officer, report)
    assert "Open needs: 1;" in record.summary
    assert record.row.marking == Marking.AMBER


def test_a_report_for_a_company_without_business_tells_of_nothing(table: Table) -> None:
    said = words_of(table, issued(table, AudienceKind.ORGANISATION, table.cast.seller.organisation))
    assert "VPN gateways" not in said
    assert "No need stands in this report." in said
    assert "Open needs: 0;" in said


def test_a_report_for_all_tells_what_the_offices_and_all_donors_see(table: Table) -> None:
    said = words_of(table, issued(table, AudienceKind.MECHANISM))
    assert "VPN gateways" in said
    assert not [word for word in HIDDEN if word in said]
    # the agreement is shown to Estonia and to those who asked, not to the other donor
    assert "Estonia" not in said.replace("Estonia's donor desk", "")


def test_numbers_count_the_reports_of_one_audience_alone(table: Table) -> None:
    officer, donor = table.cast.officer, table.cast.donor
    issued(table, AudienceKind.OWN)
    issued(table, AudienceKind.ORGANISATION, table.cast.other_donor.organisation)
    first = issued(table, AudienceKind.ORGANISATION, donor.organisation)
    second = issued(table, AudienceKind.ORGANISATION, donor.organisation)
    assert [report_record(officer, one).row.number for one in (first, second)] == [1, 2]
    rows, _after = list_reports(donor)
    assert [row.number for row in rows] == [2, 1]


def test_a_draft_is_seen_by_its_makers_alone_and_an_issued_one_by_its_audience(table: Table) -> None:
    cast = table.cast
    report = make_report(cast.officer, AudienceKind.ORGANISATION, cast.donor.organisation)
    with pytest.raises(NotThere):
        report_record(cast.donor, report)
    issue_report(cast.officer, report, reason="for the meeting")
    assert report_record(cast.donor, report).row.state == ReportState.ISSUED
    for other in (cast.other_donor, cast.asker, cast.authority, cast.outsider):
        with pytest.raises(NotThere):
            report_record(other, report)


def test_what_changed_since_the_draft_stops_it_until_it_is_made_anew(table: Table) -> None:
    cast = table.cast
    issued(table, AudienceKind.ORGANISATION, cast.donor.organisation)
    report = make_report(cast.officer, AudienceKind.ORGANISATION, cast.donor.organisation)
    assert "Nothing changed since the last report." in report_record(cast.officer, report).summary
    for gate, actor in ((NeedState.TECHNICAL_REVIEW, cast.technical), (NeedState.INTERAGENCY_REVIEW, cast.interagency)):
        rule_gate(actor, table.hidden, gate, True, reason="it is needed")
    with pytest.raises(Refused, match="changed since this draft"):
        issue_report(cast.officer, report, reason="for the meeting")
    renew_report(cast.officer, report)
    issue_report(cast.officer, report, reason="for the meeting")
    record = report_record(cast.officer, report)
    assert record.row.number == 2
    assert "1 new" in record.summary
    assert "Need: “secret laptops” (A quiet court): new. 5 laptops; endorsed." in words_of(table, report)


def test_what_was_issued_stays_word_for_word_whatever_happens_later(table: Table) -> None:
    cast = table.cast
    report = issued(table, AudienceKind.OWN)
    before = [report_file(cast.officer, report, form)[2] for form in ("docx", "pdf", "xlsx")]
    for gate, actor in ((NeedState.TECHNICAL_REVIEW, cast.technical), (NeedState.INTERAGENCY_REVIEW, cast.interagency)):
        rule_gate(actor, table.hidden, gate, True, reason="it is needed")
    assert [report_file(cast.officer, report, form)[2] for form in ("docx", "pdf", "xlsx")] == before
    with pytest.raises(Refused, match="not a draft"):
        renew_report(cast.officer, report)
    with pytest.raises(Refused, match="not a draft"):
        drop_report(cast.officer, report)


def test_a_recall_leaves_a_stub_with_its_reason_and_its_number(table: Table) -> None:
    cast = table.cast
    report = issued(table, AudienceKind.ORGANISATION, cast.donor.organisation)
    with pytest.raises(Refused, match="Say why"):
        recall_report(cast.officer, report, reason=" ")
    recall_report(cast.officer, report, reason="the quantity was wrong")
    stub = report_record(cast.donor, report)
    assert (stub.row.number, stub.recalled_why, stub.paper, stub.summary) == (1, "the quantity was wrong", None, "")
    with pytest.raises(Refused, match="recalled"):
        report_file(cast.donor, report, "pdf")
    again = issued(table, AudienceKind.ORGANISATION, cast.donor.organisation)
    assert report_record(cast.officer, again).row.number == 2


def test_a_report_in_ukrainian_is_ukrainian_and_its_summary_fits(table: Table) -> None:
    report = issued(table, AudienceKind.OWN, language="uk")
    record = report_record(table.cast.officer, report)
    assert "Ситуаційний звіт № 1" in record.summary
    assert len(record.summary) <= LONGEST_SUMMARY
    assert record.summary.startswith("[TLP:AMBER+STRICT]")


def test_none_but_officers_make_reports(table: Table) -> None:
    for actor in (table.cast.donor, table.cast.authority, table.cast.technical, table.cast.seller):
        with pytest.raises(NotForRole):
            make_report(actor, AudienceKind.OWN)
    with pytest.raises(NotThere):
        make_report(table.cast.officer, AudienceKind.ORGANISATION, table.need)


def test_what_is_held_on_a_person_names_the_reports_in_which_their_words_stand(table: Table) -> None:
    report = issued(table, AudienceKind.OWN)
    [told] = held_on(table.cast.officer, ["branch gateways", "VPN gateways"])["reports"]
    assert (told["number"], told["state"]) == (1, "issued") and "VPN gateways" in told["texts"]
    assert all("gateways" in text for text in told["texts"]) and not any(text.startswith("<svg") for text in told["texts"])
    assert held_on(table.cast.donor, ["VPN gateways"])["reports"] == [], "a report is its maker's to hand out"
    assert held_on(table.cast.officer, ["nobody of this name"])["reports"] == []
    recall_report(table.cast.officer, report, reason="Olena Petrenko asked for it")
    assert held_on(table.cast.officer, ["petrenko"])["reports"][0]["texts"] == ["Olena Petrenko asked for it"]
