"""The public form: whoever asks without an account gets a reference and follows it; nobody else learns anything by it."""

from __future__ import annotations

import json
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from sild.kernel.home import Home
from sild.kernel.identity import actor_named, founder
from sild.kernel.moving import open_compartment
from sild.wings.intake.actions.arriving import read_arrived
from sild.wings.intake.actions.closing import close_message_into
from sild.wings.intake.actions.triage import ask_back
from sild.wings.intake.public import messages
from sild.wings.intake.reads import Wanted, inbox
from sild.wings.intake.reads.correspondence import receipts
from sild.wings.linkage.public import link_register
from sild.wings.parties.public import found_mechanism, import_parties
from sild.wings.register.public import accept_line, lines, reject_line
from tests.cast import MECHANISM, Cast
from tests.readers import InProcess
from tests.wings.intake.test_run import COUNCIL

DESCRIPTION = "Lviv City Council asks for 40 laptops for its service centres by 1 April 2026."


@pytest.fixture
def desk(cast: Cast, home: Home) -> Cast:
    """A mechanism whose file switches the form on, beside the drill, whose does not."""
    found_mechanism(founder("open-desk", started_by="the tests"), MECHANISM.model_copy(update={"mechanism": "open-desk", "web_form": True}))
    import_parties(actor_named("open-desk", "run"), [COUNCIL])
    cache.clear()
    return cast


def ticket(page: HttpResponse) -> str:
    found = re.search(r'name="ticket" value="([^"]{43})"', page.content.decode())
    assert found is not None
    return found[1]


def sent(client: Client, **changed: object) -> tuple[HttpResponse, str]:
    """A request sent by the form; the answer and the secret of its page."""
    secret = ticket(client.get("/ask/open-desk/"))
    told = {"organisation": "Lviv City Council", "contact": "J. Doe", "email": "it@lviv.example", "description": DESCRIPTION, "website": ""}
    return client.post("/ask/open-desk/", told | {"ticket": secret} | changed), secret


def state(client: Client, secret: str) -> str:
    text = client.get(f"/ask/open-desk/{secret}/").content.decode()
    return next(word for word in ("Received.", "Being read", "We have a question", "Accepted:", "Declined:") if word in text)


