"""Responses and their options: proposed by one, decided by people who are named, taken back by a later word; the list decides nothing."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.values.marking import Marking
from sild.values.redaction import pattern_of
from sild.wings.diplomacy.public import topics
from sild.wings.response.actions import (
    NewResponse,
    OptionStep,
    close_response,
    move_option,
    open_response,
    pick_option,
    redact_responses,
    reopen_response,
    say_precondition,
    set_level,
)
from sild.wings.response.reads import list_responses, offered_options, response_naming, response_record
from sild.wings.response.rules import (
    ESCALATION,
    NEXT,
    DeliveryLevel,
    OptionState,
    PreconditionStand,
    ResponseState,
    option_of,
    options,
)
from tests.wings.response.conftest import Answering

DECIDED = OptionStep(state=OptionState.DECIDED, body="The government", person="The prime minister", on=date(2026, 2, 9))


def test_every_option_says_where_it_is_known_from_or_that_it_is_from_memory() -> None:
    assert len(options()) == 20
    for one in options():
        assert one.from_memory != bool(one.sources), one.id
        assert one.label_uk and one.description_uk and one.who_decides_uk and one.prerequisites
        for basis in one.legal_basis:
            assert basis.from_memory != bool(basis.sources), basis.act
        assert {*one.topics} <= {topic.id for topic in topics()}
    assert sum(one.from_memory for one in options()) == 8


def test_nothing_but_the_column_of_escalation_orders_the_options() -> None:
    steps = [ESCALATION.index(one.escalation) for one in options()]
    assert steps == sorted(steps)


def test_a_legal_basis_that_no_source_names_is_empty_and_not_invented() -> None:
    travel, demarche = option_of("tb-travel-ban"), option_of("tb-demarche")
    assert travel is not None and "2019/797" in travel.legal_basis[0].act
    assert demarche is not None and demarche.legal_basis == ()


def test_a_response_to_a_case_is_there_for_those_in_its_compartment_alone(answering: Answering) -> None:
    view = response_record(answering.deputy, answering.closed)
    assert view.row.case == answering.case and view.row.marking == Marking.AMBER_STRICT and view.room is not None
    for stranger in (answering.cast.donor, answering.cast.officer):
        with pytest.raises(NotThere):
            response_record(stranger, answering.closed)
    assert [row.id for row in list_responses(answering.cast.officer)[0]] == [answering.open]
    with pytest.raises(NotThere):
        response_record(answering.cast.donor, answering.open)


def test_a_response_is_about_one_thing_that_its_opener_sees(answering: Answering) -> None:
    for new in (
        NewResponse(title=" "),
        NewResponse(title="both", case_id=answering.case, incident_id=answering.incident),
    ):
        with pytest.raises(Refused):
            open_response(answering.officer, new, reason="asked")
    with pytest.raises(Refused, match="Say why"):
        open_response(answering.officer, NewResponse(title="no reason"), reason=" ")
    for new in (NewResponse(title="x", case_id=uuid.uuid4()), NewResponse(title="x", incident_id=uuid.uuid4())):
        with pytest.raises(NotThere):
            open_response(answering.officer, new, reason="asked")
    with pytest.raises(NotThere):
        open_response(answering.cast.officer, NewResponse(title="x", case_id=answering.case), reason="asked")
    with pytest.raises(NotForRole):
        open_response(answering.cast.donor, NewResponse(title="x"), reason="asked")


def test_an_option_goes_from_proposed_to_done_and_back_by_later_words_that_take_nothing_away(answering: Answering) -> None:
    made = pick_option(answering.deputy, answering.closed, "tb-demarche", level=DeliveryLevel.AMBASSADOR, reason="they read it")
    with pytest.raises(Refused, match="picked already"):
        pick_option(answering.officer, answering.closed, "tb-demarche", reason="again")
    with pytest.raises(Refused, match="no such option"):
        pick_option(answering.officer, answering.closed, "tb-war", reason="no")
    with pytest.raises(NotForRole):
        move_option(answering.cast.donor, made, DECIDED, reason="no")
    with pytest.raises(Refused, match="which body"):
        move_option(answering.officer, made, OptionStep(state=OptionState.DECIDED), reason="nobody")
    with pytest.raises(Refused, match="not come yet"):
        move_option(
            answering.officer, made, OptionStep(state=OptionState.DECIDED, body="G", person="P", on=date(2026, 3, 1)), reason="soon"
        )
    with pytest.raises(Refused, match="does not go to"):
        move_option(answering.officer, made, OptionStep(state=OptionState.DONE), reason="too quick")
    move_option(answering.officer, made, DECIDED, version=1, reason="the cabinet met")
    with pytest.raises(Stale):
        move_option(answering.officer, made, OptionStep(state=OptionState.DONE), version=1, reason="old page")
    move_option(answering.officer, made, OptionStep(state=OptionState.DONE, on=date(2026, 2, 10)), reason="delivered")
    move_option(answering.officer, made, OptionStep(state=OptionState.DECIDED), reason="it was not delivered after all")
    [one] = response_record(answering.deputy, answering.closed).picked
    assert one.state is OptionState.DECIDED and one.level is DeliveryLevel.AMBASSADOR
    assert [step.state for step in one.steps] == ["proposed", "decided", "done", "decided"]
    assert (one.steps[1].body, one.steps[1].person, one.steps[1].on) == ("The government", "The prime minister", date(2026, 2, 9))
    assert one.steps[-1].why == "it was not delivered after all"


def test_every_state_of_an_option_can_be_left_again() -> None:
    assert {*NEXT} == {*OptionState} and all(NEXT.values())


def test_what_an_option_asks_for_is_unknown_until_somebody_says_whether_it_is_met(answering: Answering) -> None:
    made = pick_option(answering.officer, answering.closed, "tb-demarche", reason="they read it")
    [one] = response_record(answering.officer, answering.closed).picked
    assert {each.stand for each in one.preconditions} == {PreconditionStand.UNKNOWN} and not any(each.by for each in one.preconditions)
    with pytest.raises(Refused, match="no such thing"):
        say_precondition(answering.officer, made, "an-army", PreconditionStand.MET, reason="no")
    say_precondition(answering.deputy, made, "agreed-text", PreconditionStand.MET, reason="note 17")
    say_precondition(answering.deputy, made, one.preconditions[1].asked.id, PreconditionStand.NOT_MET, reason="nothing may be shown")
    set_level(answering.deputy, made, DeliveryLevel.MINISTER, reason="the minister goes himself")
    [one] = response_record(answering.officer, answering.closed).picked
    assert [(each.stand, each.said) for each in one.preconditions] == [("met", "note 17"), ("not-met", "nothing may be shown")]
    assert len(one.open_preconditions) == 1 and one.level is DeliveryLevel.MINISTER


def test_a_closed_response_takes_nothing_until_it_is_taken_up_again(answering: Answering) -> None:
    made = pick_option(answering.officer, answering.open, "tb-dialogue", reason="they ask")
    close_response(answering.officer, answering.open, version=1, reason="settled")
    for doing in (
        lambda: pick_option(answering.officer, answering.open, "tb-demarche", reason="x"),
        lambda: move_option(answering.officer, made, DECIDED, reason="x"),
        lambda: close_response(answering.officer, answering.open, reason="x"),
    ):
        with pytest.raises(Refused, match="closed"):
            doing()
    assert [row.state for row in list_responses(answering.officer, state="closed")[0]] == [ResponseState.CLOSED]
    reopen_response(answering.officer, answering.open, reason="it goes on")
    with pytest.raises(Refused, match="open already"):
        reopen_response(answering.officer, answering.open, reason="again")
    assert response_record(answering.officer, answering.open).ended_why == ""


def test_lists_are_narrowed_to_a_case_or_an_incident(answering: Answering) -> None:
    assert [row.id for row in list_responses(answering.officer, case=answering.case)[0]] == [answering.closed]
    assert [row.id for row in list_responses(answering.officer, incident=answering.incident)[0]] == [answering.open]
    first, after = list_responses(answering.officer, limit=1)
    assert after is not None and [row.id for row in list_responses(answering.officer, after=after)[0]] == [answering.closed]
    assert [row.id for row in first] == [answering.open]


def test_the_toolbox_beside_a_response_says_what_stands_there_already(answering: Answering) -> None:
    pick_option(answering.officer, answering.closed, "tb-demarche", reason="they read it")
    offered = offered_options(answering.officer, answering.closed)
    assert [one.fact.id for one in offered if one.picked is not None] == ["tb-demarche"] and len(offered) == 20


def test_erasing_blots_words_out_and_leaves_states_even_where_they_are_the_word(answering: Answering) -> None:
    made = pick_option(answering.officer, answering.closed, "tb-demarche", reason="Heron proposed it")
    move_option(answering.officer, made, DECIDED, reason="Heron decided")
    assert any("Heron" in str(found) for found in response_naming(answering.officer, ["Heron"]))
    redact_responses(answering.officer, pattern_of(["Heron", "decided"]), reason="asked")
    [one] = response_record(answering.officer, answering.closed).picked
    assert "Heron" not in one.why and [step.state for step in one.steps] == ["proposed", "decided"]
    assert "█" in one.steps[1].why and response_naming(answering.officer, ["Heron"]) == []
