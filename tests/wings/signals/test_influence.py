"""Influence studies: asked by a person, answered behind, checked, kept with what was counted, and as closed as that is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.actor import Actor
from sild.kernel.grants import release_to
from sild.kernel.moving import open_compartment
from sild.kernel.refusals import NotForRole, NotThere, Refused
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.signals.actions import ask_study, end_study, record_incident, record_statement, withdraw_statement
from sild.wings.signals.jobs import answer_study
from sild.wings.signals.public import INCIDENT, STATEMENT, IncidentFacts, Precision, StatementFacts
from sild.wings.signals.reads import StudyQuestion, list_studies, study_record
from sild.wings.signals.rules import StudyState
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in

FIRST = date(2025, 1, 6)
LAST = FIRST + timedelta(days=279)
ASKED = StudyQuestion(first=FIRST, last=LAST, window=2)


def speak(actor: Actor, day: date, *, marking: Marking = Marking.AMBER, precision: Precision = Precision.DAY) -> UUID:
    facts = StatementFacts(title=f"said on {day}", who="A ministry", country="EE", on=day, precision=precision)
    return record_statement(actor, facts, marking=marking)


def happen(actor: Actor, day: date, *, marking: Marking = Marking.AMBER, precision: Precision = Precision.DAY) -> UUID:
    facts = IncidentFacts(title=f"happened on {day}", begins=day, begins_precision=precision, countries=("EE",))
    return record_incident(actor, facts, marking=marking)


def tell(actor: Actor, *, following: bool = True) -> list[UUID]:
    """A statement each 25 days, on changing weekdays, an incident on ninety other days, and more after each statement where they follow."""
    said = []
    for number in range(8):
        day = FIRST + timedelta(days=40 + 25 * number)
        said.append(speak(actor, day))
        for after in range(3 if following else 0):
            for _more in range(3):
                happen(actor, day + timedelta(days=after))
    # the same days for each run, without a rhythm that statements could fall in with
    for number in Random(11).sample(range(280), 90):
        happen(actor, FIRST + timedelta(days=number))
    return said


def test_a_study_that_is_answered_tells_what_followed_with_the_rows_behind_it(cast: Cast) -> None:
    said = tell(cast.officer)
    one = ask_study(cast.officer, ASKED)
    assert study_record(cast.officer, one).row.state == StudyState.WAITING
    answer_study(cast.officer, one)
    seen = study_record(cast.officer, one)
    assert (seen.row.state, seen.faults, seen.refusal) == (StudyState.DONE, (), "")
    assert seen.row.verdict == "follows"
    assert seen.finding is not None
    effect = seen.finding["effect"]
    assert effect["interval"]["ratio_low"] > 1
    assert [it.row.id for it in seen.statements] == said
    assert sum(it.counted["incidents"] for it in seen.statements if it.counted) == pytest.approx(effect["incidents"])
    assert len(seen.incidents) == seen.row.incidents
    assert (seen.row.asked_by, seen.row.question) == (cast.officer.name, ASKED)


def test_where_nothing_follows_the_study_finds_nothing_and_says_what_it_could_have_seen(cast: Cast) -> None:
    tell(cast.officer, following=False)
    one = ask_study(cast.officer, ASKED)
    answer_study(cast.officer, one)
    seen = study_record(cast.officer, one)
    assert seen.row.verdict in ("none-seen", "cannot-tell")
    assert seen.power
    assert all(0 <= point["percent"] <= 100 for point in seen.power)


def test_too_little_is_said_to_be_too_little(cast: Cast) -> None:
    speak(cast.officer, FIRST + timedelta(days=50))
    happen(cast.officer, FIRST + timedelta(days=51))
    one = ask_study(cast.officer, ASKED)
    answer_study(cast.officer, one)
    seen = study_record(cast.officer, one)
    assert seen.row.verdict == "too-thin"
    assert seen.finding is not None
    assert seen.finding["missing"]


def test_what_is_withdrawn_vague_or_in_a_compartment_does_not_count(cast: Cast) -> None:
    counts, happened = speak(cast.officer, FIRST + timedelta(days=50)), happen(cast.officer, FIRST + timedelta(days=60))
    withdraw_statement(cast.officer, speak(cast.officer, FIRST + timedelta(days=80)), reason="never said")
    speak(cast.officer, date(2025, 3, 1), precision=Precision.MONTH)
    happen(cast.officer, date(2025, 3, 1), precision=Precision.MONTH)
    room = open_compartment(cast.officer, "a case", [], reason="a case")
    inside = replace(cast.officer, compartments=frozenset({room}))
    record_incident(inside, IncidentFacts(title="inside", begins=FIRST, begins_precision=Precision.DAY), compartment=room)
    seen = study_record(inside, ask_study(inside, ASKED))
    assert [it.row.id for it in seen.statements] == [counts]
    assert [it.id for it in seen.incidents] == [happened]
    assert seen.left_out == {"statements": 1, "incidents": 1}


def test_a_study_is_as_closed_as_the_most_closed_of_what_it_counts(cast: Cast) -> None:
    said, happened = speak(cast.officer, FIRST + timedelta(days=50)), happen(cast.officer, FIRST + timedelta(days=60))
    one = ask_study(cast.officer, ASKED)
    assert study_record(cast.officer, one).row.marking == Marking.AMBER
    with pytest.raises(NotThere):
        study_record(cast.donor, one)
    release_to(cast.officer, STATEMENT, said, [cast.donor.organisation], reason="they ask")
    release_to(cast.officer, INCIDENT, happened, [cast.donor.organisation], reason="they ask")
    with pytest.raises(NotThere):
        study_record(cast.donor, one)
    clear = replace(cast.officer, ceiling=Marking.GREEN)
    with pytest.raises(NotThere):
        study_record(clear, one)


def test_a_study_that_is_ended_or_undone_keeps_no_answer(cast: Cast) -> None:
    tell(cast.officer)
    one = ask_study(cast.officer, ASKED)
    end_study(cast.officer, one)
    answer_study(cast.officer, one)
    assert study_record(cast.officer, one).row.state == StudyState.ENDED
    with pytest.raises(Refused):
        end_study(cast.officer, one)
    other = ask_study(cast.officer, ASKED)
    act = last_act()
    assert act is not None
    undo(cast.officer, act, reason="not asked")
    answer_study(cast.officer, other)
    assert [row.id for row in list_studies(cast.officer)] == [one]


@pytest.mark.parametrize(
    "changed", [{"last": FIRST - timedelta(days=1)}, {"last": date(2999, 1, 1)}, {"window": 15}, {"unwatched": -1}, {"country": "Finland"}]
)
def test_a_question_that_cannot_be_asked_is_refused(cast: Cast, changed: dict[str, object]) -> None:
    speak(cast.officer, FIRST + timedelta(days=50))
    happen(cast.officer, FIRST + timedelta(days=60))
    with pytest.raises(Refused):
        ask_study(cast.officer, replace(ASKED, **changed))  # type: ignore[arg-type]  # fields of one dataclass
    with pytest.raises(NotForRole):
        ask_study(cast.donor, ASKED)


def test_a_study_is_asked_read_and_ended_in_the_browser_and_by_programs(cast: Cast) -> None:
    browser = signed_in(cast.officer)
    assert "Nobody has asked yet" in browser.get(reverse("signals.studies")).content.decode()
    tell(cast.officer)
    form = {"first": FIRST.isoformat(), "last": LAST.isoformat(), "window": "2"}
    asked = browser.post(reverse("signals.studies"), form)
    [row] = list_studies(cast.officer)
    assert asked["Location"] == reverse("signals.study", args=[row.id])
    assert "being worked out" in browser.get(asked["Location"]).content.decode()
    answer_study(cast.officer, row.id)
    page = browser.get(asked["Location"]).content.decode()
    assert "Incidents follow these statements" in page
    assert "What this cannot say" in page
    program = program_of("drill", "officer", account_on(cast.officer))
    told = {"first": FIRST.isoformat(), "last": LAST.isoformat(), "window": 2, "country": "EE"}
    other = json.loads(program.ask("POST", "/influence-studies", told).content)["id"]
    assert program.ask("POST", f"/influence-studies/{other}/end", {"version": 1}).status_code == 204
    whole = json.loads(program.ask("GET", f"/influence-studies/{row.id}").content)
    assert (whole["study"]["verdict"], len(whole["statements"])) == ("follows", 8)
    assert len(json.loads(program.ask("GET", "/influence-studies").content)["items"]) == 2