def test_a_request_becomes_a_message_and_its_sender_follows_it(desk: Cast, home: Home) -> None:
    client, run, officer = Client(), actor_named("open-desk", "run"), actor_named("open-desk", "officer")
    answer, secret = sent(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/ask/open-desk/{secret}/")
    [message] = messages(run)
    kept = json.loads((home.originals / message.digest[:2] / message.digest).read_bytes())
    assert (kept["organisation"], kept["description"]) == ("Lviv City Council", DESCRIPTION)
    assert state(client, secret) == "Received."
    assert read_arrived(run, home, InProcess()) == 1
    [row] = inbox(officer, Wanted()).rows
    assert row.title.startswith("Lviv City Council: "), "the inbox tells one request from another"
    assert row.sender == "Lviv City Council"
    assert re.fullmatch(r"web form \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.json", row.name), "the file's name tells when it was sent"
    link_register(run)
    assert state(client, secret) == "Being read"
    [line] = lines(run)
    assert (line.category, line.quantity) == ("end-user-devices", 40)
    ask_back(officer, line.message_id, line.id, line.version, reason="Which model?")
    assert state(client, secret) == "We have a question"
    assert "Which model" not in client.get(f"/ask/open-desk/{secret}/").content.decode()
    accept_line(officer, line.id, reason="read and right")
    assert state(client, secret) == "Accepted:"


def test_a_declined_request_says_so_and_not_why(desk: Cast, home: Home) -> None:
    client, run, officer = Client(), actor_named("open-desk", "run"), actor_named("open-desk", "officer")
    _answer, secret = sent(client)
    read_arrived(run, home, InProcess())
    reject_line(officer, lines(run)[0].id, reason="they asked another desk")
    assert state(client, secret) == "Declined:"
    assert "another desk" not in client.get(f"/ask/open-desk/{secret}/").content.decode()


def test_a_request_that_is_closed_away_is_still_being_read_for_its_sender(desk: Cast, home: Home) -> None:
    client, run, officer = Client(), actor_named("open-desk", "run"), actor_named("open-desk", "officer")
    _answer, secret = sent(client)
    read_arrived(run, home, InProcess())
    room = open_compartment(officer, "closed", [officer.person], reason="for the tests")
    close_message_into(actor_named("open-desk", "officer"), messages(run)[0].id, room, reason="closed")
    assert state(client, secret) == "Being read"


def test_pressed_twice_it_is_one_request_and_an_acknowledgement_is_queued_once(desk: Cast, home: Home) -> None:
    client, run = Client(), actor_named("open-desk", "run")
    first, secret = sent(client)
    again = client.post(
        "/ask/open-desk/",
        {
            "organisation": "Lviv City Council",
            "contact": "J. Doe",
            "email": "it@lviv.example",
            "description": DESCRIPTION,
            "ticket": secret,
        },
    )
    assert first.headers["Location"] == again.headers["Location"]
    assert len(messages(run)) == 1
    assert [(one.to, one.state, one.why) for one in receipts(run)] == [("it@lviv.example", "held", "exercise")]


def test_files_come_as_messages_of_their_own_and_a_message_may_be_added(desk: Cast, home: Home) -> None:
    client, run = Client(), actor_named("open-desk", "run")
    files = [SimpleUploadedFile("list.csv", b"item,quantity\nlaptops,4\n"), SimpleUploadedFile("../x\u202e.txt", b"We need 3 routers.")]
    answer, secret = sent(client, attachments=files)
    assert answer.status_code == 302
    assert len(messages(run)) == 3
    assert all(sign.isprintable() for message in messages(run) for sign in message.name)
    page = f"/ask/open-desk/{secret}/"
    assert client.post(page, {"description": "Lviv City Council also asks for 5 tablets."}).status_code == 302
    assert "Messages that you added" in client.get(page).content.decode()
    read_arrived(run, home, InProcess())
    reference = next(message.reference for message in messages(run) if re.fullmatch(r"web form [\d. -]+\.json", message.name))
    added = next(message for message in messages(run) if message.name.startswith("web form, added to"))
    threads = [thread for line in lines(run) if line.message_id == added.id for thread in line.threads]
    assert f"<{reference}@reference>" in threads


def test_what_is_not_there_is_one_answer(desk: Cast) -> None:
    client = Client()
    answers = [
        client.get(path)
        for path in (
            "/ask/nowhere/",
            "/ask/drill/",
            f"/ask/drill/{'a' * 43}/",
            f"/ask/open-desk/{'a' * 43}/",
            "/ask/open-desk/short/",
            "/ask/%00/",
        )
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({re.sub(rb'value="[^"]*"', b"", answer.content) for answer in answers}) == 1
    assert all(answer.headers["X-Robots-Tag"].startswith("noindex") for answer in answers)


def test_a_machine_that_fills_in_everything_is_answered_alike_and_nothing_is_kept(desk: Cast) -> None:
    client, run = Client(), actor_named("open-desk", "run")
    answer, secret = sent(client, website="https://spam.example")
    assert answer.headers["Location"] == f"/ask/open-desk/{secret}/"
    assert messages(run) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"description": ""},
        {"description": "x" * 20_001},
        {"email": "no address"},
        {"ticket": "short"},
        {"attachments": [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(6)]},
        {"attachments": [SimpleUploadedFile("large.txt", b"x" * (10 * 1024 * 1024 + 1))]},
        {"attachments": [SimpleUploadedFile("empty.txt", b"")]},
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(desk: Cast, changed: dict[str, object]) -> None:
    client, run = Client(), actor_named("open-desk", "run")
    answer, _secret = sent(client, **changed)
    assert answer.status_code == 422
    assert messages(run) == []


def test_without_its_cookie_or_too_often_nothing_is_taken(desk: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    secret = ticket(strict.get("/ask/open-desk/"))
    assert strict.post("/ask/open-desk/", {"description": DESCRIPTION, "ticket": secret}).status_code == 403
    client = Client()
    codes = [sent(client)[0].status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]


def test_who_mistypes_has_sent_nothing_and_is_told_to_choose_the_files_again(desk: Cast) -> None:
    client = Client()
    for _ in range(6):
        letter = SimpleUploadedFile("list.txt", b"40 laptops")
        answer, _secret = sent(client, email="nobody", attachments=[letter])
        assert answer.status_code == 422
    assert "Choose the files again" in answer.content.decode()
    assert sent(client)[0].status_code == 302


def test_the_form_is_there_in_ukrainian(desk: Cast) -> None:
    text = Client(headers={"Accept-Language": "uk"}).get("/ask/open-desk/").content.decode()
    assert "Надіслати" in text and 'lang="uk"' in text


def test_who_tries_addresses_one_after_the_other_is_asked_to_wait(desk: Cast) -> None:
    client = Client()
    codes = [client.get(f"/ask/open-desk/{number:043}/").status_code for number in range(61)]
    assert codes == [404] * 60 + [429]
