"""Acknowledgements and answers: who is told what and when, what is never sent, and what is only proposed."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sild.kernel import clock
from sild.kernel.accounts import Account
from sild.kernel.actor import Actor
from sild.kernel.casework import notes_on
from sild.kernel.home import Home
from sild.kernel.identity import actor_named, founder
from sild.kernel.moving import open_compartment
from sild.kernel.post import Letter, NotSent, PostOffice, post_office
from sild.kernel.refusals import Refused
from sild.values.document import Envelope
from sild.values.reference import parsed
from sild.wings.intake.actions.closing import close_message_into
from sild.wings.intake.actions.receipts import hold_receipt, release_receipt, send_receipts
from sild.wings.intake.actions.replies import confirm_reply, dismiss_reply
from sild.wings.intake.actions.taking import Taking
from sild.wings.intake.public import messages
from sild.wings.intake.reads.correspondence import receipts, replies
from sild.wings.intake.rules import Door, address_to_answer
from sild.wings.linkage.public import link_register
from sild.wings.parties.public import found_mechanism, import_parties
from sild.wings.register.public import lines
from tests.api.programs import account_on, program_of
from tests.cast import MECHANISM, Cast
from tests.cli.serving import free_port
from tests.readers import InProcess
from tests.wings.intake.test_fetching import make_certificate
from tests.wings.intake.test_run import COUNCIL
from tests.wings.intake.test_taking import ARCHIVE

NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)


class Office:
    """A server that takes letters, or refuses them as it is told."""

    def __init__(self) -> None:
        self.taken: list[Letter] = []
        self.fault: NotSent | None = None

    def send(self, letter: Letter) -> None:
        if self.fault is not None:
            raise self.fault
        self.taken.append(letter)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """The clock, to be set by the test."""
    at = [NOW]
    monkeypatch.setattr(clock, "now", lambda: at[0])
    yield at


@pytest.fixture
def real(cast: Cast, now: list[datetime]) -> Actor:
    """The run of a mechanism that is no exercise."""
    found_mechanism(founder("real", started_by="the tests"), MECHANISM.model_copy(update={"mechanism": "real", "exercise": False}))
    run = actor_named("real", "run")
    import_parties(run, [COUNCIL])
    return run


def letter(text: str, *, sender: str = "it@lviv.example", subject: str = "Letter", number: int = 1, **headers: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Digital department <{sender}>", "desk@desk.example", subject
    made["Date"] = f"Tue, 10 Feb 2026 08:{number:02}:00 +0000"
    made["Message-ID"] = f"<{number}@lviv.example>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def take(actor: Actor, home: Home, data: bytes, name: str = "ask.eml") -> None:
    Taking(actor, home, InProcess(), Door.MAILBOX).data(data, name)


ASK = "Lviv City Council asks for 40 laptops for its service centres by 1 April 2026."
ASK_UK = "Львівська міська рада просить надати 40 ноутбуків для центрів надання послуг."


@pytest.mark.parametrize(
    ("text", "language", "words"), [(ASK, "en", "does not mean accepted"), (ASK_UK, "uk", "«Отримано» не означає «прийнято»")]
)
def test_a_sender_is_told_in_their_language_that_it_was_received(real: Actor, home: Home, text: str, language: str, words: str) -> None:
    take(real, home, letter(text))
    [receipt] = receipts(real)
    assert (receipt.to, receipt.language, receipt.state) == ("it@lviv.example", language, "queued")
    assert words in receipt.text and receipt.reference in receipt.text and receipt.reference in receipt.subject
    assert parsed(receipt.reference) == messages(real)[0].reference
    assert "laptops" not in receipt.text, "nothing that the sender wrote is repeated"
    office = Office()
    assert send_receipts(real, office).sent == 1
    assert send_receipts(real, office).sent == 0
    [sent] = office.taken
    assert (sent.to, sent.answers) == ("it@lviv.example", "<1@lviv.example>")
    assert receipts(real)[0].state == "sent"


def test_an_exercise_sends_nothing_not_even_when_an_officer_says_so(cast: Cast, home: Home, now: list[datetime]) -> None:
    take(cast.run, home, letter(ASK))
    [receipt] = receipts(cast.officer)
    assert (receipt.state, receipt.why) == ("held", "exercise")
    with pytest.raises(Refused, match="exercise"):
        release_receipt(cast.officer, receipt.id)
    office = Office()
    assert send_receipts(cast.run, office).sent == 0
    assert office.taken == []


def test_an_address_gets_one_an_hour_at_most(real: Actor, home: Home, now: list[datetime]) -> None:
    for number in range(1, 4):
        take(real, home, letter(f"{ASK} Request {number}.", number=number), f"{number}.eml")
    assert sorted((one.state, one.why) for one in receipts(real)) == [("held", "hourly"), ("held", "hourly"), ("queued", "")]
    now[0] += timedelta(minutes=61)
    take(real, home, letter(f"{ASK} And later.", number=4), "4.eml")
    assert receipts(real)[0].state == "queued"


def test_old_letters_and_forged_senders_wait_for_an_officer(real: Actor, home: Home, now: list[datetime]) -> None:
    take(real, home, letter(ASK, Authentication_Results="mx.desk.example; spf=pass; dmarc=fail header.from=lviv.example"))
    now[0] += timedelta(days=9)
    take(real, home, letter(f"{ASK} An old one.", number=2, sender="other@lviv.example"), "old.eml")
    assert sorted(one.why for one in receipts(real)) == ["forged", "old"]
    officer = actor_named("real", "officer")
    held = receipts(officer)[0]
    release_receipt(officer, held.id, version=held.version)
    assert receipts(officer, state="queued")[0].id == held.id
    hold_receipt(officer, held.id)
    assert receipts(officer)[0].why == "officer"


@pytest.mark.parametrize(
    "envelope",
    [
        Envelope(sender_address="no-reply@shop.example"),
        Envelope(sender_address="noreply+x@shop.example"),
        Envelope(sender_address="MAILER-DAEMON@mx.example"),
        Envelope(sender_address="announce-bounces@lists.example"),
        Envelope(sender_address="a@b.example", automatic="it says that it is an automatic reply"),
        Envelope(sender_address="a@b.example", headers=(("Auto-Submitted", "auto-replied (vacation)"),)),
        Envelope(sender_address="a@b.example", headers=(("Precedence", "bulk"),)),
        Envelope(sender_address="a@b.example", headers=(("List-Id", "<news.example>"),)),
        Envelope(sender_address="a@b.example", headers=(("Return-Path", "<>"),)),
        Envelope(sender_address="a@b.example\nBcc: all@c.example"),
        Envelope(sender_address="two words@b.example"),
        Envelope(sender_address=""),
    ],
)
def test_machines_lists_and_what_is_no_address_are_told_nothing(envelope: Envelope) -> None:
    assert address_to_answer(envelope) == ""


def test_a_person_is_answered_at_the_address_they_wrote_from() -> None:
    assert address_to_answer(Envelope(sender_address="It@Lviv.Example", headers=(("Auto-Submitted", "no"),))) == "it@lviv.example"
    assert address_to_answer(Envelope(sender_address="norepliesneeded.smith@b.example")) == "norepliesneeded.smith@b.example"


def test_a_letter_that_is_not_taken_is_tried_again_and_then_failed(real: Actor, home: Home, now: list[datetime]) -> None:
    take(real, home, letter(ASK))
    office = Office()
    office.fault = NotSent("451 later", final=False)
    for _ in range(6):
        assert send_receipts(real, office).failed == 1
        assert send_receipts(real, office).failed == 0, "it waits before the next try"
        now[0] += timedelta(hours=6)
    [receipt] = receipts(real)
    assert (receipt.state, receipt.fault) == ("failed", "451 later")


def test_what_was_broken_off_while_it_was_sent_goes_never_twice_by_itself(real: Actor, home: Home, now: list[datetime]) -> None:
    class Killed(BaseException):
        """Stands for the kill that no code sees coming."""

    class Dying(Office):
        def send(self, letter: Letter) -> None:
            super().send(letter)
            raise Killed

    take(real, home, letter(ASK))
    office = Dying()
    with pytest.raises(Killed):
        send_receipts(real, office)
    now[0] += timedelta(hours=1)
    assert send_receipts(real, office).sent == 0
    assert [(one.state, one.why) for one in receipts(real)] == [("held", "broken-off")]
    assert len(office.taken) == 1


def test_an_answer_is_a_proposal_until_an_officer_confirms_it(real: Actor, home: Home) -> None:
    take(real, home, letter(ASK))
    link_register(real)
    reference = receipts(real)[0].reference
    take(real, home, letter("COMMIT 20\n\nWe can give twenty.", subject=f"Re: [{reference}] received", number=2), "answer.eml")
    officer = actor_named("real", "officer")
    [reply] = replies(officer)
    assert (reply.word, reply.quantity, reply.expected, reply.reference) == ("commit", 20, True, reference)
    [line] = [one for one in lines(officer) if one.message_name == "ask.eml"]
    assert line.need_id is not None
    assert notes_on(officer, "register.Need", line.need_id) == ()
    assert confirm_reply(officer, reply.id, version=reply.version) == 1
    [note] = notes_on(officer, "register.Need", line.need_id)
    assert "COMMIT 20" in note.text and "it@lviv.example" in note.text
    assert replies(officer) == []
    with pytest.raises(Refused, match="decided already"):
        dismiss_reply(officer, reply.id)


def test_an_answer_from_another_address_says_so_with_what_the_servers_said(real: Actor, home: Home) -> None:
    take(real, home, letter(ASK))
    reference = receipts(real)[0].reference
    forged = letter(
        f"DECLINE we changed our mind\n\nOn your {reference.lower()}",
        sender="it@lviv.example.evil.example",
        number=2,
        Authentication_Results="mx.desk.example; dmarc=fail",
    )
    take(real, home, forged, "forged.eml")
    [reply] = replies(real)
    assert (reply.word, reply.expected) == ("decline", False)
    assert reply.authentication == ("mx.desk.example; dmarc=fail",)
    dismiss_reply(actor_named("real", "officer"), reply.id)
    assert replies(real) == []


def test_an_answer_to_a_notice_is_known_by_the_letter_that_it_answers(real: Actor, home: Home) -> None:
    take(real, home, letter(ASK))
    office = Office()
    send_receipts(real, office)
    answered = f"<{office.taken[0].identity}@desk.example>"
    take(real, home, letter("ACK, thank you.", subject="Re: your note", number=2, In_Reply_To=answered), "answer.eml")
    assert [(one.word, one.expected) for one in replies(real)] == [("received", True)]


def test_an_answer_that_names_nothing_of_ours_is_none(real: Actor, home: Home) -> None:
    take(real, home, letter("ACCEPT\n\nYour A3A-A3A4.", number=2), "answer.eml")
    assert replies(real) == []


def test_receipts_and_answers_move_into_a_compartment_with_their_message(real: Actor, home: Home) -> None:
    take(real, home, letter(ASK))
    reference = receipts(real)[0].reference
    take(real, home, letter("ACCEPT", subject=f"[{reference}]", number=2), "answer.eml")
    officer = actor_named("real", "officer")
    room = open_compartment(officer, "closed", [officer.person], reason="for the tests")
    inside = actor_named("real", "officer")
    first = next(message.id for message in messages(officer) if message.name == "ask.eml")
    close_message_into(inside, first, room, reason="closed")
    deputy = actor_named("real", "deputy")
    assert [one.to for one in receipts(inside)].count("it@lviv.example") == len(receipts(inside)) >= 1
    assert [one.reference for one in receipts(deputy) if one.reference == reference] == []
    assert replies(deputy) == [] and len(replies(inside)) == 1


def test_a_program_of_an_officer_lists_and_decides_what_the_page_does(real: Actor, home: Home, now: list[datetime]) -> None:
    for number in range(1, 4):
        take(real, home, letter(f"{ASK} Request {number}.", number=number), f"{number}.eml")
        now[0] += timedelta(seconds=1)
    reference = receipts(real)[-1].reference
    take(real, home, letter("COMMIT 20", subject=f"Re: [{reference}]", number=5), "answer.eml")
    now[0] = datetime.now(UTC)  # tokens end by the database's clock
    program = program_of("real", "officer", account_on(real, actor_named("real", "officer"), "officer@real.example"))
    listed, page = [], "/receipts?limit=1&state=held"
    while page:
        told = program.ask("GET", page).json()
        listed, page = listed + told["items"], told["next"]
    assert [(one["why"], one["message_id"] is not None) for one in listed] == [("hourly", True)] * len(listed) and len(listed) == 3
    held = listed[0]
    at = f"/receipts/{held['id']}"
    assert program.ask("POST", f"{at}/hold", {"version": held["version"]}).status_code == 409
    assert program.ask("POST", f"{at}/release", {"version": held["version"]}).status_code == 204
    assert program.ask("POST", f"{at}/hold", {"version": held["version"]}).status_code == 409, "another version than was read"
    assert program.ask("POST", f"{at}/hold", {"version": held["version"] + 1}).status_code == 204
    [reply] = program.ask("GET", "/replies?state=proposed").json()["items"]
    assert (reply["word"], reply["quantity"], reply["evidence"], reply["reference"]) == ("commit", "20", "COMMIT 20", reference)
    confirmed = program.ask("POST", f"/replies/{reply['id']}/confirm", {"version": reply["version"]})
    assert confirmed.json() == {"records": 0}, "nothing was linked, so there is nothing to note it beside"
    assert program.ask("POST", f"/replies/{reply['id']}/dismiss", {"version": reply["version"] + 1}).status_code == 409
    assert program.ask("GET", "/replies?state=proposed").json()["items"] == []


@pytest.fixture
def mail_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, list[Any]]]:
    """A real SMTP server that demands STARTTLS."""
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    make_certificate(certificate, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    taken: list[Any] = []

    class Taking:
        async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
            if address.startswith("gone"):
                return "550 no such user"
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
            taken.append(envelope)
            return "250 OK"

    controller = Controller(Taking(), hostname="localhost", port=free_port(), tls_context=context, require_starttls=True)
    controller.start()
    yield controller.port, taken
    controller.stop()


def test_a_letter_is_handed_in_over_tls_as_a_machine_s_answer(mail_server: tuple[int, list[Any]]) -> None:
    port, taken = mail_server
    office = PostOffice(scheme="smtp", host="localhost", port=port, user="", password="", sender="desk@desk.example")
    told = Letter(to="it@lviv.example", subject="[K7M-PQ3X] Отримано", text="Отримано.\n", language="uk", identity="1-2", answers="<1@a>")
    office.send(told)
    [envelope] = taken
    sent = message_from_bytes(envelope.content, policy=policy.default)
    assert envelope.rcpt_tos == ["it@lviv.example"]
    assert (sent["Auto-Submitted"], sent["Message-ID"], sent["In-Reply-To"]) == ("auto-replied", "<1-2@desk.example>", "<1@a>")
    assert sent["Subject"] == "[K7M-PQ3X] Отримано"
    assert sent.get_content().strip() == "Отримано."
    with pytest.raises(NotSent, match="550") as refused:
        office.send(Letter(to="gone@lviv.example", subject="x", text="x", language="en", identity="3"))
    assert refused.value.final


def test_nothing_is_said_to_a_server_that_nobody_vouches_for(mail_server: tuple[int, list[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    office = PostOffice(scheme="smtp", host="localhost", port=mail_server[0], user="", password="", sender="desk@desk.example")
    with pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED") as refused:
        office.send(Letter(to="it@lviv.example", subject="x", text="x", language="en", identity="3"))
    assert not refused.value.final
    assert mail_server[1] == []


def test_the_operator_s_server_is_read_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path).prepare()
    monkeypatch.delenv("SILD_SMTP", raising=False)
    assert post_office(home) is None
    monkeypatch.setenv("SILD_SMTP", "smtps://desk@mail.example")
    with pytest.raises(Refused, match="SILD_MAIL_FROM"):
        post_office(home)
    monkeypatch.setenv("SILD_MAIL_FROM", "desk@desk.example")
    with pytest.raises(Refused, match="password for SILD_SMTP"):
        post_office(home)
    (home.keys / "smtp.password").write_text("secret\n")
    (home.keys / "smtp.password").chmod(0o600)
    office = post_office(home)
    assert office is not None and (office.port, office.password) == (465, "secret")
    monkeypatch.setenv("SILD_SMTP", "http://mail.example")
    with pytest.raises(Refused, match="smtps"):
        post_office(home)


@pytest.fixture
def browser(cast: Cast) -> Client:
    """The officer of the exercise in a browser, of a demo person's kind: no second factor on this machine."""
    account = account_on(cast.run, cast.officer, "officer@demo.invalid")
    Account.objects.filter(id=account.id).update(demo=True)
    client = Client()
    client.force_login(Account.objects.get(id=account.id), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_an_officer_sees_answers_and_acknowledgements_and_decides(browser: Client, cast: Cast, home: Home) -> None:
    import_parties(cast.run, [COUNCIL])
    take(cast.run, home, letter(ASK))
    reference = receipts(cast.run)[0].reference
    take(cast.run, home, letter("COMMIT 20 <b>now</b>", subject=f"[{reference}]", number=2), "answer.eml")
    shown = browser.get("/inbox/correspondence/")
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "COMMIT 20 &lt;b&gt;now&lt;/b&gt;" in text and reference in text and "an exercise sends nothing" in text
    [reply] = replies(cast.officer)
    sent = {"do": "confirm", "version": str(reply.version)}
    assert browser.post(f"/inbox/replies/{reply.id}/", sent).status_code == 302
    assert replies(cast.officer) == []
    receipt = receipts(cast.officer)[0]
    refused = browser.post(f"/inbox/receipts/{receipt.id}/", {"do": "release", "version": str(receipt.version)})
    assert refused.status_code == 409 and "exercise" in refused.content.decode()


def test_an_officer_uploads_a_message(browser: Client, cast: Cast, home: Home) -> None:
    assert browser.get("/inbox/upload/").status_code == 200
    assert browser.post("/inbox/upload/", {}).status_code == 422
    answer = browser.post("/inbox/upload/", {"file": SimpleUploadedFile("ask.eml", letter(ASK))}, follow=True)
    assert answer.status_code == 200
    [message] = messages(cast.run)
    assert (message.name, message.state) == ("ask.eml", "arrived")
    take(cast.run, home, ARCHIVE, "letters.zip")
    shown = browser.get("/inbox/upload/").content.decode()
    assert "letters.zip" in shown and "2 messages" in shown and "deep.zip" in shown and "an archive within an archive" in shown
