"""What arrives by the API is kept at once, answered with a reference, read afterwards, and there once however often it is sent."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from sild.kernel.home import Home
from sild.kernel.jobs import is_pending
from sild.values.reference import parsed
from sild.wings.intake.actions import arriving
from sild.wings.intake.actions.arriving import read_arrived, receive
from sild.wings.intake.public import messages
from sild.wings.intake.rules import READ, Door
from sild.wings.parties.public import import_parties
from sild.wings.register.public import lines
from tests.api.programs import Program, account_on, program_of
from tests.cast import Cast
from tests.readers import InProcess
from tests.wings.intake.test_run import COUNCIL, mail
from tests.wings.intake.test_taking import ARCHIVE

LETTER = mail("Lviv City Council asks for 40 laptops for its service centres by 1 April 2026.", 1)


@pytest.fixture
def program(cast: Cast, home: Home) -> Program:
    import_parties(cast.run, [COUNCIL])
    return program_of("drill", "officer", account_on(cast.run, cast.officer, "officer@desk.example"))


def send(program: Program, data: bytes = LETTER, *, query: str = "", media: str = "message/rfc822", **headers: str) -> HttpResponse:
    sent = program.headers | {name.replace("_", "-"): value for name, value in headers.items()}
    return program._client.generic("POST", f"/api/v1/messages{query}", data, content_type=media, headers=sent)


def upload(program: Program, data: bytes, name: str = "ask.eml", **headers: str) -> HttpResponse:
    sent = program.headers | {key.replace("_", "-"): value for key, value in headers.items()}
    return program._client.post("/api/v1/messages", {"file": SimpleUploadedFile(name, data)}, headers=sent)


def test_a_message_is_answered_with_its_reference_and_read_afterwards(program: Program, cast: Cast, home: Home) -> None:
    answer = send(program, query="?name=ask.eml")
    assert answer.status_code == 202, answer.content
    told = answer.json()
    assert parsed(told["reference"]) is not None
    assert answer.headers["Location"] == told["state_at"] == f"/api/v1/messages/{told['message']}"
    arrived = program.ask("GET", told["state_at"]).json()
    assert (arrived["state"], arrived["reference"]) == ("arrived", told["reference"])
    found = program.ask("GET", f"/messages?text={told['reference'].lower()}").json()["items"]
    assert [one["id"] for one in found] == [told["message"]], "an officer finds it by the reference that somebody reads out"
    assert is_pending(READ, cast.run)
    assert read_arrived(cast.run, home, InProcess()) == 1
    assert program.ask("GET", told["state_at"]).json()["state"] == "waiting"
    assert len(lines(cast.run)) == 1
    assert read_arrived(cast.run, home, InProcess()) == 0
    [message] = messages(cast.run)
    assert (home.originals / message.digest[:2] / message.digest).read_bytes() == LETTER


def test_the_same_bytes_in_any_way_are_one_message_with_one_answer(program: Program, cast: Cast, home: Home) -> None:
    first = send(program, query="?name=ask.eml").json()
    read_arrived(cast.run, home, InProcess())
    assert upload(program, LETTER, "again.eml").json() == first
    [message] = messages(cast.run)
    assert message.seen_as == ("ask.eml", "again.eml")


def test_the_same_key_with_the_same_file_is_answered_once_and_with_another_refused(program: Program, cast: Cast) -> None:
    first = upload(program, LETTER, Idempotency_Key="one")
    again = upload(program, LETTER, Idempotency_Key="one")
    assert (first.status_code, first.content) == (again.status_code, again.content) == (202, first.content)
    other = upload(program, mail("Lviv City Council asks for 9 tablets.", 2), Idempotency_Key="one")
    assert other.status_code == 422
    assert other.json()["type"].endswith("#key-taken")
    assert len(messages(cast.run)) == 1


def test_an_archive_becomes_its_members_and_says_so(program: Program, cast: Cast, home: Home) -> None:
    told = upload(program, ARCHIVE, "letters.zip").json()
    assert read_arrived(cast.run, home, InProcess()) == 2
    opened = program.ask("GET", told["state_at"]).json()
    assert opened["state"] == "archive"
    assert program.ask("GET", "/messages?state=empty").json()["items"] == []
    assert [one["name"] for one in program.ask("GET", "/messages?state=archive").json()["items"]] == ["letters.zip"]
    assert "holds several messages" in opened["remarks"][0]
    assert sorted(message.name for message in messages(cast.run)) == [
        "letters.zip",
        "letters.zip/generators.eml",
        "letters.zip/laptops.eml",
    ]


@pytest.mark.parametrize(
    ("data", "media", "status"),
    [
        (b"", "application/octet-stream", 415),
        (b"x" * 2_700_000, "application/octet-stream", 413),
        (b"{}", "application/json", 415),
        (b"no form", "multipart/form-data; boundary=x", 400),
        (b"--x--\r\n", "multipart/form-data; boundary=x", 400),
        (b"hello", "text/html", 415),
    ],
)
def test_what_is_no_file_is_refused_in_words(program: Program, cast: Cast, data: bytes, media: str, status: int) -> None:
    answer = send(program, data, media=media)
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert messages(cast.run) == []


def test_a_file_that_is_empty_or_too_large_is_refused(program: Program, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert upload(program, b"").status_code == 409
    monkeypatch.setattr(arriving, "LARGEST", 1000)
    assert upload(program, b"x" * 1001).status_code == 409
    too_long = {"CONTENT_LENGTH": str(70 * 1024 * 1024)}
    answer = Client(raise_request_exception=False).generic(
        "POST", "/api/v1/messages", b"--x", content_type="multipart/form-data; boundary=x", headers=program.headers, **too_long
    )
    assert answer.status_code == 413


def test_whoever_is_no_officer_of_the_secretariat_sends_nothing_in(cast: Cast, home: Home) -> None:
    donor = program_of("drill", "donor", account_on(cast.run, cast.donor, "donor@estonia.example"))
    assert send(donor).status_code == 403
    assert send(Program()).status_code == 401
    assert messages(cast.run) == []


def test_what_lost_its_original_is_told(cast: Cast, home: Home) -> None:
    receive(cast.officer, "ask.eml", LETTER, home, Door.UPLOAD)
    [message] = messages(cast.run)
    (home.originals / message.digest[:2] / message.digest).unlink()
    assert read_arrived(cast.run, home, InProcess()) == 0
    [message] = messages(cast.run)
    assert message.state == "quarantined" and "not in the store" in message.why


def test_a_name_that_hides_signs_is_shown_safely(cast: Cast, home: Home) -> None:
    receive(cast.officer, "../../etc/\u202epasswd\x00.eml", LETTER, home, Door.UPLOAD)
    [message] = messages(cast.run)
    assert all(sign.isprintable() for sign in message.name)


def test_a_fault_over_one_message_keeps_none_of_the_others_waiting(cast: Cast, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    import_parties(cast.run, [COUNCIL])
    receive(cast.officer, "bad.eml", LETTER.replace(b"laptops", b"tablets"), home, Door.API)
    receive(cast.officer, "good.eml", LETTER, home, Door.API)
    kept = arriving.Taking.kept

    def faulty(taking: arriving.Taking, digest: str, name: str) -> object:
        if name == "bad.eml":
            raise RuntimeError("planted")
        return kept(taking, digest, name)

    monkeypatch.setattr(arriving.Taking, "kept", faulty)
    with pytest.raises(RuntimeError, match="planted"):
        read_arrived(cast.run, home, InProcess())
    assert {message.name: message.state for message in messages(cast.run)} == {"bad.eml": "arrived", "good.eml": "read"}
