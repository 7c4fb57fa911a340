"""The way of a licence case, its clocks, and what the list of entries proposes: pure rules."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from sild.wings.clearance.reads.stands import LicenceStand, taken_together
from sild.wings.clearance.reads.suggesting import candidates_of
from sild.wings.clearance.rules import (
    CASE_MOVES,
    MOVER_OF,
    OPEN_STATES,
    CaseState,
    Mover,
    Step,
    answered_rounds,
    clocks_of,
    control_list,
    median_days,
    months_left,
    moves_from,
)

S = CaseState
FIRST = date(2026, 1, 5)


def steps(*told: tuple[int, CaseState]) -> tuple[Step, ...]:
    """Moves by the day (days after FIRST) on which the case came into a state."""
    before = ["", *(state for _day, state in told)]
    return tuple(
        Step(on=FIRST + timedelta(days=day), before=before[place], state=state, by="somebody", reason="because")
        for place, (day, state) in enumerate(told)
    )


def test_every_state_is_reached_from_the_first_and_has_somebody_or_nobody_to_move() -> None:
    reached, front = {S.NOT_ASSESSED}, {S.NOT_ASSESSED}
    while front:
        front = {onward for state in front for onward in CASE_MOVES[state]} - reached
        reached |= front
    assert reached == set(S) == set(MOVER_OF) == set(CASE_MOVES)
    assert {state for state in S if MOVER_OF[state] != Mover.NOBODY} == OPEN_STATES


def test_no_state_leads_to_a_grant_but_an_application() -> None:
    assert {state for state in S if S.GRANTED in CASE_MOVES[state]} == {S.APPLIED, S.INFORMATION_REQUESTED}


def test_an_enquiry_that_waits_for_information_is_not_granted() -> None:
    assert S.GRANTED not in moves_from(S.INFORMATION_REQUESTED, (S.CANDIDATE, S.ENQUIRY_SENT, S.INFORMATION_REQUESTED))
    assert S.ENQUIRY_SENT not in moves_from(S.INFORMATION_REQUESTED, (S.LICENCE_REQUIRED, S.APPLIED, S.INFORMATION_REQUESTED))


def test_the_clock_of_the_authority_stands_still_while_it_waits_for_information() -> None:
    told = steps((0, S.NOT_ASSESSED), (2, S.CANDIDATE), (5, S.APPLIED), (15, S.INFORMATION_REQUESTED), (25, S.APPLIED))
    clocks = clocks_of(told, FIRST + timedelta(days=30))
    assert (clocks.authority, clocks.paused, clocks.total, clocks.running) == (15, 10, 30, True)
    assert clocks.left_of(20) == 5
    waiting = clocks_of(told[:-1], FIRST + timedelta(days=30))
    assert (waiting.authority, waiting.running, waiting.is_paused, waiting.left_of(20)) == (10, False, True, 10)


def test_a_new_application_starts_its_own_clock() -> None:
    told = steps((0, S.APPLIED), (40, S.RETURNED), (50, S.APPLIED))
    assert clocks_of(told, FIRST + timedelta(days=53)).authority == 3


def test_stays_cover_every_day_once() -> None:
    told = steps((0, S.NOT_ASSESSED), (3, S.CANDIDATE), (3, S.ENQUIRY_SENT), (9, S.LIKELY_NONE))
    stays = clocks_of(told, FIRST + timedelta(days=9)).stays
    assert [stay.days for stay in stays] == [3, 0, 6, 0]
    assert all(one.until == other.since for one, other in pairwise(stays))


def test_an_answered_application_counts_without_its_pauses_and_a_returned_one_not_at_all() -> None:
    told = steps((0, S.APPLIED), (10, S.INFORMATION_REQUESTED), (14, S.APPLIED), (20, S.GRANTED), (30, S.APPLIED), (90, S.RETURNED))
    [one] = answered_rounds(told)
    assert (one.days, one.paused, one.outcome) == (16, 4, S.GRANTED)


def test_an_enquiry_is_no_answered_application() -> None:
    assert answered_rounds(steps((0, S.CANDIDATE), (1, S.ENQUIRY_SENT), (30, S.LICENCE_REQUIRED))) == ()


def test_a_grant_that_was_taken_back_stays_one_answer() -> None:
    assert len(answered_rounds(steps((0, S.APPLIED), (20, S.GRANTED), (50, S.DENIED)))) == 1


def test_a_late_answer_is_still_a_month_away() -> None:
    assert [months_left(60.0, spent) for spent in (0, 29, 30, 31, 200)] == [2, 2, 1, 1, 1]
    assert (median_days([]), median_days([10, 20, 40])) == (None, 20.0)


def stand(state: str, lead: int | None = None) -> LicenceStand:
    return LicenceStand(state=state, authority=state, lead=lead, marking=2)  # type: ignore[arg-type]  # the words are checked below


def test_the_worst_case_of_a_line_counts_and_of_two_that_wait_the_longer() -> None:
    together = taken_together([stand("granted"), stand("pending", 2), stand("pending", 5), stand("not-needed")])
    assert together is not None and (together.state, together.lead) == ("pending", 5)
    unknown = taken_together([stand("pending", 2), stand("pending")])
    assert unknown is not None and unknown.lead is None
    denied = taken_together([stand("granted"), stand("denied"), stand("unknown")])
    assert denied is not None and denied.state == "denied"
    assert taken_together([]) is None


@pytest.mark.parametrize(
    ("category", "text", "expected"),
    [
        ("network-security", "VPN-шлюзи для філій", "5A002"),
        ("digital-forensics", "комплект мобільної криміналістики UFED", "5A004.b"),
        ("security-assessment", "red team engagement", "4A005"),
        ("end-user-devices", "sülearvutid", "Cat. 5 Part 2, Note 3"),
    ],
)
def test_the_list_proposes_entries_with_reasons_in_any_language(category: str, text: str, expected: str) -> None:
    found = candidates_of(category, text)
    assert expected in {one.entry.code for one in found}
    assert all(one.reasons for one in found)


def test_nothing_is_proposed_without_a_reason() -> None:
    assert candidates_of("power-continuity", "generators of 20 kVA") == ()


def test_every_entry_of_the_list_has_a_source_and_a_day() -> None:
    known = control_list()
    assert known.version and known.left_out
    assert all(entry.sources and entry.as_of and entry.description for entry in known.entries)
    assert len({entry.id for entry in known.entries}) == len(known.entries)
    assert not {entry.id for entry in known.entries} & set(known.left_out)
