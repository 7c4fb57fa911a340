"""Incidents: written down, mended, weighed, moved with the reason, tied by people; what contradicts itself is shown and kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.actor import Actor, Role
from sild.kernel.grants import release_to
from sild.kernel.moving import open_compartment
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.wings.signals.public import (
    INCIDENT,
    Degree,
    IncidentFacts,
    IncidentFilter,
    IncidentKind,
    IncidentState,
    Precision,
    TieKind,
    Weighing,
    WhyNot,
    incident_record,
    list_incidents,
    mend_incident,
    move_incident,
    record_incident,
    tie_incidents,
    weigh_incident,
)
from sild.wings.signals.rules import Odd, contradictions_in
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in

MARCH = date(2026, 3, 4)
FACTS = IncidentFacts(
    title="Pages of a ministry were out of reach",
    begins=MARCH,
    begins_precision=Precision.DAY,
    countries=("Estonia",),
    victims=("Ministry of Health",),
    sectors=("public-administration",),
    source="a daily",
    source_on=date(2026, 3, 5),
)


def write(actor: Actor, **changed: object) -> UUID:
    return record_incident(actor, replace(FACTS, **changed))  # type: ignore[arg-type]  # fields of one dataclass


def titles(actor: Actor, **wanted: str) -> list[str]:
    return [row.title for row in list_incidents(actor, IncidentFilter(**wanted))[0]]


def test_a_day_is_kept_as_exactly_as_it_is_known(cast: Cast) -> None:
    one = write(cast.officer, begins=MARCH, begins_precision=Precision.MONTH, ends=MARCH, ends_precision=Precision.UNKNOWN)
    row = incident_record(cast.officer, one).row
    assert (row.begins, row.begins_precision) == (date(2026, 3, 1), Precision.MONTH)
    assert (row.ends, row.ends_precision) == (None, Precision.UNKNOWN)
    with pytest.raises(Refused, match="not known"):
        write(cast.officer, begins=None, begins_precision=Precision.YEAR)


def test_what_is_not_pursued_says_why_in_a_word_and_in_words(cast: Cast) -> None:
    one = write(cast.officer)
    with pytest.raises(Refused, match="Choose why"):
        move_incident(cast.officer, one, IncidentState.NOT_PURSUED, reason="too slight")
    with pytest.raises(Refused, match="few words"):
        move_incident(cast.officer, one, IncidentState.NOT_PURSUED, WhyNot.BELOW_THRESHOLD)
    move_incident(cast.officer, one, IncidentState.NOT_PURSUED, WhyNot.BELOW_THRESHOLD, reason="two hours, one page")
    record = incident_record(cast.officer, one)
    assert (record.row.state, record.row.why_not) == (IncidentState.NOT_PURSUED, "below-threshold")
    assert [(step.what, step.reason) for step in record.steps] == [("recorded", ""), ("moved", "two hours, one page")]
    move_incident(cast.officer, one, IncidentState.ASSESSED, reason="it came again")
    assert incident_record(cast.officer, one).row.why_not == ""


def test_a_state_is_not_skipped(cast: Cast) -> None:
    with pytest.raises(Refused, match="does not become"):
        move_incident(cast.officer, write(cast.officer), IncidentState.PURSUED, reason="now")


def test_mending_wants_the_version_and_what_is_known_now_and_is_undone(cast: Cast) -> None:
    one = write(cast.officer)
    told = replace(FACTS, title="Pages of two ministries were out of reach")
    with pytest.raises(Stale):
        mend_incident(cast.officer, one, told, version=7, reason="a second one rang")
    with pytest.raises(Refused, match="known now"):
        mend_incident(cast.officer, one, told, version=1, reason=" ")
    mend_incident(cast.officer, one, told, version=1, reason="a second one rang")
    assert titles(cast.officer) == ["Pages of two ministries were out of reach"]
    act = last_act()
    assert act is not None
    undo(cast.officer, act, reason="it was one after all")
    assert titles(cast.officer) == [FACTS.title]


def test_a_factor_is_weighed_by_people_with_its_source(cast: Cast) -> None:
    one = write(cast.officer)
    with pytest.raises(Refused, match="what makes it so"):
        weigh_incident(cast.officer, one, Weighing(factor="duration", degree=Degree.GRAVE))
    weigh_incident(cast.officer, one, Weighing(factor="duration", degree=Degree.GRAVE, said="nine days", source="the operator"))
    found = {view.factor.key: view for view in incident_record(cast.officer, one).factors}
    assert (found["duration"].degree, found["duration"].said) == (Degree.GRAVE, "nine days")
    assert found["cost"].degree is None
    assert all(view.factor.source for view in found.values())
    with pytest.raises(Refused, match="no such factor"):
        weigh_incident(cast.officer, one, Weighing(factor="luck", degree=Degree.NONE))


def test_a_tie_is_read_from_both_ends_once_and_undone(cast: Cast) -> None:
    one, other = write(cast.officer), write(cast.officer, title="The pages went again")
    tie_incidents(cast.officer, other, one, TieKind.FOLLOWS, reason="the same hosts")
    act = last_act()
    (seen,), (back,) = incident_record(cast.officer, other).ties, incident_record(cast.officer, one).ties
    assert (seen.first, seen.other.id) == (True, one)
    assert (back.first, back.other.id) == (False, other)
    with pytest.raises(Refused, match="already"):
        tie_incidents(cast.officer, other, one, TieKind.FOLLOWS, reason="again")
    with pytest.raises(Refused, match="itself"):
        tie_incidents(cast.officer, one, one, TieKind.REPEATS, reason="again")
    assert act is not None
    undo(cast.officer, act, reason="other hosts")
    assert incident_record(cast.officer, one).ties == ()


def test_others_see_an_incident_when_it_is_released_and_what_it_is_tied_to_when_that_is(cast: Cast) -> None:
    one, other = write(cast.officer), write(cast.officer, title="hidden")
    tie_incidents(cast.officer, one, other, TieKind.SAME_CAMPAIGN, reason="the same hosts")
    with pytest.raises(NotThere):
        incident_record(cast.donor, one)
    release_to(cast.officer, INCIDENT, one, [cast.donor.organisation], reason="they ask")
    record = incident_record(cast.donor, one)
    assert (record.own, record.ties, record.following) == (False, (), ())
    with pytest.raises(Refused, match="Another organisation"):
        move_incident(cast.donor, one, IncidentState.ASSESSED, reason="mine")


def test_an_incident_in_a_compartment_is_seen_by_its_members_alone_and_not_tied_to_one_outside(cast: Cast) -> None:
    room = open_compartment(cast.officer, "the case", [], reason="closed")
    inside = replace(cast.officer, compartments=cast.officer.compartments | {room})
    one = record_incident(inside, FACTS, compartment=room)
    assert titles(cast.officer) == []
    assert titles(inside) == [FACTS.title]
    with pytest.raises(Refused, match="compartment"):
        tie_incidents(inside, one, write(inside, title="outside"), TieKind.REPEATS, reason="alike")
    with pytest.raises(NotThere):
        record_incident(cast.officer, FACTS, compartment=uuid4())


def test_an_auditor_writes_nothing_down(cast: Cast) -> None:
    with pytest.raises(NotForRole):
        write(replace(cast.officer, roles=frozenset({Role.AUDITOR})))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": "cyber"}, 1),
        ({"kind": "physical"}, 1),
        ({"sector": "energy"}, 1),
        ({"sector": "-"}, 0),
        ({"country": "Estonia"}, 1),
        ({"country": "ee"}, 1),
        ({"country": "Естонія"}, 1),
        ({"country": "Latvia"}, 0),
        ({"year": "2026"}, 1),
        ({"year": "-"}, 1),
        ({"year": "99999"}, 0),
        ({"text": "ministry of health"}, 2),
        ({"text": "cable"}, 1),
        ({"state": "pursued"}, 0),
    ],
)
def test_the_list_is_narrowed(cast: Cast, wanted: dict[str, str], found: int) -> None:
    write(cast.officer)
    cable: dict[str, Any] = {"title": "A cable was cut", "kind": IncidentKind.PHYSICAL, "sectors": ("energy",), "countries": ("Finland",)}
    write(cast.officer, **cable, begins=None, begins_precision=Precision.UNKNOWN)
    assert len(titles(cast.officer, **wanted)) == found


@pytest.mark.parametrize(
    ("begins", "ends", "source_on", "told", "attributions", "odd"),
    [
        (MARCH, date(2026, 3, 3), None, {}, [], [Odd.ENDS_BEFORE]),
        (MARCH, MARCH, None, {}, [], []),
        (MARCH, None, date(2026, 3, 3), {}, [], [Odd.FUTURE]),
        (MARCH, None, None, {}, [{"on": "2026-03-03"}, {"on": ""}], [Odd.SAID_BEFORE]),
        (None, None, None, {}, [{"on": "2026-03-03"}], []),
        (MARCH, None, None, {"answered_on": ["2025-01-01"]}, [], [Odd.ANSWERED_BEFORE]),
        (MARCH, None, None, {"attributions": 2}, [{"countries": ["A"]}], [Odd.COUNTED]),
        (MARCH, None, None, {}, [{"countries": ["A"]}, {"countries": ["B"]}], [Odd.COUNTRIES]),
    ],
)
def test_what_contradicts_itself_is_told(
    begins: date | None,
    ends: date | None,
    source_on: date | None,
    told: dict[str, object],
    attributions: list[dict[str, object]],
    odd: list[Odd],
) -> None:
    assert [one.what for one in contradictions_in(begins, ends, source_on, told, attributions)] == odd


def test_an_incident_is_written_mended_moved_and_weighed_in_the_browser(cast: Cast) -> None:
    browser = signed_in(cast.officer)
    assert "No incident is written down yet." in browser.get(reverse("signals.incidents")).content.decode()
    assert browser.get(reverse("signals.new-incident")).status_code == 200
    form: dict[str, Any] = {"title": "A cable was cut", "kind": "physical", "begins": "2026-03-04", "begins_precision": "", "marking": "2"}
    form |= {"countries": "Finland, Estonia", "victims": "Elering\nFingrid", "sectors": ["energy", "transport"]}
    made = browser.post(reverse("signals.new-incident"), form)
    assert made.status_code == 302
    one = list_incidents(cast.officer, IncidentFilter())[0][0]
    assert (one.countries, one.victims, one.sectors) == (("FI", "EE"), ("Elering", "Fingrid"), ("energy", "transport"))
    page = browser.get(made["Location"]).content.decode()
    assert "Elering; Fingrid" in page
    for name, sent in (
        ("weigh", {"factor": "cost", "degree": "serious", "said": "a ship's anchor", "version": "1"}),
        ("move", {"state": "assessed", "version": "2"}),
        ("mend", {**form, "title": "Two cables were cut", "reason": "a second one", "version": "3"}),
    ):
        answer = browser.post(reverse(f"signals.{name}", args=[one.id]), sent)
        assert answer.status_code == 302, answer.content.decode()
    page = browser.get(reverse("signals.incident", args=[one.id])).content.decode()
    assert "Two cables were cut" in page
    assert "a ship&#x27;s anchor" in page
    rows = browser.get(reverse("signals.incidents"), {"format": "csv"}).content.decode()
    assert "FI; EE" in rows
    assert browser.get(reverse("signals.incidents"), {"format": "xlsx"}).content[:2] == b"PK"
    assert "Nothing fits these filters." in browser.get(reverse("signals.incidents"), {"kind": "cyber"}).content.decode()


def test_a_program_writes_an_incident_and_reads_it_whole(cast: Cast) -> None:
    program = program_of("drill", "officer", account_on(cast.officer))

    def ask(method: str, path: str, body: object = None) -> tuple[int, Any]:
        answer = program.ask(method, path, body)
        return answer.status_code, json.loads(answer.content) if answer.content else {}

    told = {"title": "A rumour went round", "kind": "informational", "begins": "2026-03-01", "begins_precision": "month"}
    key = ask("POST", "/incidents", told)[1]["id"]
    assert ask("GET", "/incidents?kind=informational")[1]["items"][0]["title"] == "A rumour went round"
    assert ask("POST", f"/incidents/{key}/moves", {"state": "closed", "version": 1, "reason": "nothing more comes"})[0] == 204
    whole = ask("GET", f"/incidents/{key}")[1]
    assert (whole["incident"]["state"], whole["incident"]["begins_precision"]) == ("closed", "month")
    assert len(whole["factors"]) == 11
    assert ask("POST", "/incidents", {"title": "", "kind": "cyber"})[0] == 422
