"""Incidents and statements that go into a compartment later: what hangs on them goes along, and outside nothing is left of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.actor import Actor
from sild.kernel.grants import release_to
from sild.kernel.identity import actor_named
from sild.kernel.moving import open_compartment
from sild.kernel.refusals import NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.wings.response.actions import NewResponse, open_response
from sild.wings.response.reads import response_record
from sild.wings.signals.public import (
    IncidentFacts,
    IncidentFilter,
    StatementFacts,
    TieKind,
    close_incident_into,
    close_statement_into,
    incident_record,
    list_incidents,
    record_incident,
    record_statement,
    statement_record,
    tie_incidents,
)
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in


@dataclass(frozen=True, slots=True)
class Closing:
    """An incident with a tie, a response and a reader abroad; a room that the officer is in and the deputy is not."""

    cast: Cast
    incident: UUID
    other: UUID
    response: UUID
    room: UUID
    inside: Actor


@pytest.fixture
def closing(cast: Cast) -> Closing:
    incident = record_incident(cast.officer, IncidentFacts(title="The registers were dark", begins=date(2026, 3, 4)))
    other = record_incident(cast.officer, IncidentFacts(title="The same tools, a week earlier"))
    tie_incidents(cast.officer, incident, other, TieKind.SAME_CAMPAIGN, reason="the same loader")
    response = open_response(cast.officer, NewResponse(title="What we answer", incident_id=incident), reason="asked")
    release_to(cast.officer, "signals.Incident", incident, [cast.donor.organisation], reason="they help")
    room = open_compartment(cast.officer, "Registers", [cast.officer.person], reason="it names a site")
    return Closing(cast, incident, other, response, room, actor_named("drill", "officer"))


def test_what_hangs_on_an_incident_goes_into_the_compartment_with_it(closing: Closing) -> None:
    assert incident_record(closing.cast.donor, closing.incident).row.title == "The registers were dark"
    moved = close_incident_into(closing.inside, closing.incident, closing.room, reason="it names a site")
    assert moved == 1
    seen = incident_record(closing.inside, closing.incident)
    assert seen.room == closing.room and len(seen.ties) == 1
    for outside in (closing.cast.deputy, closing.cast.donor):
        with pytest.raises(NotThere):
            incident_record(outside, closing.incident)
    with pytest.raises(NotThere):
        response_record(closing.cast.deputy, closing.response)
    assert response_record(closing.inside, closing.response).row.title == "What we answer"
    # the other incident stays where it was, and tells nothing of the tie
    assert incident_record(closing.cast.deputy, closing.other).ties == ()
    assert [row.title for row in list_incidents(closing.cast.deputy, IncidentFilter())[0]] == ["The same tools, a week earlier"]


def test_a_move_into_a_compartment_is_never_undone_and_never_done_twice(closing: Closing) -> None:
    close_incident_into(closing.inside, closing.incident, closing.room, reason="it names a site")
    act = last_act()
    assert act is not None
    with pytest.raises(Refused):
        undo(closing.inside, act, reason="no")
    with pytest.raises(Refused, match="already"):
        close_incident_into(closing.inside, closing.incident, closing.room, reason="again")


def test_who_is_not_inside_or_saw_an_older_version_moves_nothing(closing: Closing) -> None:
    with pytest.raises(NotThere):
        close_incident_into(closing.cast.deputy, closing.incident, closing.room, reason="mine")
    with pytest.raises(Stale):
        close_incident_into(closing.inside, closing.incident, closing.room, version=7, reason="old page")
    donors = record_incident(closing.cast.donor, IncidentFacts(title="Seen from abroad"))
    release_to(closing.cast.donor, "signals.Incident", donors, [closing.inside.organisation], reason="they should know")
    with pytest.raises(Refused, match="belongs to"):
        close_incident_into(closing.inside, donors, closing.room, reason="theirs")


def test_a_tie_into_two_compartments_is_refused_and_says_what_to_do(closing: Closing) -> None:
    close_incident_into(closing.inside, closing.incident, closing.room, reason="it names a site")
    second = open_compartment(closing.inside, "Second", [closing.inside.person], reason="another one")
    with pytest.raises(Refused, match="two compartments"):
        close_incident_into(actor_named("drill", "officer"), closing.other, second, reason="the other one")
    assert incident_record(closing.inside, closing.other).room is None


def test_programs_and_pages_move_statements_and_incidents(closing: Closing) -> None:
    said = record_statement(closing.inside, StatementFacts(title="We condemn", who="The government", on=date(2026, 3, 9)))
    program = program_of("drill", "officer", account_on(closing.inside))
    into = {"compartment": str(closing.room), "version": 1, "reason": "not yet out"}
    answer = program.ask("POST", f"/statements/{said}/compartment", into)
    assert (answer.status_code, json.loads(answer.content)) == (200, {"readings": 1})
    assert statement_record(closing.inside, said).room == closing.room
    with pytest.raises(NotThere):
        close_statement_into(closing.cast.deputy, said, closing.room, reason="mine")
    browser = signed_in(closing.inside)
    url = reverse("access.incident", args=[closing.incident])
    form = {"act": "close", "compartment": str(closing.room)}
    sure = browser.post(url, form).content.decode()
    assert "Move the incident into the compartment Registers" in sure
    version = incident_record(closing.inside, closing.incident).row.version
    assert browser.post(url, form | {"sure": "yes", "version": str(version), "reason": "it names a site"}).status_code == 302
    assert incident_record(closing.inside, closing.incident).room == closing.room
