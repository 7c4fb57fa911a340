"""Notes, assignees and next steps are an organisation's own, as closed as their record, and never written over in silence."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.casework import LONGEST_NOTE, Note, add_note, assign, colleagues, handled, handling_of, notes_on, set_next_step
from sild.kernel.history_reads import history_of
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.wings.register.public import Grouping, keep_lines, place_lines
from tests.cast import Cast
from tests.wings.readings import reading

NEED = uuid.uuid4()
ON = "register.Need"


@pytest.fixture
def placed(cast: Cast) -> Cast:
    """One need, released to the front office by the rule."""
    asked = reading(1, "request", "training", "course", 12)
    keep_lines(cast.run, [asked])
    place_lines(cast.run, [Grouping(id=NEED, side="need", lines=(asked.id,))])
    return cast


def test_the_notes_of_one_organisation_are_not_there_for_another(placed: Cast) -> None:
    add_note(placed.officer, ON, NEED, "The ministry counts twice.")
    add_note(placed.technical, ON, NEED, "We know the site.")
    assert [note.text for note in notes_on(placed.officer, ON, NEED)] == ["The ministry counts twice."]
    assert [note.text for note in notes_on(placed.technical, ON, NEED)] == ["We know the site."]


def test_nobody_writes_beside_a_record_that_is_not_there_for_them(placed: Cast) -> None:
    for stranger in (placed.donor, placed.outsider):
        with pytest.raises(NotThere) as hidden:
            add_note(stranger, ON, NEED, "here")
        with pytest.raises(NotThere) as absent:
            add_note(stranger, ON, uuid.uuid4(), "here")
        assert str(hidden.value) == str(absent.value)


def test_only_records_of_the_wings_are_worked_on(placed: Cast) -> None:
    for model in ("kernel.Member", "register.Nothing", "nonsense", ""):
        with pytest.raises(NotThere):
            add_note(placed.officer, model, placed.officer.person, "here")


def test_an_empty_note_and_one_without_end_are_refused(placed: Cast) -> None:
    with pytest.raises(Refused, match="empty"):
        add_note(placed.officer, ON, NEED, "  \n ")
    with pytest.raises(Refused, match="Shorten"):
        add_note(placed.officer, ON, NEED, "x" * (LONGEST_NOTE + 1))


def test_an_auditor_reads_and_does_not_write(placed: Cast) -> None:
    with pytest.raises(NotForRole):
        add_note(placed.auditor, ON, NEED, "noted")


def test_each_organisation_has_its_own_assignee(placed: Cast) -> None:
    assign(placed.officer, ON, NEED, placed.officer.person)
    assign(placed.technical, ON, NEED, placed.interagency.person)
    assert handling_of(placed.officer, ON, [NEED])[NEED].assignee_name == "Secretariat officer"
    assert handling_of(placed.technical, ON, [NEED])[NEED].assignee_name == "Inter-agency gate"
    assert handled(placed.officer, ON, mine=True) == {NEED}
    assert handled(placed.technical, ON, mine=True) == frozenset()
    assert handled(placed.interagency, ON, mine=True) == {NEED}


def test_a_record_is_given_to_ones_own_people_alone(placed: Cast) -> None:
    assert placed.donor.person not in dict(colleagues(placed.officer))
    names = set(dict(colleagues(placed.officer)).values())
    assert {"Secretariat officer", "Auditor"} <= names
    assert not names & {"Donor focal point", "the run"}
    for stranger in (placed.donor.person, uuid.uuid4(), placed.run.person):
        with pytest.raises(Refused, match="own organisation"):
            assign(placed.officer, ON, NEED, stranger)


def test_a_next_step_has_a_day_and_can_be_taken_away(placed: Cast) -> None:
    set_next_step(placed.officer, ON, NEED, "Call the ministry", date(2026, 2, 9))
    assert handled(placed.officer, ON, due_by=date(2026, 2, 10)) == {NEED}
    assert handled(placed.officer, ON, due_by=date(2026, 2, 8)) == frozenset()
    with pytest.raises(Refused, match="without a step"):
        set_next_step(placed.officer, ON, NEED, "", date(2026, 2, 9))
    set_next_step(placed.officer, ON, NEED, "", None)
    assert handled(placed.officer, ON, due_by=date(2030, 1, 1)) == frozenset()


def test_a_stale_step_is_refused_with_both_texts(placed: Cast) -> None:
    set_next_step(placed.officer, ON, NEED, "Call", None, version=0)
    read = handling_of(placed.officer, ON, [NEED])[NEED].version
    set_next_step(placed.officer, ON, NEED, "Write", None, version=read)
    with pytest.raises(Stale) as stale:
        set_next_step(placed.officer, ON, NEED, "Visit", None, version=read)
    assert stale.value.mine["next_step"] == "Visit"
    assert stale.value.theirs["next_step"] == "Write"
    with pytest.raises(Stale):
        assign(placed.officer, ON, NEED, placed.officer.person, version=0)


def test_a_note_can_be_taken_back(placed: Cast) -> None:
    add_note(placed.officer, ON, NEED, "wrong record")
    act = last_act()
    assert act is not None
    undo(placed.officer, act, reason="wrong record")
    assert notes_on(placed.officer, ON, NEED) == ()


def test_the_history_of_a_record_does_not_tell_another_organisations_notes(placed: Cast) -> None:
    add_note(placed.technical, ON, NEED, "We know the site.")
    told = history_of(placed.officer, [NEED])
    assert "casework.write-note" not in {entry.action for entry in told}


def test_a_note_is_as_closed_as_its_record(cast: Cast) -> None:
    red = reading(5, "request", "training", "course", 3, tlp="TLP:RED")
    keep_lines(cast.run, [red])
    add_note(cast.officer, "register.Line", red.id, "for us alone")
    with acting(cast.officer):
        assert list(Note.objects.values_list("marking", flat=True)) == [4]
