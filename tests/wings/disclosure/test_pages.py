"""The pages and routes of reports, as browsers and programs of the cast get them."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse

from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.disclosure.conftest import Table


def test_an_officer_makes_looks_at_issues_and_recalls_a_report_in_the_browser(table: Table) -> None:
    officer, donor = signed_in(table.cast.officer), signed_in(table.cast.donor)
    assert "Whom is it for?" in officer.get(reverse("disclosure.list")).content.decode()
    assert "Whom is it for?" not in donor.get(reverse("disclosure.list")).content.decode()
    assert officer.post(reverse("disclosure.make"), {"audience": "nobody", "language": "en"}).status_code == 409
    assert officer.post(reverse("disclosure.make"), {"audience": "own", "language": "tlh"}).status_code == 409
    form = {"audience": str(table.cast.donor.organisation), "language": "en"}
    where = officer.post(reverse("disclosure.make"), form).headers["Location"]
    draft = officer.get(where).content.decode()
    assert "Issue the report" in draft and "VPN gateways" in draft and "secret laptops" not in draft
    assert donor.get(where).status_code == 404
    assert officer.post(f"{where}issue/", {"version": "9"}).status_code == 409
    assert officer.post(f"{where}issue/", {"version": "1"}).status_code == 302
    issued = donor.get(where).content.decode()
    assert "Situation report No. 1" in issued and "Recall the report" not in issued
    answer = donor.get(f"{where}pdf/")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="situation-report-1-2026-02-10.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert officer.post(f"{where}recall/", {"version": "2", "reason": "wrong"}).status_code == 302
    assert "This report was recalled." in donor.get(where).content.decode()
    assert donor.get(f"{where}pdf/").status_code == 409


def test_a_draft_is_made_anew_in_another_language_or_dropped(table: Table) -> None:
    officer = signed_in(table.cast.officer)
    where = officer.post(reverse("disclosure.make"), {"audience": "mechanism", "language": "en"}).headers["Location"]
    assert officer.post(f"{where}renew/", {"version": "1", "language": "uk"}).status_code == 302
    assert "Ситуаційний звіт" in officer.get(where).content.decode()
    assert officer.post(f"{where}drop/", {"version": "2"}).status_code == 302
    assert officer.get(where).status_code == 404


def test_programs_make_issue_and_fetch_a_report(table: Table) -> None:
    program = program_of("drill", "officer", account_on(table.cast.officer))

    def asked(method: str, path: str, body: object = None) -> Any:
        return json.loads(program.ask(method, path, body).content)

    donor = str(table.cast.donor.organisation)
    report = asked("POST", "/reports", {"kind": "organisation", "organisation": donor})["id"]
    assert asked("POST", f"/reports/{report}/issue", {"version": 1}) == {"number": 1}
    told = asked("GET", f"/reports/{report}")
    assert told["report"]["marking"] == "TLP:AMBER" and told["report"]["number"] == 1
    needs = next(one for one in told["sections"] if one["heading"] == "Needs")["tables"][0]
    assert [row[1:3] for row in needs["rows"]] == [["VPN gateways", "20"]]
    assert program.ask("GET", f"/reports/{report}/xlsx").content.startswith(b"PK")
    assert [one["id"] for one in asked("GET", f"/reports?audience={donor}")["items"]] == [report]
    assert program.ask("POST", f"/reports/{report}/issue", {"version": 2}).status_code == 409
