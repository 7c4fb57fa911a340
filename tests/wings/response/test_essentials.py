"""The three things: unknown where nobody spoke, not done where somebody says so, and beside each what other records show."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from sild.kernel.refusals import NotThere, Refused
from sild.wings.attribution.actions import cite_incident
from sild.wings.register.public import needs
from sild.wings.response.actions import NewEssential, pick_option, say_essential
from sild.wings.response.reads import essentials_of
from sild.wings.response.rules import Essential, EssentialStand
from sild.wings.signals.public import Degree, Weighing, weigh_incident
from tests.wings.response.conftest import Answering


def stands(answering: Answering, of: uuid.UUID) -> dict[str, str]:
    """Where each of the three stands."""
    return {one.essential.value: one.stand.value for one in essentials_of(answering.officer, of).rows}


def test_nobody_having_spoken_is_unknown_and_not_done_is_somebodys_word(answering: Answering) -> None:
    assert {*stands(answering, answering.closed).values()} == {"unknown"}
    new = NewEssential(essential=Essential.CONDEMN, stand=EssentialStand.NOT_DONE, words="the partners wait")
    say_essential(answering.deputy, answering.closed, new)
    assert stands(answering, answering.closed) == {"signal": "unknown", "ask": "unknown", "condemn": "not-done"}


def test_what_was_done_has_somebody_who_did_it_and_a_day_that_has_come(answering: Answering) -> None:
    told = {"essential": Essential.SIGNAL, "stand": EssentialStand.DONE, "words": "the minister told the Council"}
    for missing in ({}, {"body": "The minister"}, {"on": date(2026, 2, 9)}, {"body": "The minister", "on": date(2026, 2, 11)}):
        with pytest.raises(Refused):
            say_essential(answering.officer, answering.closed, NewEssential(**told, **missing))
    with pytest.raises(Refused, match="Say why"):
        say_essential(answering.officer, answering.closed, NewEssential(**(told | {"words": " "})))
    say_essential(answering.officer, answering.closed, NewEssential(**told, body="The minister", on=date(2026, 2, 9)))
    newest = essentials_of(answering.officer, answering.closed).rows[0].newest
    assert newest is not None and (newest.body, newest.on) == ("The minister", date(2026, 2, 9))


def test_a_later_word_stands_before_an_earlier_one_and_takes_nothing_away(answering: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    for stand in (EssentialStand.NOT_DONE, EssentialStand.UNDER_WAY):
        say_essential(answering.officer, answering.closed, NewEssential(essential=Essential.ASK, stand=stand, words="a word"))
    row = essentials_of(answering.officer, answering.closed).rows[1]
    assert len(row.said) == 2 and row.stand == row.said[0].stand


def test_help_is_asked_for_in_a_need_that_the_reader_sees(answering: Answering) -> None:
    told = {"stand": EssentialStand.UNDER_WAY, "words": "asked"}
    with pytest.raises(NotThere):
        say_essential(answering.officer, answering.closed, NewEssential(essential=Essential.ASK, need_id=uuid.uuid4(), **told))
    with pytest.raises(Refused, match="asking for help"):
        say_essential(answering.officer, answering.closed, NewEssential(essential=Essential.SIGNAL, need_id=uuid.uuid4(), **told))
    assert needs(answering.officer) == []
    assert essentials_of(answering.officer, answering.closed).needs == 0


def test_the_incidents_of_a_case_and_of_a_response_show_how_grave_they_are_said_to_be(answering: Answering) -> None:
    weigh_incident(answering.cast.officer, answering.incident, Weighing(factor="scale", degree=Degree.GRAVE, said="all"), reason="seen")
    weigh_incident(answering.cast.officer, answering.incident, Weighing(factor="cost", degree=Degree.UNKNOWN), reason="asked")
    [own] = essentials_of(answering.officer, answering.open).severity
    assert (own.grave, own.none, own.unknown) == (1, 0, 10)
    assert essentials_of(answering.officer, answering.closed).severity == ()
    cite_incident(answering.officer, answering.case, answering.incident, reason="the same hand")
    [cited] = essentials_of(answering.officer, answering.closed).severity
    assert cited == own


def test_without_a_case_nothing_is_said_of_decisions_and_rounds(answering: Answering) -> None:
    found = essentials_of(answering.officer, answering.open)
    assert found.decided is None and found.rounds is None
    found = essentials_of(answering.officer, answering.closed)
    assert found.decided is False and found.rounds == 0


def test_picked_options_stand_beside_what_they_can_be(answering: Answering) -> None:
    pick_option(answering.officer, answering.closed, "tb-hr-statement", reason="they ask")
    beside = {one.essential.value: [each.option for each in one.options] for one in essentials_of(answering.officer, answering.closed).rows}
    assert beside == {"signal": [], "ask": [], "condemn": ["tb-hr-statement"]}
