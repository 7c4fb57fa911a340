"""Cases: who reads them, what bodies owe by when, how they move and end, and how that is taken back."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override
from pydantic import ValidationError

from sild.kernel import clock
from sild.kernel.action import last_act
from sild.kernel.actor import Actor, acting
from sild.kernel.history import Act
from sild.kernel.identity import actor_named, founder
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.attribution.actions import (
    CaseOpening,
    NewCase,
    NewInput,
    ask_input,
    deliver_input,
    end_case,
    move_case,
    reopen_case,
    waive_input,
)
from sild.wings.attribution.models import AgencyInput, Case
from sild.wings.attribution.reads import attribution_naming, case_record, late_inputs, list_cases, procedure
from sild.wings.attribution.rules import AttributionState, InputState, facts_of, usual_procedure
from sild.wings.parties.public import found_mechanism
from sild.wings.parties.rules import AttributionEntry
from tests.cast import MECHANISM, Cast
from tests.wings.attribution.conftest import NOW, Opened


def titles(actor: Actor) -> list[str]:
    return [row.title for row in list_cases(actor)[0]]


def test_a_case_is_there_for_the_seats_of_its_compartment_and_for_nobody_else(opened: Opened) -> None:
    assert titles(opened.officer) == titles(opened.deputy) == ["The ministries' mail"]
    for other in (opened.cast.run, opened.cast.auditor, opened.cast.donor, opened.cast.authority, opened.cast.outsider):
        assert titles(other) == []
        with pytest.raises(NotThere):
            case_record(other, opened.case)
        with acting(other):
            assert not Case.objects.exists() and not AgencyInput.objects.exists()
            assert not Act.objects.filter(action="attribution.open-case").exists()
    record = case_record(opened.deputy, opened.case)
    assert sorted(record.readers) == ["Secretariat deputy", "Secretariat officer"]
    assert record.row.marking == Marking.AMBER_STRICT and record.row.opened_by == "Secretariat officer"


def test_a_case_is_opened_whole_or_not_at_all(cast: Cast) -> None:
    rooms = len(cast.officer.compartments)
    with pytest.raises(Refused, match="name"):
        CaseOpening(cast.officer, []).run(NewCase(title=" "), reason="asked")
    low = replace(cast.officer, ceiling=Marking.AMBER)
    with pytest.raises(Refused, match="as closed as that"):
        CaseOpening(low, []).run(NewCase(title="One"), reason="asked")
    with pytest.raises(NotThere):
        CaseOpening(cast.officer, [cast.donor.person]).run(NewCase(title="One"), reason="a seat of others")
    with pytest.raises(Refused, match="Say why"):
        CaseOpening(cast.officer, []).run(NewCase(title="One"), reason=" ")
    with pytest.raises(NotForRole):
        CaseOpening(cast.donor, []).run(NewCase(title="One"), reason="asked")
    assert len(actor_named("drill", "officer").compartments) == rooms, "a refused opening left its compartment"


def test_each_body_owes_what_the_procedure_says_with_a_clock_from_the_opening(opened: Opened) -> None:
    told = usual_procedure()
    record = case_record(opened.officer, opened.case)
    assert len(record.inputs) == len(told.inputs) and record.row.waiting == len(told.inputs)
    for owed in told.inputs:
        [one] = [row for row in record.inputs if (row.agency, row.what) == (owed.agency, owed.what)]
        assert one.due_at == NOW + timedelta(hours=owed.hours) and one.hours == owed.hours and one.state == InputState.WAITING
    assert record.row.next_due == NOW + timedelta(hours=min(owed.hours for owed in told.inputs))


def test_the_usual_procedure_is_read_in_the_language_of_who_reads_it_whoever_opened_the_case(opened: Opened) -> None:
    english = {row.what for row in case_record(opened.officer, opened.case).inputs}
    with override("uk"):
        seen = case_record(opened.officer, opened.case)
        again = CaseOpening(opened.cast.officer, []).run(NewCase(title="Друга справа"), reason="питають")
    told = usual_procedure("uk")
    assert {row.what for row in seen.inputs} == {owed.what for owed in told.inputs} and seen.row.stage_name == told.stages[0].name
    assert english == {owed.what for owed in usual_procedure().inputs}
    assert {row.what for row in case_record(actor_named("drill", "officer"), again).inputs} == english
    pairs = list(zip(usual_procedure().inputs, told.inputs, strict=True))
    assert all(kept.what != here.what and kept.hours == here.hours for kept, here in pairs)


def test_what_is_late_is_told_until_it_comes_and_how_late_it_came_stays(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    assert late_inputs(opened.officer) == []
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=30))
    [(late, case, title)] = late_inputs(opened.officer)
    assert (late.agency, late.hours, case, title) == ("ee-ria", -6, opened.case, "The ministries' mail")
    assert late_inputs(opened.cast.run) == [] and late_inputs(opened.cast.donor) == []
    deliver_input(opened.deputy, late.id, "RIA/2026/17", version=late.version)
    [came] = [one for one in case_record(opened.officer, opened.case).inputs if one.id == late.id]
    assert (came.state, came.hours, came.delivered_by, came.text) == (InputState.DELIVERED, 6, "Secretariat deputy", "RIA/2026/17")
    assert late_inputs(opened.officer) == []
    with pytest.raises(Stale):
        deliver_input(opened.officer, late.id, "again", version=late.version)
    with pytest.raises(Refused, match="delivered it"):
        waive_input(opened.officer, late.id, reason="not needed")


def test_bodies_are_asked_for_more_and_for_less(opened: Opened) -> None:
    one = ask_input(opened.officer, opened.case, NewInput(agency="ee-mod", stage="facts", what="Logs", hours=5))
    for wrong in (
        NewInput(agency="nobody", stage="facts", what="Logs", hours=5),
        NewInput(agency="ee-mod", stage="no-stage", what="Logs", hours=5),
        NewInput(agency="ee-mod", stage="facts", what=" ", hours=5),
        NewInput(agency="ee-mod", stage="facts", what="Logs", hours=0),
    ):
        with pytest.raises(Refused):
            ask_input(opened.officer, opened.case, wrong)
    with pytest.raises(Refused, match="Say why"):
        waive_input(opened.officer, one, reason=" ")
    waive_input(opened.officer, one, reason="they have none")
    row = next(row for row in case_record(opened.officer, opened.case).inputs if row.id == one)
    assert (row.state, row.waived_why) == (InputState.WAIVED, "they have none")


def test_a_case_moves_ends_and_is_taken_up_again_and_each_is_undone(opened: Opened) -> None:
    with pytest.raises(Refused, match="no such stage"):
        move_case(opened.officer, opened.case, "verdict", reason="done")
    with pytest.raises(Refused, match="already"):
        move_case(opened.officer, opened.case, "facts", reason="done")
    move_case(opened.deputy, opened.case, "assessment", version=1, reason="enough is known")
    with pytest.raises(Stale):
        end_case(opened.officer, opened.case, AttributionState.CLOSED, version=1, reason="done")
    with pytest.raises(Refused, match="Say why"):
        end_case(opened.officer, opened.case, AttributionState.NOT_PURSUED, version=2, reason="")
    end_case(opened.officer, opened.case, AttributionState.NOT_PURSUED, version=2, reason="a crime, for the police alone")
    ended = last_act()
    record = case_record(opened.deputy, opened.case)
    assert (record.row.state, record.ended_why) == (AttributionState.NOT_PURSUED, "a crime, for the police alone")
    assert {entry.action for entry in record.history} == {"attribution.open-case", "attribution.move-case", "attribution.end-case"}
    with pytest.raises(Refused, match="is over"):
        move_case(opened.officer, opened.case, "law", reason="on")
    with pytest.raises(Refused, match="is over"):
        deliver_input(opened.officer, record.inputs[0].id, "late")
    assert ended is not None
    undo(opened.officer, ended, reason="too soon")
    assert case_record(opened.officer, opened.case).row.state == AttributionState.OPEN
    end_case(opened.officer, opened.case, AttributionState.CLOSED, reason="told")
    reopen_case(opened.officer, opened.case, reason="new evidence")
    with pytest.raises(Refused, match="open already"):
        reopen_case(opened.officer, opened.case, reason="again")


def test_the_mechanisms_file_sets_a_procedure_of_its_own(cast: Cast) -> None:
    assert not procedure(cast.officer).own
    entry: dict[str, Any] = {
        "stages": [{"code": "first", "name": "First"}],
        "agencies": [{"code": "police", "name": "The police", "role": "asks"}, {"code": "ria", "fact": "ee-ria"}],
        "inputs": [{"agency": "police", "stage": "first", "what": "A report", "hours": 3}],
    }
    spec = MECHANISM.model_copy(update={"mechanism": "inland", "attribution": AttributionEntry.model_validate(entry)})
    found_mechanism(founder("inland", started_by="the tests"), spec)
    officer = actor_named("inland", "officer")
    told = procedure(officer)
    assert told.own and told.source == "written for the tests" and told.agencies[0].name == "The police"
    assert told.agencies[1].name == facts_of("agencies_ee")["ee-ria"].label
    case = CaseOpening(officer, []).run(NewCase(title="One"), reason="asked")
    assert [one.what for one in case_record(actor_named("inland", "officer"), case).inputs] == ["A report"]
    for wrong in (
        entry | {"inputs": [{"agency": "army", "stage": "first", "what": "A report", "hours": 3}]},
        entry | {"stages": entry["stages"] * 2},
        entry | {"stages": []},
    ):
        with pytest.raises(ValidationError):
            AttributionEntry.model_validate(wrong)


def test_facts_that_were_known_from_memory_alone_say_so() -> None:
    known = facts_of("agencies_ee")
    assert known["ee-vla"].from_memory and not known["ee-ria"].from_memory
    assert all(fact.sources or fact.from_memory for fact in known.values())
    assert all(fact.as_of for name in ("agencies_ee", "source_grading", "attribution_frameworks") for fact in facts_of(name).values())
    bodies = {one.code: one for one in usual_procedure().agencies}
    assert {owed.agency for owed in usual_procedure().inputs} <= bodies.keys()


def test_what_a_case_holds_on_a_person_is_handed_out_to_those_inside_alone(opened: Opened) -> None:
    [found] = attribution_naming(opened.officer, ["mailboxes"])
    assert found["title"] == "The ministries' mail"
    assert attribution_naming(opened.cast.run, ["mailboxes"]) == [] and attribution_naming(opened.officer, [" "]) == []
    assert case_record(opened.officer, opened.case).row.id != uuid.UUID(int=0)
