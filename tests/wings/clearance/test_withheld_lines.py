"""From whom people keep a line, its licence cases are kept too, with their papers, and what the line's organisation said beside it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sild.kernel.action import last_act
from sild.kernel.actor import Actor, acting
from sild.kernel.grants import recall_release, release_to
from sild.kernel.undo import undo
from sild.wings.clearance.actions import CameFile, Raised, attach_file, object_in_case, open_case, raise_objection
from sild.wings.clearance.models import CaseDocument, LicenceCase, Objection
from sild.wings.clearance.rules import Ground, Severity
from sild.wings.clearance.rules.came import CameKind
from sild.wings.register.public import mend_line
from tests.wings.clearance.conftest import Office

LINE, CASE = "register.Line", "clearance.LicenceCase"
CONCERN = Raised(ground=Ground.OTHER, severity=Severity.CONCERN)


def seen(actor: Actor, *objections: UUID) -> tuple[list[str], int, int]:
    """The jurisdictions of the cases that an actor sees, how many papers, and how many of these objections."""
    with acting(actor):
        cases = sorted(LicenceCase.objects.values_list("jurisdiction", flat=True))
        return cases, CaseDocument.objects.count(), Objection.objects.filter(id__in=objections).count()


def opened(office: Office, jurisdiction: str) -> UUID:
    return open_case(office.cast.officer, office.gateways, jurisdiction, on=date(2026, 1, 10), reason="offered")


def test_who_is_kept_from_a_line_is_kept_from_its_cases_and_from_what_is_said_beside_it(office: Office) -> None:
    officer, donor = office.cast.officer, office.cast.donor
    case = opened(office, "EE")
    attach_file(officer, case, CameFile(kind=CameKind.LETTER, name="letter.pdf", data=b"%PDF-1.4 a letter"))
    ours = raise_objection(officer, office.gateways, CONCERN, reason="we ask first")
    theirs = object_in_case(donor, case, CONCERN, reason="not before March")
    assert seen(donor, ours, theirs) == seen(office.liaison, ours, theirs) == (["EE"], 1, 2)
    recall_release(officer, LINE, office.gateways, [donor.organisation], reason="its ministry is not to know")
    assert seen(donor, ours, theirs) == ([], 0, 1), "their own word stays theirs"
    assert seen(office.liaison, ours, theirs) == (["EE"], 1, 2)
    opened(office, "DE")
    raise_objection(officer, office.gateways, CONCERN, reason="of later")
    mend_line(officer, office.gateways, None, {"quantity": "25"}, reason="read wrongly")
    assert seen(donor, ours, theirs) == ([], 0, 1), "neither what comes later nor a later change shows it"


def test_a_case_may_be_released_by_itself_and_all_come_back_when_the_line_does(office: Office) -> None:
    officer, donor = office.cast.officer, office.cast.donor
    case = opened(office, "EE")
    opened(office, "DE")
    recall_release(officer, LINE, office.gateways, [donor.organisation], reason="its ministry is not to know")
    release_to(officer, CASE, case, [donor.organisation], reason="the Estonian one they may know")
    assert seen(donor)[0] == ["EE"]
    release_to(officer, LINE, office.gateways, [donor.organisation], reason="they know by now")
    assert seen(donor)[0] == ["DE", "EE"]
    recall_release(officer, CASE, case, [donor.organisation], reason="not this one")
    assert seen(donor)[0] == ["DE"]


def test_a_case_of_a_withheld_line_that_is_undone_and_opened_anew_is_withheld(office: Office) -> None:
    officer, donor = office.cast.officer, office.cast.donor
    recall_release(officer, LINE, office.gateways, [donor.organisation], reason="its ministry is not to know")
    opened(office, "EE")
    act = last_act()
    assert act is not None
    undo(officer, act, reason="another state")
    opened(office, "EE")
    assert seen(donor)[0] == []
