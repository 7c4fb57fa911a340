"""The register keeps lines once, describes needs from their lines, and lets people rule."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from sild.kernel.action import last_act
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.undo import undo
from sild.wings.register.public import (
    Channel,
    Grouping,
    NeedState,
    accept_line,
    keep_lines,
    lines,
    needs,
    offers,
    place_lines,
    reject_line,
    rule_channel,
    rule_gate,
    rulings,
    set_state,
)
from tests.cast import Cast
from tests.wings.readings import reading

ASKED = reading(1, "request", "endpoint-protection", "EDR licences", 1200, unit="licence", beneficiary="Ministry of Health of Ukraine")
AGAIN = reading(2, "request", "endpoint-protection", "EDR", 1200, unit="seat", beneficiary="Ministry of Health of Ukraine", language="uk")
LESS = reading(3, "update", "endpoint-protection", "EDR licences", 900, unit="licence", beneficiary="Ministry of Health of Ukraine")
GIVEN = reading(4, "offer", "endpoint-protection", "EDR seats", 500, unit="seat", provider="Kestrel Endpoint Inc.")
NEED, OFFER = uuid.uuid4(), uuid.uuid4()


def placed(cast: Cast) -> None:
    keep_lines(cast.run, [ASKED, AGAIN, LESS, GIVEN])
    groupings = [
        Grouping(id=NEED, side="need", lines=(ASKED.id, AGAIN.id, LESS.id)),
        Grouping(id=OFFER, side="offer", lines=(GIVEN.id,)),
    ]
    place_lines(cast.run, groupings)


def test_a_line_read_again_is_not_kept_again(cast: Cast) -> None:
    assert keep_lines(cast.run, [ASKED, AGAIN]) == 2
    assert keep_lines(cast.run, [ASKED, AGAIN, LESS]) == 1
    assert len(lines(cast.run)) == 3


def test_an_update_sets_the_quantity_of_the_need(cast: Cast) -> None:
    placed(cast)
    [need] = needs(cast.run)
    assert (need.quantity, need.beneficiary, need.languages) == (Decimal(900), "Ministry of Health of Ukraine", ("en", "uk"))
    assert need.provisional
    assert [offer.provider for offer in offers(cast.run)] == ["Kestrel Endpoint Inc."]


def test_placing_the_same_lines_again_changes_nothing(cast: Cast) -> None:
    placed(cast)
    before = needs(cast.run), offers(cast.run)
    placed(cast)
    assert (needs(cast.run), offers(cast.run)) == before


def test_a_need_that_no_line_speaks_of_goes_and_its_lines_stay(cast: Cast) -> None:
    placed(cast)
    other = uuid.uuid4()
    groupings = [
        Grouping(id=other, side="need", lines=(ASKED.id, AGAIN.id, LESS.id)),
        Grouping(id=OFFER, side="offer", lines=(GIVEN.id,)),
    ]
    place_lines(cast.run, groupings)
    assert [need.id for need in needs(cast.run)] == [other]
    assert len(lines(cast.run)) == 4


def test_accepting_one_line_makes_its_need_more_than_provisional(cast: Cast) -> None:
    placed(cast)
    accept_line(cast.officer, ASKED.id, reason="read and right")
    [need] = needs(cast.officer)
    assert not need.provisional


def test_a_need_says_the_same_whoever_describes_it_also_where_a_list_bears_no_date(cast: Cast) -> None:
    undated = replace(ASKED, sent_at=None)
    letter = reading(5, "withdrawal", "endpoint-protection", "EDR seats", None, provider="Kestrel Endpoint Inc.", sent_at=None)
    keep_lines(cast.run, [undated, LESS, GIVEN, letter])
    place_lines(
        cast.run,
        [
            Grouping(id=NEED, side="need", lines=(LESS.id, undated.id)),
            Grouping(id=OFFER, side="offer", lines=(letter.id, GIVEN.id)),
        ],
    )
    before = needs(cast.run), offers(cast.run)
    assert (before[0][0].quantity, before[1][0].withdrawn) == (Decimal(900), True)
    accept_line(cast.officer, undated.id, reason="read and right")
    accept_line(cast.officer, GIVEN.id, reason="read and right")
    [need], [offer] = needs(cast.run), offers(cast.run)
    assert (replace(need, provisional=True), replace(offer, provisional=True)) == (before[0][0], before[1][0])


def test_an_acceptance_is_undone_although_a_later_message_changed_the_need(cast: Cast) -> None:
    keep_lines(cast.run, [ASKED])
    place_lines(cast.run, [Grouping(id=NEED, side="need", lines=(ASKED.id,))])
    accept_line(cast.officer, ASKED.id, reason="read and right")
    accepted = last_act()
    assert accepted is not None
    placed(cast)
    undo(cast.officer, accepted, reason="not yet read whole")
    [need] = needs(cast.officer)
    assert (need.provisional, need.quantity) == (True, Decimal(900))


def test_a_rejected_line_stays_and_no_longer_counts(cast: Cast) -> None:
    placed(cast)
    reject_line(cast.officer, LESS.id, reason="the ministry says it did not write this")
    placed(cast)
    [need] = needs(cast.officer)
    assert need.quantity == Decimal(1200)
    assert len(lines(cast.officer)) == 4


def test_a_line_ruled_military_hands_its_need_over(cast: Cast) -> None:
    keep_lines(cast.run, [ASKED])
    place_lines(cast.run, [Grouping(id=NEED, side="need", lines=(ASKED.id,))])
    rule_channel(cast.officer, ASKED.id, Channel.MILITARY, reason="for a brigade")
    [need] = needs(cast.officer)
    assert (need.channel, need.state) == (Channel.MILITARY, NeedState.HANDED_OVER)


def test_the_second_gate_waits_for_the_first_and_then_endorses(cast: Cast) -> None:
    placed(cast)
    with pytest.raises(Refused, match="technical review"):
        rule_gate(cast.interagency, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    with pytest.raises(Refused, match="does not sit at the gate"):
        rule_gate(cast.interagency, NEED, NeedState.TECHNICAL_REVIEW, True, reason="not mine")
    rule_gate(cast.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(cast.interagency, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    [need] = needs(cast.officer)
    assert need.state == NeedState.ENDORSED
    assert [gate for gate, *_ in rulings(cast.officer)[NEED]] == ["technical-review", "interagency-review"]


def test_a_ruling_sent_twice_is_one_ruling(cast: Cast) -> None:
    placed(cast)
    for _ in range(2):
        rule_gate(cast.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    assert len(rulings(cast.officer)[NEED]) == 1


def test_a_new_run_keeps_what_a_gate_ruled(cast: Cast) -> None:
    placed(cast)
    rule_gate(cast.technical, NEED, NeedState.TECHNICAL_REVIEW, False, reason="cannot be run there")
    placed(cast)
    [need] = needs(cast.officer)
    assert need.state == NeedState.NOT_ENDORSED


def test_a_gate_sees_needs_released_to_it_and_a_donor_does_not(cast: Cast) -> None:
    placed(cast)
    assert [need.id for need in needs(cast.technical)] == [NEED]
    assert needs(cast.donor) == []
    assert needs(cast.outsider) == []


def test_not_yours_and_not_there_are_one_answer(cast: Cast) -> None:
    placed(cast)
    absent = uuid.uuid4()
    answers = []
    for line in (ASKED.id, absent):
        with pytest.raises(NotThere) as told:
            accept_line(cast.outsider, line)
        answers.append(str(told.value).replace(str(line), ""))
    assert answers[0] == answers[1]


def test_a_need_that_was_handed_over_stays_handed_over_after_the_next_run(cast: Cast) -> None:
    keep_lines(cast.run, [ASKED])
    grouping = Grouping(id=NEED, side="need", lines=(ASKED.id,))
    place_lines(cast.run, [grouping])
    rule_channel(cast.officer, ASKED.id, Channel.MILITARY, reason="for a brigade")
    place_lines(cast.run, [grouping])
    [need] = needs(cast.officer)
    assert need.state == NeedState.HANDED_OVER


def test_each_gates_last_word_counts(cast: Cast) -> None:
    placed(cast)
    rule_gate(cast.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(cast.technical, NEED, NeedState.TECHNICAL_REVIEW, False, reason="not after all")
    with pytest.raises(Refused, match="technical review"):
        rule_gate(cast.interagency, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    rule_gate(cast.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    assert [need.state for need in needs(cast.officer)] == [NeedState.INTERAGENCY_REVIEW]


def test_an_endorsed_need_that_changes_comes_back_to_its_first_gate(cast: Cast) -> None:
    placed(cast)
    rule_gate(cast.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(cast.interagency, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    more = reading(9, "update", "endpoint-protection", "EDR licences", 5000, unit="licence", beneficiary="Ministry of Health of Ukraine")
    keep_lines(cast.run, [more])
    place_lines(cast.run, [Grouping(id=NEED, side="need", lines=(ASKED.id, AGAIN.id, LESS.id, more.id))])
    assert [(need.state, need.quantity) for need in needs(cast.officer)] == [(NeedState.TECHNICAL_REVIEW, Decimal(5000))]


def test_a_withdrawn_need_takes_no_ruling(cast: Cast) -> None:
    gone = reading(5, "withdrawal", "endpoint-protection", "EDR licences", None, beneficiary="Ministry of Health of Ukraine")
    keep_lines(cast.run, [ASKED, gone])
    place_lines(cast.run, [Grouping(id=NEED, side="need", lines=(ASKED.id, gone.id))])
    with pytest.raises(Refused, match="is withdrawn, and from there it does not come to “"):
        rule_gate(cast.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="feasible")


def test_refusals_name_gates_and_states_in_the_words_of_the_reader(cast: Cast) -> None:
    placed(cast)
    with pytest.raises(Refused, match="does not sit at the gate inter-agency review"):
        rule_gate(cast.technical, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    with pytest.raises(Refused, match="by hand to “endorsed”"):
        set_state(cast.officer, NEED, NeedState.ENDORSED, reason="important")
    with translation.override("uk"), pytest.raises(Refused) as told:
        rule_gate(cast.technical, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    assert "interagency" not in str(told.value)
    assert "міжвідомчий розгляд" in str(told.value)


def test_a_need_is_marked_as_high_as_its_highest_line_and_red_is_released_to_nobody(cast: Cast) -> None:
    placed(cast)
    assert len(needs(cast.technical)) == 1
    red = reading(9, "request", "endpoint-protection", "EDR", 1200, beneficiary="Ministry of Health of Ukraine", tlp="TLP:RED")
    keep_lines(cast.run, [red])
    place_lines(cast.run, [Grouping(id=NEED, side="need", lines=(ASKED.id, AGAIN.id, LESS.id, red.id))])
    assert needs(cast.technical) == []
    assert len(needs(cast.officer)) == 1
