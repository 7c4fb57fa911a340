"""Cases are opened by who has the line, moved by the liaison, seen by the giver, and go where their line goes."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

import pytest

from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.closing import raise_marking
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.clearance.actions import (
    Description,
    Move,
    chase_case,
    describe_case,
    erase_cases,
    move_case,
    move_cases,
    open_case,
)
from sild.wings.clearance.models import LicenceCase
from sild.wings.clearance.reads import CaseFilter, case_board, case_record, licence_stands, past_routes
from sild.wings.clearance.rules import CaseState, control_list
from sild.wings.planning.public import make_plan
from sild.wings.register.public import accept_line, mend_line
from tests.wings.clearance.conftest import Office

S = CaseState
TODAY = date(2026, 2, 10)


def opened(office: Office, jurisdiction: str = "EE", *, on: date | None = date(2026, 1, 10)) -> uuid.UUID:
    return open_case(office.cast.officer, office.gateways, jurisdiction, "Strategic Goods Commission", on=on, reason="offered")


def moved(office: Office, case: uuid.UUID, *way: tuple[CaseState, date]) -> None:
    for state, day in way:
        move_case(office.liaison, case, Move(state=state, on=day), reason="they said so")


def test_a_case_goes_its_whole_way_and_the_liaison_alone_moves_it(office: Office) -> None:
    case = opened(office)
    assert opened(office) == case
    with pytest.raises(NotForRole):
        move_case(office.cast.officer, case, Move(state=S.CANDIDATE), reason="looks like it")
    moved(office, case, (S.CANDIDATE, date(2026, 1, 12)), (S.LICENCE_REQUIRED, date(2026, 1, 14)), (S.APPLIED, date(2026, 1, 15)))
    told = Move(state=S.GRANTED, on=date(2026, 2, 4), conditions=["civil use", " "], expires_on=date(2027, 2, 4))
    move_case(office.liaison, case, told, reason="letter 12-3")
    seen = case_record(office.cast.officer, case)
    assert (seen.row.state, seen.conditions, seen.row.expires_on) == ("granted", ("civil use",), date(2027, 2, 4))
    assert [step.state for step in seen.steps] == ["not-assessed", "candidate-controlled", "licence-required", "applied", "granted"]
    [route] = past_routes(office.liaison)
    assert (route.median, route.granted, route.planned_with, route.rows[0].case) == (20.0, 1, False, case)


@pytest.mark.parametrize(
    ("move", "words"),
    [
        (Move(state=S.GRANTED), "does not come to “granted”"),
        (Move(state=S.CANDIDATE, on=date(2026, 2, 11)), "still to come"),
        (Move(state=S.CANDIDATE, on=date(2026, 1, 1)), "nothing is put before"),
        (Move(state=S.CANDIDATE, on=date(2026, 2, 1), due_on=date(2026, 1, 20)), "due before"),
        (Move(state=S.CANDIDATE, expires_on=date(2026, 9, 1)), "granted expires"),
        (Move(state=S.CANDIDATE, conditions=["none"]), "Conditions belong"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(office: Office, move: Move, words: str) -> None:
    case = opened(office)
    with pytest.raises(Refused, match=words):
        move_case(office.liaison, case, move, reason="because")
    assert len(case_record(office.liaison, case).steps) == 1


def test_a_move_needs_a_reason_and_the_version_that_was_read(office: Office) -> None:
    case = opened(office)
    with pytest.raises(Refused, match="few words"):
        move_case(office.liaison, case, Move(state=S.CANDIDATE), reason=" ")
    move_case(office.liaison, case, Move(state=S.CANDIDATE), version=1, reason="a gateway with encryption")
    with pytest.raises(Stale):
        move_case(office.liaison, case, Move(state=S.LIKELY_NONE), version=1, reason="no")


def test_the_liaison_takes_a_move_back(office: Office) -> None:
    case = opened(office)
    moved(office, case, (S.CANDIDATE, TODAY))
    act = last_act()
    assert act is not None
    undo(office.liaison, act, reason="the wrong line")
    seen = case_record(office.liaison, case)
    assert (seen.row.state, len(seen.steps)) == ("not-assessed", 1)


def test_only_lines_of_offers_have_cases_and_their_owner_opens_them(office: Office) -> None:
    with pytest.raises(Refused, match="offer"):
        open_case(office.cast.officer, office.asked, "EE", reason="asked")
    for unknown in ("XX", "ß", "EU", "", "Estonia"):
        with pytest.raises(Refused, match="names no state"):
            open_case(office.cast.officer, office.gateways, unknown, reason="x")
    with pytest.raises(NotThere):
        open_case(office.liaison, office.gateways, "EE", reason="I do not see the line")


def test_the_giver_and_the_back_office_see_the_case_and_others_do_not(office: Office) -> None:
    case = opened(office)
    for actor in (office.cast.officer, office.liaison, office.cast.donor):
        assert case_board(actor, CaseFilter()).count == 1, actor.name
    for actor in (office.cast.seller, office.cast.other_donor, office.cast.asker, office.cast.outsider):
        assert not case_board(actor, CaseFilter()).any, actor.name
        with pytest.raises(NotThere):
            case_record(actor, case)
    raise_marking(office.cast.officer, "register.Line", office.gateways, Marking.RED, reason="told to us alone")
    with pytest.raises(NotThere):
        case_record(office.liaison, case)


def test_a_case_says_what_its_line_says_and_goes_to_whoever_gives_it(office: Office) -> None:
    case = opened(office)
    mend_line(office.cast.officer, office.gateways, None, {"provider": "Latvia", "quantity": "25"}, reason="read wrongly")
    assert case_record(office.cast.other_donor, case).row.quantity == 25
    with pytest.raises(NotThere):
        case_record(office.cast.donor, case)


def test_the_board_puts_the_overdue_first_and_filters_by_whose_move_it_is(office: Office) -> None:
    late, early = opened(office, "EE"), opened(office, "US")
    moved(office, early, (S.CANDIDATE, date(2026, 1, 11)))
    moved(office, late, (S.CANDIDATE, date(2026, 1, 20)))
    chase_case(office.cast.officer, early, date(2026, 3, 1), reason="called")
    move_case(office.liaison, late, Move(state=S.ENQUIRY_SENT, on=date(2026, 1, 22), due_on=date(2026, 2, 1)), reason="sent")
    board = case_board(office.liaison, CaseFilter())
    assert [(lane.state, len(lane.rows)) for lane in board.lanes] == [(S.CANDIDATE, 1), (S.ENQUIRY_SENT, 1)]
    assert (board.late, case_board(office.liaison, CaseFilter(late=True)).count) == (1, 1)
    assert case_board(office.liaison, CaseFilter(mover="authority")).lanes[0].rows[0].id == late


def test_a_description_keeps_which_entries_were_looked_at_and_who_said_how_long(office: Office) -> None:
    case = opened(office)
    describe_case(office.liaison, case, Description(authority="SGC", term_days=30, term_source="their page", entries=["5a002"]))
    seen = case_record(office.liaison, case)
    assert (seen.row.authority, seen.term_days, [entry.code for entry in seen.entries]) == ("SGC", 30, ["5A002"])
    for told in (Description(entries=["no-such"]), Description(term_days=30), Description(term_days=0, term_source="x")):
        with pytest.raises(Refused):
            describe_case(office.liaison, case, told)


def test_a_plan_waits_for_the_licence_as_long_as_the_authority_says_and_takes_nothing_that_was_denied(office: Office) -> None:
    for line in (office.asked, office.gateways):
        accept_line(office.cast.officer, line, reason="read rightly")
    case = opened(office)
    moved(office, case, (S.CANDIDATE, date(2026, 1, 12)), (S.LICENCE_REQUIRED, date(2026, 1, 12)), (S.APPLIED, date(2026, 1, 31)))
    describe_case(office.liaison, case, Description(term_days=60, term_source="their letter"))
    [[stand]] = licence_stands(office.cast.run, TODAY).values()
    assert (stand.state, stand.lead) == ("pending", 2)
    first = make_plan(office.cast.run, TODAY)
    assert {match["month"] for match in first.answer["matches"]} == {"2026-04"}
    moved(office, case, (S.DENIED, TODAY))
    second = make_plan(office.cast.run, TODAY)
    assert (second.fresh, second.answer["matches"]) == (True, [])


def test_a_plan_counts_on_what_three_answered_cases_took(office: Office) -> None:
    for line in (office.asked, office.gateways):
        accept_line(office.cast.officer, line, reason="read rightly")
    case = opened(office, on=date(2025, 6, 1))
    moved(office, case, (S.CANDIDATE, date(2025, 6, 1)), (S.LICENCE_REQUIRED, date(2025, 6, 1)))
    moved(office, case, (S.APPLIED, date(2025, 6, 1)), (S.DENIED, date(2025, 7, 11)))
    moved(office, case, (S.APPLIED, date(2025, 8, 1)), (S.GRANTED, date(2025, 9, 20)), (S.APPLIED, date(2025, 10, 1)))
    [[few]] = licence_stands(office.cast.run, TODAY).values()
    assert (few.state, few.lead, few.routes) == ("pending", None, ())
    moved(office, case, (S.GRANTED, date(2025, 11, 30)), (S.APPLIED, date(2026, 1, 31)))
    [[stand]] = licence_stands(office.cast.run, TODAY).values()
    assert (stand.routes, stand.waited, stand.lead) == ((40, 50, 60), 10, 2)
    made = make_plan(office.cast.run, TODAY)
    assert made.findings == () and {match["month"] for match in made.answer["matches"]} == {"2026-04"}


def test_a_case_goes_into_the_compartment_with_its_line(office: Office) -> None:
    case, room, inside = opened(office), uuid.uuid4(), uuid.uuid4()
    insider = replace(office.cast.officer, compartments=frozenset({room}))
    assert move_cases(insider, {office.gateways: inside}, room) == 1
    for actor in (office.cast.officer, office.liaison, office.cast.donor):
        assert not case_board(actor, CaseFilter()).any
        with pytest.raises(NotThere):
            case_record(actor, case)
    with acting(insider):
        [moved_case] = LicenceCase.objects.all()
    assert (moved_case.line_id, moved_case.releasable_to) == (inside, [])
    assert moved_case.id != case


def test_erasing_takes_the_words_and_leaves_the_way(office: Office) -> None:
    case = opened(office)
    moved(office, case, (S.CANDIDATE, date(2026, 1, 12)))
    assert erase_cases(office.cast.officer, [office.gateways], reason="asked to") == [case]
    with acting(office.cast.officer):
        kept = LicenceCase.objects.get(id=case)
    assert (kept.item, kept.provider, [step["reason"] for step in kept.steps]) == ("", "", ["", ""])
    assert (kept.state, [step["on"] for step in kept.steps]) == ("candidate-controlled", ["2026-01-10", "2026-01-12"])


def test_two_cases_of_one_line_run_beside_each_other_each_with_its_own_clock(office: Office) -> None:
    here, there = opened(office, "EE"), opened(office, "US")
    way = ((S.CANDIDATE, 11), (S.LICENCE_REQUIRED, 12))
    for case in (here, there):
        moved(office, case, *((state, date(2026, 1, day)) for state, day in way))
    moved(office, here, (S.APPLIED, date(2026, 1, 13)), (S.INFORMATION_REQUESTED, date(2026, 1, 20)))
    moved(office, there, (S.APPLIED, date(2026, 1, 31)))
    first, second = (case_record(office.liaison, case).clocks for case in (here, there))
    assert (first.authority, first.paused, first.running, first.is_paused) == (7, 21, False, True)
    assert (second.authority, second.paused, second.running, second.is_paused) == (10, 0, True, False)
    moved(office, here, (S.APPLIED, date(2026, 2, 5)))
    first, second = (case_record(office.liaison, case).clocks for case in (here, there))
    assert (first.authority, first.paused, first.running) == (12, 16, True), "its clock goes on where it stood"
    assert (second.authority, second.paused, second.running) == (10, 0, True)


def test_a_case_says_that_the_list_is_newer_than_when_it_was_looked_at(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case = opened(office)
    assert not case_record(office.liaison, case).list_is_newer, "nobody has looked at the list yet"
    entry = control_list().entries[0].id
    describe_case(office.liaison, case, Description(entries=[entry]), reason="looked at")
    assert not case_record(office.liaison, case).list_is_newer
    later = replace(control_list(), version="2027-01-01")
    monkeypatch.setattr("sild.wings.clearance.reads.cases.control_list", lambda: later)
    seen = case_record(office.cast.officer, case)
    assert seen.list_is_newer and seen.entries_version == control_list().version
