"""Reports and what they tell: what is closed or erased later is closed and erased in them, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from sild.kernel.actor import acting
from sild.kernel.closing import raise_marking
from sild.kernel.home import Home
from sild.kernel.refusals import NotThere
from sild.postgres.supervisor import Server
from sild.values.marking import Marking
from sild.wings.disclosure.actions import issue_report, make_report
from sild.wings.disclosure.models import Report
from sild.wings.disclosure.reads import list_reports, report_file, report_record
from sild.wings.disclosure.rules import AudienceKind
from sild.wings.intake.public import erase_person
from tests.cast import Cast
from tests.keeping import faults_of_inheritance
from tests.wings.disclosure.conftest import Table
from tests.wings.intake.test_closing import closed
from tests.wings.intake.test_run import inbox, run  # noqa: F401 - the fixture is used by its name


def test_a_report_that_tells_of_what_moves_into_a_compartment_is_closed_into_it(
    cast: Cast,
    home: Home,
    inbox: Path,  # noqa: F811
    server: Server,
) -> None:
    run(cast, home, inbox)
    report = make_report(cast.officer, AudienceKind.OWN)
    issue_report(cast.officer, report, reason="for the meeting")
    inside, _told = closed(cast, "generators.eml")
    assert list_reports(cast.deputy)[0] == []
    with acting(inside):
        assert Report.objects.get().id == report
    assert faults_of_inheritance(server) == []


def test_a_need_that_is_closed_closes_the_reports_that_tell_of_it(table: Table, server: Server) -> None:
    cast = table.cast
    report = make_report(cast.officer, AudienceKind.ORGANISATION, cast.donor.organisation)
    issue_report(cast.officer, report, reason="for the meeting")
    raise_marking(cast.officer, "register.Need", table.need, Marking.AMBER_STRICT, reason="it names a site")
    with pytest.raises(NotThere):
        report_record(cast.donor, report)
    assert report_record(cast.officer, report).row.marking == Marking.AMBER_STRICT
    assert faults_of_inheritance(server) == []


def test_words_of_a_person_that_are_erased_leave_the_reports_and_their_files(table: Table) -> None:
    officer = table.cast.officer
    report = make_report(officer, AudienceKind.OWN)
    issue_report(officer, report, reason="for the meeting")
    before = report_record(officer, report)
    erase_person(officer, ["VPN gateways"], reason="they asked for it")
    after = report_record(officer, report)
    assert before.digest != after.digest
    assert "VPN gateways" in str(before.paper) and "VPN gateways" not in str(after.paper)
    assert report_file(officer, report, "pdf")[2].startswith(b"%PDF")
