"""What screening does: hits are made, a person rules, a ruling holds until what it was made on changes, nothing is ruled by itself."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sild.kernel import originals
from sild.kernel.action import last_act
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.wings.parties.public import import_parties
from sild.wings.screening.actions import keep_list, redact_screening, rule_hit, withdraw_list
from sild.wings.screening.commands import take_list
from sild.wings.screening.jobs import look_for_changes, take_up_lists
from sild.wings.screening.public import Standing, hits_naming, screening_of
from sild.wings.screening.reads import hit_record, lists, screening_page, to_screen
from sild.wings.screening.rules import HitState, NewList
from tests.wings.screening.conftest import CLEAN, ENTRIES, PERSON, TRADER, Desk, entity, lines_of, party

NEXT = date(2026, 2, 5)


def standing(desk: Desk, name: str) -> Standing:
    """Where a party stands."""
    return screening_of(desk.cast.officer, [name])[name].standing


def test_a_list_makes_hits_with_reasons_that_add_up_and_a_person_rules_them(desk: Desk) -> None:
    assert standing(desk, TRADER) == Standing.NOT_SCREENED
    done = desk.take(ENTRIES)
    assert (done.parties, done.fresh, done.reopened) == (3, 2, 0)
    person, trader = desk.hits()
    assert (trader.party, trader.entry_id, person.entry_id) == (TRADER, "list-1", "list-2")
    whole = hit_record(desk.cast.officer, trader.id)
    assert sum(Decimal(part["points"]) for part in whole.parts) == trader.score
    assert whole.entry["topics"] == ["sanction"] and whole.against is not None and whole.against.name == "A list"
    assert {name: standing(desk, name) for name in (TRADER, CLEAN, PERSON)} == {
        TRADER: Standing.HITS_OPEN,
        CLEAN: Standing.NO_HITS,
        PERSON: Standing.HITS_OPEN,
    }
    rule_hit(desk.cast.officer, trader.id, HitState.CLEARED, version=1, reason="another company, of Rostov")
    rule_hit(desk.cast.officer, person.id, HitState.CONFIRMED, version=1, reason="the same birth year and place")
    assert (standing(desk, TRADER), standing(desk, PERSON)) == (Standing.CLEARED, Standing.CONFIRMED)
    [ruled] = hit_record(desk.cast.officer, trader.id).rulings
    assert (ruled.by, ruled.before, ruled.state, ruled.on) == ("Secretariat officer", HitState.OPEN, HitState.CLEARED, date(2026, 2, 10))


def test_a_cleared_hit_stays_cleared_until_the_entry_or_the_names_change(desk: Desk) -> None:
    desk.take(ENTRIES)
    [trader] = desk.hits(text=TRADER)
    rule_hit(desk.cast.officer, trader.id, HitState.CLEARED, reason="another one")
    again = desk.take([*ENTRIES, entity("list-9", "Somebody New")], as_of=NEXT)
    assert (again.parties, again.fresh, again.reopened) == (3, 0, 0)
    assert standing(desk, TRADER) == Standing.CLEARED
    changed = [entity("list-1", "ООО «Верба Трейд»", "Verba Holding", country=["ru"]), *ENTRIES[1:]]
    assert desk.take(changed, as_of=date(2026, 2, 6)).reopened == 1
    assert standing(desk, TRADER) == Standing.HITS_OPEN
    rule_hit(desk.cast.officer, trader.id, HitState.CLEARED, reason="still another one")
    import_parties(desk.cast.run, [party(TRADER, "ТОВ «Верба-Трейд»", "Verba")])
    assert standing(desk, TRADER) == Standing.NOT_SCREENED, "its names changed, and nobody has looked since"
    assert [one.name for one in to_screen(desk.cast.officer)] == [TRADER]
    assert desk.screen().reopened == 1
    states = [(one.by, one.state) for one in hit_record(desk.cast.officer, trader.id).rulings]
    assert [state for by, state in states if not by] == [HitState.OPEN, HitState.OPEN]


def test_a_hit_that_is_not_found_any_more_goes_and_what_was_confirmed_stays(desk: Desk) -> None:
    desk.take(ENTRIES)
    person, trader = desk.hits()
    rule_hit(desk.cast.officer, person.id, HitState.CONFIRMED, reason="the same")
    desk.take([ENTRIES[2]], as_of=NEXT)
    person, trader = desk.hits()
    assert (trader.state, person.state, person.in_list) == (HitState.GONE, HitState.CONFIRMED, False)
    assert (standing(desk, TRADER), standing(desk, PERSON)) == (Standing.NO_HITS, Standing.CONFIRMED)
    assert desk.take(ENTRIES, as_of=date(2026, 2, 7), name="A third").reopened == 1
    assert desk.hits(text=TRADER)[0].state == HitState.OPEN


def test_the_list_of_the_latest_day_is_in_force_and_a_withdrawn_one_is_not(desk: Desk) -> None:
    desk.take(ENTRIES, as_of=NEXT, name="The newer")
    assert desk.take([ENTRIES[2]], as_of=date(2026, 1, 1), name="The older").parties == 0
    newer, older = lists(desk.cast.officer)
    assert (newer.current, older.current, newer.entries, newer.passed_over) == (True, False, 3, 1)
    with pytest.raises(Refused, match="Say why"):
        withdraw_list(desk.cast.officer, newer.id, reason=" ")
    with pytest.raises(Stale):
        withdraw_list(desk.cast.officer, newer.id, version=99, reason="the wrong file")
    withdraw_list(desk.cast.officer, newer.id, reason="the wrong file")
    assert screening_page(desk.cast.officer).current == lists(desk.cast.officer)[1]
    assert desk.screen().parties == 3
    with pytest.raises(Refused, match="already"):
        withdraw_list(desk.cast.officer, newer.id, reason="once more")


def test_lines_that_cannot_be_read_are_counted_and_stop_nothing(desk: Desk) -> None:
    kept = originals.keep_bytes(desk.home.originals, b"\xff\xfe{\n[1]\n\n" + lines_of(ENTRIES))
    keep_list(desk.cast.officer, kept, NewList(name="Torn", as_of=NEXT))
    assert desk.screen().fresh == 2
    [torn] = lists(desk.cast.officer)
    assert (torn.unread, [fault["line"] for fault in torn.faults], torn.digest) == (2, [1, 2], kept.digest)


def test_a_list_without_an_entry_is_never_in_force(desk: Desk) -> None:
    assert desk.take(["nothing"]).parties == 0
    assert screening_page(desk.cast.officer).current is None
    assert standing(desk, CLEAN) == Standing.NOT_SCREENED


def test_the_same_bytes_of_one_day_are_one_list_and_of_another_day_another(desk: Desk) -> None:
    desk.take(ENTRIES)
    desk.take(ENTRIES)
    assert len(lists(desk.cast.officer)) == 1
    desk.take(ENTRIES, as_of=NEXT)
    assert [one.current for one in lists(desk.cast.officer)] == [True, False]
    for name, data in (("", b"{}"), ("Empty", b"")):
        with pytest.raises(Refused):
            keep_list(desk.cast.officer, originals.keep_bytes(desk.home.originals, data), NewList(name=name, as_of=NEXT))


def test_only_officers_of_the_secretariat_rule_and_nobody_else_sees_a_hit(desk: Desk) -> None:
    desk.take(ENTRIES)
    [trader] = desk.hits(text=TRADER)
    for member in (desk.cast.donor, desk.cast.seller, desk.cast.auditor):
        with pytest.raises(NotForRole):
            rule_hit(member, trader.id, HitState.CLEARED, reason="it is fine")
    for reader in (desk.cast.donor, desk.cast.outsider):
        with pytest.raises(NotThere):
            hit_record(reader, trader.id)
        assert screening_of(reader, [TRADER])[TRADER].standing == Standing.NOT_SCREENED


def test_a_ruling_needs_a_reason_and_is_undone(desk: Desk) -> None:
    desk.take(ENTRIES)
    [trader] = desk.hits(text=TRADER)
    with pytest.raises(Refused, match="Say what you compared"):
        rule_hit(desk.cast.officer, trader.id, HitState.CLEARED, reason="")
    with pytest.raises(Refused, match="cannot be ruled so"):
        rule_hit(desk.cast.officer, trader.id, HitState.GONE, reason="away with it")
    rule_hit(desk.cast.officer, trader.id, HitState.CLEARED, reason="another one")
    act = last_act()
    assert act is not None
    undo(desk.cast.officer, act, reason="too quick")
    assert standing(desk, TRADER) == Standing.HITS_OPEN


def test_the_worker_screens_what_came_since_and_may_do_it_twice(desk: Desk) -> None:
    desk.take(ENTRIES)
    import_parties(desk.cast.run, [party("Quite Another Holding", country="KP")])
    look_for_changes(desk.cast.run)
    take_up_lists(desk.cast.officer)
    take_up_lists(desk.cast.officer)
    assert standing(desk, "Quite Another Holding") == Standing.HITS_OPEN
    assert len(desk.hits()) == 3


def test_the_command_takes_a_list_in_and_screens_at_once(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "list.jsonl"
    place.write_bytes(lines_of(ENTRIES))
    view, done = take_list(desk.cast.run, desk.home, place, "A list", NEXT)
    assert (view.current, view.entries, view.names, done.parties, done.fresh) == (True, 3, 3, 3, 2)
    with pytest.raises(Refused, match="cannot be read"):
        take_list(desk.cast.run, desk.home, tmp_path / "none", "A list", NEXT)


def test_a_list_whose_file_is_gone_is_told(desk: Desk) -> None:
    kept = originals.keep_bytes(desk.home.originals, lines_of(ENTRIES))
    keep_list(desk.cast.officer, kept, NewList(name="Lost", as_of=NEXT))
    kept.path.unlink()
    with pytest.raises(Refused, match="Upload it again"):
        desk.screen()


def test_words_are_found_for_whom_they_name_and_blotted_out(desk: Desk) -> None:
    desk.take(ENTRIES)
    assert [told["party"] for told in hits_naming(desk.cast.officer, ["Hnatyuk"])] == [PERSON]
    assert hits_naming(desk.cast.officer, []) == []
    redact_screening(desk.cast.officer, re.compile("Hnatyuk"), reason="asked for")
    assert hits_naming(desk.cast.officer, ["Hnatyuk"]) == []
