"""Public statements: written down with their source, mended, withdrawn and let count again; on a calendar beside incidents."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from sild.formats.drawing.svg import svg_of
from sild.kernel.action import last_act
from sild.kernel.actor import Actor, Role
from sild.kernel.grants import release_to
from sild.kernel.moving import open_compartment
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.wings.signals.actions import mend_statement, redact_signals, restore_statement, withdraw_statement
from sild.wings.signals.public import (
    STATEMENT,
    IncidentFacts,
    Precision,
    StatementFacts,
    StatementFilter,
    StatementKind,
    list_statements,
    record_incident,
    record_statement,
    statement_record,
    statements_naming,
    statements_of,
)
from sild.wings.signals.reads import CalendarFilter, calendar_of
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in

SAID = StatementFacts(
    title="A service of another State was named",
    who="Ministry of Foreign Affairs",
    kind=StatementKind.ATTRIBUTION,
    country="Estonia",
    on=date(2026, 3, 10),
    precision=Precision.DAY,
    countries=("Russia",),
    actor="Unit 29155",
    languages=("et", "EN"),
    source="a page of the ministry",
)


def say(actor: Actor, **changed: object) -> UUID:
    return record_statement(actor, replace(SAID, **changed))  # type: ignore[arg-type]  # fields of one dataclass


def titles(actor: Actor, **wanted: str) -> list[str]:
    return [row.title for row in list_statements(actor, StatementFilter(**wanted))[0]]


def test_a_statement_is_kept_with_who_spoke_and_its_states_by_code(cast: Cast) -> None:
    row = statement_record(cast.officer, say(cast.officer)).row
    assert (row.who, row.country, row.countries, row.languages) == ("Ministry of Foreign Affairs", "EE", ("RU",), ("et", "en"))
    assert (row.on, row.precision, row.withdrawn) == (date(2026, 3, 10), Precision.DAY, False)


def test_a_day_of_which_the_month_is_known_is_kept_as_its_month(cast: Cast) -> None:
    assert statement_record(cast.officer, say(cast.officer, precision=Precision.MONTH)).row.on == date(2026, 3, 1)
    assert statement_record(cast.officer, say(cast.officer, on=None, precision=Precision.UNKNOWN)).row.on is None


@pytest.mark.parametrize("changed", [{"title": " "}, {"who": ""}, {"country": "Ruritania"}, {"on": None}, {"title": "a" * 401}])
def test_what_cannot_be_kept_is_refused(cast: Cast, changed: dict[str, object]) -> None:
    with pytest.raises(Refused):
        say(cast.officer, **changed)
    assert titles(cast.officer) == []


def test_who_keeps_it_mends_it_with_the_reason_and_undo_takes_that_back(cast: Cast) -> None:
    one = say(cast.officer)
    with pytest.raises(Refused):
        mend_statement(cast.officer, one, replace(SAID, title="Other words"), reason=" ")
    mend_statement(cast.officer, one, replace(SAID, title="Other words"), version=1, reason="misread")
    assert statement_record(cast.officer, one).row.title == "Other words"
    with pytest.raises(Stale):
        mend_statement(cast.officer, one, SAID, version=1, reason="again")
    act = last_act()
    assert act is not None
    undo(cast.officer, act, reason="it was right")
    assert statement_record(cast.officer, one).row.title == SAID.title


def test_a_withdrawn_statement_stays_and_counts_no_longer_until_it_counts_again(cast: Cast) -> None:
    one = say(cast.officer)
    withdraw_statement(cast.officer, one, reason="it was never said")
    assert titles(cast.officer) == [SAID.title]
    assert statements_of(cast.officer, "EE") == []
    with pytest.raises(Refused):
        withdraw_statement(cast.officer, one, reason="twice")
    restore_statement(cast.officer, one, reason="it was said after all")
    assert [row.id for row in statements_of(cast.officer, "Eesti")] == [one]
    assert [step["what"] for step in statement_record(cast.officer, one).steps] == ["recorded", "withdrawn", "restored"]


def test_others_see_a_statement_when_it_is_released_and_never_change_it(cast: Cast) -> None:
    one = say(cast.officer)
    with pytest.raises(NotThere):
        statement_record(cast.donor, one)
    release_to(cast.officer, STATEMENT, one, [cast.donor.organisation], reason="they ask")
    assert statement_record(cast.donor, one).own is False
    with pytest.raises(Refused):
        mend_statement(cast.donor, one, SAID, reason="ours")
    with pytest.raises(NotForRole):
        withdraw_statement(replace(cast.officer, roles=frozenset({Role.AUDITOR})), one, reason="no")


def test_a_statement_of_a_compartment_is_seen_by_its_members_alone(cast: Cast) -> None:
    room = open_compartment(cast.officer, "before it is said", [], reason="a case")
    inside = replace(cast.officer, compartments=frozenset({room}))
    one = record_statement(inside, SAID, compartment=room)
    assert statement_record(inside, one).room == room
    assert titles(cast.officer) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": "attribution"}, 1),
        ({"country": "ee"}, 1),
        ({"country": "Ruritania"}, 0),
        ({"country": "-"}, 1),
        ({"about": "Russia"}, 2),
        ({"year": "2026"}, 1),
        ({"year": "-"}, 1),
        ({"year": "999999"}, 0),
        ({"text": "29155"}, 2),
    ],
)
def test_the_list_of_statements_is_narrowed(cast: Cast, wanted: dict[str, str], found: int) -> None:
    say(cast.officer)
    say(cast.officer, kind=StatementKind.AID, country="", on=None, precision=Precision.UNKNOWN)
    assert len(titles(cast.officer, **wanted)) == found


def test_what_names_a_person_is_handed_out_and_blotted_out(cast: Cast) -> None:
    one = say(cast.officer, who="Minister Tamm-Saareke")
    assert [held["who"] for held in statements_naming(cast.officer, ["tamm-saareke"])] == ["Minister Tamm-Saareke"]
    assert redact_signals(cast.officer, re.compile("Tamm-Saareke"), reason="asked for") == [one]
    assert "Tamm-Saareke" not in statement_record(cast.officer, one).row.who


def test_the_calendar_shows_statements_and_incidents_of_its_days_and_leaves_out_what_is_withdrawn(cast: Cast) -> None:
    say(cast.officer)
    withdraw_statement(cast.officer, say(cast.officer, title="Never said"), reason="misread")
    happened = IncidentFacts(title="Pages fell", begins=date(2026, 3, 12), begins_precision=Precision.DAY, countries=("EE",))
    record_incident(cast.officer, happened)
    record_incident(cast.officer, replace(happened, title="Long before", begins=date(2019, 1, 1)))
    drawn = calendar_of(cast.officer, CalendarFilter(year="2026"))
    assert [row[0] for row in drawn.rows] == [SAID.title, "Pages fell"]
    assert drawn.picture is not None
    assert "Pages fell" in svg_of(drawn.picture, standalone=True)
    assert [row[0] for row in calendar_of(cast.officer, CalendarFilter(year="2019")).rows] == ["Long before"]
    assert [row[0] for row in calendar_of(cast.officer, CalendarFilter(year="2026", actor="29155")).rows] == [SAID.title]
    assert calendar_of(cast.officer, CalendarFilter(year="2026", country="Finland")).picture is None
    assert calendar_of(cast.donor, CalendarFilter(year="2026")).rows == ()


def test_the_pages_of_statements_write_down_show_mend_and_hand_out_the_list(cast: Cast) -> None:
    browser = signed_in(cast.officer)
    assert "No statement is written down yet" in browser.get(reverse("signals.statements")).content.decode()
    form = {"title": "Named", "who": "A ministry", "kind": "attribution", "country": "Estonia", "on": "2026-03-10", "marking": "2"}
    written = browser.post(reverse("signals.new-statement"), form | {"countries": "Russia"})
    [row] = list_statements(cast.officer, StatementFilter())[0]
    assert written["Location"] == reverse("signals.statement", args=[row.id])
    assert "Named" in browser.get(written["Location"]).content.decode()
    browser.post(reverse("signals.mend-statement", args=[row.id]), form | {"title": "Named anew", "version": "1", "reason": "misread"})
    browser.post(reverse("signals.withdraw-statement", args=[row.id]), {"version": "2", "reason": "not said"})
    browser.post(reverse("signals.restore-statement", args=[row.id]), {"version": "3", "reason": "said"})
    rows = browser.get(reverse("signals.statements"), {"format": "csv"}).content.decode()
    assert "Named anew" in rows
    assert browser.get(reverse("signals.statements"), {"format": "xlsx"}).status_code == 200
    assert "Named anew" in browser.get(reverse("signals.calendar"), {"year": "2026"}).content.decode()
    assert "Nothing was said" in browser.get(reverse("signals.calendar"), {"year": "2001"}).content.decode()


def test_programs_write_read_mend_and_withdraw_statements(cast: Cast) -> None:
    program = program_of("drill", "officer", account_on(cast.officer))

    def ask(method: str, path: str, body: object = None) -> tuple[int, Any]:
        answer = program.ask(method, path, body)
        return answer.status_code, json.loads(answer.content) if answer.content else {}

    told = {"title": "Named", "who": "A ministry", "kind": "sanctions", "on": "2026-03-10", "precision": "day", "country": "EE"}
    made = ask("POST", "/public-statements", told)[1]["id"]
    assert ask("GET", "/public-statements?kind=sanctions")[1]["items"][0]["country"] == "EE"
    assert ask("PUT", f"/public-statements/{made}", told | {"title": "B", "version": 1, "reason": "misread"})[0] == 204
    assert ask("POST", f"/public-statements/{made}/withdraw", {"version": 2, "reason": "never said"})[0] == 204
    assert ask("POST", f"/public-statements/{made}/restore", {"version": 3, "reason": "said"})[0] == 204
    whole = ask("GET", f"/public-statements/{made}")[1]
    assert (whole["statement"]["title"], whole["statement"]["withdrawn"], len(whole["steps"])) == ("B", False, 4)
