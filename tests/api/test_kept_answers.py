"""An answer that was kept for an idempotency key opens nothing that was closed since, and is nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from tests.api.desk import fill
from tests.api.programs import Program, account_on, program_of
from tests.api.test_desk import first
from tests.cast import Cast

Programs = dict[str, Program]


@pytest.fixture
def desk(programs: Programs, cast: Cast, home: Home, tmp_path: Path) -> Programs:
    """The programs, on a desk that holds a few messages and a plan."""
    fill(cast, home, tmp_path / "inbox")
    return programs


def _room(officer: Program) -> str:
    me = officer.ask("GET", "/me").json()
    made = officer.ask("POST", "/compartments", {"name": "Tender", "members": [me["seat"]], "reason": "a tender"})
    return str(made.json()["id"])


def _closed(officer: Program, room: str, **headers: str) -> tuple[str, str]:
    """The generators' message moves into the room: its identifier outside, and inside."""
    message = first(officer, "/messages?text=generators")
    body = {"compartment": room, "reason": "it names the site"}
    moved = officer.ask("POST", f"/messages/{message['id']}/compartment", body, **headers)
    assert moved.status_code == 200, moved.content
    return str(message["id"]), str(moved.json()["message"])


def test_what_was_answered_about_a_record_that_was_closed_since_is_answered_as_if_it_had_never_been(desk: Programs) -> None:
    deputy = desk["deputy"]
    line = next(one for one in deputy.ask("GET", "/lines").json()["items"] if one["message_name"] == "generators.eml")
    note = {"text": "The site is known to her."}
    for key, path, body in (
        ("k", f"/lines/{line['id']}/notes", note),
        ("m", f"/lines/{line['id']}/accept", {"version": line["version"]}),
    ):
        assert deputy.ask("POST", path, body, Idempotency_Key=key).status_code < 300
    given = deputy.ask("POST", f"/lines/{line['id']}/notes", note, Idempotency_Key="k")
    assert given.status_code == 201, "while it is there the answer is given again"
    _closed(desk["officer"], _room(desk["officer"]))
    again = deputy.ask("POST", f"/lines/{line['id']}/notes", note, Idempotency_Key="k")
    assert again.status_code == deputy.ask("GET", f"/lines/{line['id']}").status_code == 404
    assert "Sild-Act" not in again.headers
    without = deputy.ask("POST", f"/lines/{line['id']}/accept", {"version": line["version"]}, Idempotency_Key="m")
    assert without.status_code == 404


def test_an_answer_that_names_what_is_in_a_room_is_not_given_again_to_who_left_it(desk: Programs) -> None:
    officer = desk["officer"]
    room = _room(officer)
    outside, inside = _closed(officer, room, Idempotency_Key="into")
    body = {"compartment": room, "reason": "it names the site"}
    kept = officer.ask("POST", f"/messages/{outside}/compartment", body, Idempotency_Key="into")
    assert kept.status_code == 200
    assert kept.json()["message"] == inside
    place = f"/compartments/{room}"
    read = officer.ask("GET", place).json()
    deputy = next(seat["id"] for seat in read["others"] if "deputy" in seat["name"])
    joining = {"members": [deputy], "reason": "she goes on", "version": read["version"]}
    assert officer.ask("POST", f"{place}/members", joining).status_code == 204
    leaving = {"members": [deputy], "reason": "he left", "version": read["version"] + 1}
    assert desk["deputy"].ask("POST", f"{place}/members", leaving).status_code == 204
    assert officer.ask("GET", f"/messages/{inside}").status_code == 404
    again = officer.ask("POST", f"/messages/{outside}/compartment", body, Idempotency_Key="into")
    assert again.status_code == 404
    assert inside.encode() not in again.content


def test_the_next_person_on_a_seat_has_keys_of_their_own(desk: Programs, cast: Cast) -> None:
    need = first(desk["deputy"], "/needs")
    path = f"/needs/{need['id']}/notes"
    first_one = desk["deputy"].ask("POST", path, {"text": "one"}, Idempotency_Key="k")
    account = account_on(cast.run, actor_named("drill", "deputy"), "next@drill.example")
    following = program_of("drill", "deputy", account)
    # nor is it told that the key was used before
    assert following.ask("POST", path, {"text": "two"}, Idempotency_Key="k").status_code == 201
    same = following.ask("POST", path, {"text": "one"}, Idempotency_Key="j")
    assert same.json()["id"] != first_one.json()["id"]
