"""Words on conditions go where their case goes, and are emptied with their line."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import date

from sild.kernel.actor import acting
from sild.kernel.grants import recall_release
from sild.kernel.history import Act
from sild.wings.clearance.actions import Move, erase_cases, move_case, move_cases, redact_cases, tell_condition
from sild.wings.clearance.models import ConditionWord, LicenceCase
from sild.wings.clearance.reads.conditions import line_conditions
from sild.wings.clearance.rules import CaseState as S
from sild.wings.clearance.rules.conditions import ConditionSource, ConditionStand
from tests.wings.clearance.conftest import Office
from tests.wings.clearance.test_actions import moved, opened


def told(office: Office) -> uuid.UUID:
    """A granted case with two conditions."""
    case = opened(office)
    granted = Move(
        state=S.GRANTED, on=date(2026, 2, 4), conditions=["civil use, says Olena", "a yearly report"], expires_on=date(2027, 2, 4)
    )
    moved(office, case, (S.CANDIDATE, date(2026, 1, 12)), (S.LICENCE_REQUIRED, date(2026, 1, 14)), (S.APPLIED, date(2026, 1, 15)))
    move_case(office.liaison, case, granted, reason="letter 12-3")
    return case


def test_words_go_into_the_compartment_with_their_case_whoever_said_them(office: Office) -> None:
    case = told(office)
    room, inside = uuid.uuid4(), uuid.uuid4()
    for number, actor in enumerate((office.cast.officer, office.liaison)):
        tell_condition(actor, ConditionSource.LICENCE, case, number, ConditionStand.MET, reason="the letter of Olena")
    insider = replace(office.cast.officer, compartments=frozenset({room}))
    move_cases(insider, {office.gateways: inside}, room)
    for actor in (office.cast.officer, office.liaison, office.cast.donor):
        with acting(actor):
            assert not ConditionWord.objects.exists()
    with acting(insider):
        new = LicenceCase.objects.get()
        assert [(word.record_id, word.line_id) for word in ConditionWord.objects.all()] == [(new.id, inside)]
    with acting(replace(office.liaison, compartments=frozenset({room}))):
        assert [(word.record_id, word.line_id) for word in ConditionWord.objects.all()] == [(new.id, inside)]
    [first, _second] = line_conditions(insider, [inside])[inside]
    assert first.told is not None, "what was said of it is still said of it inside"


def test_a_persons_words_leave_a_condition_and_what_was_said_of_it_alike(office: Office) -> None:
    case = told(office)
    tell_condition(office.cast.officer, ConditionSource.LICENCE, case, 0, ConditionStand.MET, reason="the letter of Olena")
    assert redact_cases(office.cast.officer, re.compile("Olena"), reason="asked to")
    with acting(office.cast.officer):
        assert not any("Olena" in word.words + word.text for word in ConditionWord.objects.all())
    assert line_conditions(office.cast.officer, [office.gateways])[office.gateways][0].told is not None
    erase_cases(office.cast.officer, [office.gateways], reason="asked to")
    with acting(office.cast.officer):
        assert [(word.words, word.text) for word in ConditionWord.objects.all()] == [("", "")]


def test_an_act_in_which_nothing_follows_a_line_stands_in_nobodys_ledger(office: Office) -> None:
    case = told(office)
    tell_condition(office.liaison, ConditionSource.LICENCE, case, 0, ConditionStand.MET, reason="the letter of Olena")
    recall_release(office.cast.officer, "register.Line", office.gateways, [office.cast.seller.organisation], reason="not theirs")
    with acting(office.liaison):
        assert "clearance.follow-line" not in set(Act.objects.values_list("action", flat=True))


def test_who_gives_reads_what_an_office_said_of_its_licences_conditions(office: Office) -> None:
    case = told(office)
    tell_condition(office.cast.officer, ConditionSource.LICENCE, case, 0, ConditionStand.MET, reason="the letter of Olena")
    [first, second] = line_conditions(office.cast.donor, [office.gateways])[office.gateways]
    assert first.told is not None and first.told.words == "the letter of Olena" and second.told is None
    assert line_conditions(office.cast.seller, [office.gateways]) == {}
    recall_release(office.cast.officer, "register.Line", office.gateways, [office.cast.donor.organisation], reason="not theirs")
    with acting(office.cast.donor):
        assert not ConditionWord.objects.exists(), "from whom a line is withheld, what is said beside it is too"
