"""Fetching from a mailbox of a real IMAP server, and from servers that lie, hang and close: once each, and nothing there changes."""

from __future__ import annotations

import contextlib
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from imapclient import IMAPClient

from sild.kernel.home import Home
from sild.kernel.refusals import Refused
from sild.wings.intake.actions import fetching
from sild.wings.intake.actions.fetching import MailboxSettings, OutOfReach, add_mailbox, count_messages, fetch_mailbox, remove_mailbox
from sild.wings.intake.actions.taking import Taking
from sild.wings.intake.public import messages
from sild.wings.intake.reads.mailboxes import due_mailboxes, mailboxes
from sild.wings.parties.public import import_parties
from tests.cast import Cast
from tests.cli.serving import free_port
from tests.readers import InProcess
from tests.wings.intake.test_run import COUNCIL, mail

USER, PASSWORD = "demouser", "demopass"


@dataclass(frozen=True)
class Post:
    """A running IMAP server, and what is needed to trust it."""

    port: int
    certificate: Path
    key: Path

    @contextlib.contextmanager
    def entered(self) -> Iterator[IMAPClient]:
        """Another mail program at the same mailbox."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        client = IMAPClient("localhost", self.port, ssl=False)
        client.starttls(context)
        client.login(USER, PASSWORD)
        try:
            yield client
        finally:
            client.logout()


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    """One server for the module; each test has a folder of its own there."""
    with running_post(tmp_path_factory.mktemp("post")) as found:
        yield found


@contextlib.contextmanager
def running_post(place: Path) -> Iterator[Post]:
    """A server with STARTTLS, its certificate in `place`."""
    certificate, key = place / "cert.pem", place / "key.pem"
    make_certificate(certificate, key)
    port = free_port()
    line = [sys.executable, "-c", "from pymap.main import main; main()", "--host", "127.0.0.1", "--port", str(port)]
    with (place / "log").open("wb") as log:
        server = subprocess.Popen([*line, "--cert", str(certificate), "--key", str(key), "dict"], stdout=log, stderr=log)
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            assert server.poll() is None and time.monotonic() < deadline, (place / "log").read_text()
            time.sleep(0.1)
    try:
        yield Post(port, certificate, key)
    finally:
        server.terminate()
        server.wait(10)


def make_certificate(certificate: Path, key: Path) -> None:
    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(secret, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    key.write_bytes(secret.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))


@dataclass
class Desk:
    """A desk with a mailbox at the server, in a folder of its own."""

    cast: Cast
    home: Home
    post: Post
    folder: str
    mailbox: UUID

    def send(self, *letters: bytes) -> None:
        with self.post.entered() as client:
            for letter in letters:
                client.append(self.folder, letter)

    def fetch(self, **words: int) -> fetching.Fetched:
        return fetch_mailbox(self.cast.run, self.mailbox, self.home, InProcess(), **words)


@pytest.fixture
def desk(cast: Cast, home: Home, post: Post, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("SSL_CERT_FILE", str(post.certificate))
    import_parties(cast.run, [COUNCIL])
    folder = f"Box{abs(hash(request.node.name)) % 100_000}"
    with post.entered() as client:
        client.create_folder(folder)
    (home.keys / "mailbox.password").write_text(f"{PASSWORD}\n")
    (home.keys / "mailbox.password").chmod(0o600)
    return Desk(cast, home, post, folder, add_mailbox(cast.run, settings(post.port, folder)))


def settings(port: int, folder: str = "INBOX", **changed: str) -> MailboxSettings:
    told = {"name": "requests", "host": "localhost", "security": "starttls", "user": USER, "secret": "file:mailbox.password"} | changed
    return MailboxSettings(port=port, folder=folder, **told)


def letter(number: int) -> bytes:
    return mail(f"Lviv City Council asks for {number + 20} tablets.", number)


def test_each_message_is_taken_once_and_nothing_there_changes(desk: Desk) -> None:
    desk.send(letter(1), letter(2))
    assert count_messages(desk.cast.run, desk.mailbox, desk.home) == 2
    first = desk.fetch()
    assert (first.taken, first.fresh, first.more) == (2, 2, False)
    desk.send(letter(3))
    assert (desk.fetch().fresh, desk.fetch().taken) == (1, 0)
    assert len(messages(desk.cast.run)) == 3
    assert all(message.name.startswith(f"requests/{desk.folder}/") for message in messages(desk.cast.run))
    with desk.post.entered() as client:
        assert client.select_folder(desk.folder)[b"EXISTS"] == 3
        flags = client.get_flags(client.search())
        assert not any(b"\\Seen" in marks or b"\\Deleted" in marks for marks in flags.values())
    [told] = mailboxes(desk.cast.run)
    assert (told.taken, told.fault) == (3, "")


def test_a_fetch_that_was_broken_off_goes_on_and_doubles_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        """Stands for the kill that no code sees coming."""

    desk.send(*(letter(number) for number in range(1, 5)))
    real = Taking.data

    def killed(self: Taking, data: bytes, name: str) -> object:
        taken = real(self, data, name)
        if b"22 tablets" in data:
            # it is kept, and how far the mailbox came is not
            raise Killed
        return taken

    with monkeypatch.context() as patch:
        patch.setattr(Taking, "data", killed)
        with pytest.raises(Killed):
            desk.fetch()
    assert len(messages(desk.cast.run)) == 2
    again = desk.fetch()
    assert (again.taken, again.fresh) == (3, 2)
    assert len(messages(desk.cast.run)) == 4
    assert all(len(message.seen_as) == 1 for message in messages(desk.cast.run))


def test_much_that_waits_is_taken_in_several_goes(desk: Desk) -> None:
    desk.send(*(letter(number) for number in range(1, 4)))
    first = desk.fetch(at_most=2)
    assert (first.taken, first.more) == (2, True)
    second = desk.fetch(at_most=2)
    assert (second.taken, second.more) == (1, False)


def test_a_large_message_comes_in_pieces_byte_for_byte(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    large = letter(5).rstrip() + b"\n" + b"".join(b"line %05d of a long list\n" % number for number in range(3000))
    large = large.replace(b"\n", b"\r\n")
    desk.send(large)
    monkeypatch.setattr(fetching, "PIECE", 20_000)
    assert desk.fetch().fresh == 1
    [message] = messages(desk.cast.run)
    assert (desk.home.originals / message.digest[:2] / message.digest).read_bytes() == large


def test_a_message_that_is_too_large_is_passed_over_with_its_reason(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.send(letter(1), letter(2) + b"x" * 5000, letter(3))
    monkeypatch.setattr(fetching, "LARGEST", 4000)
    fetched = desk.fetch()
    assert (fetched.taken, len(fetched.passed_over)) == (2, 1)
    [told] = mailboxes(desk.cast.run)
    assert "larger than" in told.passed_over[0][1]
    assert desk.fetch().taken == 0


def test_a_server_that_numbers_anew_gives_nothing_twice(desk: Desk) -> None:
    desk.send(letter(1), letter(2))
    assert desk.fetch().fresh == 2
    with desk.post.entered() as client:
        client.delete_folder(desk.folder)
        client.create_folder(desk.folder)
    desk.send(letter(1), letter(2), letter(3))
    again = desk.fetch()
    assert (again.taken, again.fresh) == (3, 1)
    assert len(messages(desk.cast.run)) == 3


def test_a_wrong_password_is_told_and_the_mailbox_waits_longer(desk: Desk) -> None:
    (desk.home.keys / "mailbox.password").write_text("another")
    for _ in range(2):
        with pytest.raises(OutOfReach, match="user or password are refused"):
            desk.fetch()
    [told] = mailboxes(desk.cast.run)
    assert "refused" in told.fault and PASSWORD not in told.fault
    assert due_mailboxes(desk.cast.run) == []


def test_a_password_beyond_ascii_is_told_without_any_of_its_letters(desk: Desk) -> None:
    (desk.home.keys / "mailbox.password").write_text("Geheim\N{LATIN SMALL LETTER SHARP S}wort")
    with pytest.raises(OutOfReach, match="not ASCII") as refused:
        desk.fetch()
    assert not {"ß", "xdf", "position", "6"} & set(str(refused.value).split())
    assert refused.value.__cause__ is None and refused.value.__suppress_context__


def test_a_password_that_is_nowhere_says_how_to_put_it_there(desk: Desk) -> None:
    (desk.home.keys / "mailbox.password").unlink()
    with pytest.raises(Refused, match="chmod 600"):
        desk.fetch()


def test_a_certificate_that_nobody_vouches_for_ends_it_before_the_password_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(OutOfReach, match="certificate"):
        desk.fetch()


def test_a_password_that_others_may_read_is_refused(desk: Desk) -> None:
    (desk.home.keys / "mailbox.password").chmod(0o644)
    with pytest.raises(Refused, match="chmod 600"):
        desk.fetch()


def test_a_mailbox_that_was_removed_goes_on_where_it_stopped(desk: Desk) -> None:
    desk.send(letter(1))
    desk.fetch()
    remove_mailbox(desk.cast.run, "requests")
    assert mailboxes(desk.cast.run) == [] and due_mailboxes(desk.cast.run) == []
    with pytest.raises(Refused):
        desk.fetch()
    assert add_mailbox(desk.cast.run, settings(desk.post.port, desk.folder)) == desk.mailbox
    assert desk.fetch().taken == 0


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"security": "none"}, "without TLS"),
        ({"name": "Two words"}, "small letters"),
        ({"secret": "hunter2"}, "where the password is"),
        ({"secret": "file:../session.key"}, "where the password is"),
    ],
)
def test_settings_that_are_none_are_refused(cast: Cast, changed: dict[str, str], told: str) -> None:
    with pytest.raises(Refused, match=told):
        add_mailbox(cast.run, settings(993, **changed))


class Liar:
    """A server that speaks TLS and says what it is told to say: each line that comes is answered by the first that fits."""

    def __init__(self, post: Post, answers: dict[bytes, bytes | None]) -> None:
        self.answers = {b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n"} | answers
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(post.certificate, post.key)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.thread = threading.Thread(target=self.go, daemon=True)

    def go(self) -> None:
        while True:
            try:
                plain, _address = self.listening.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), self.context.wrap_socket(plain, server_side=True) as one:
                self.speak(one)

    def speak(self, one: ssl.SSLSocket) -> None:
        one.sendall(b"* OK [CAPABILITY IMAP4rev1] at your service\r\n")
        for line in one.makefile("rb"):
            tag, _, order = line.strip().partition(b" ")
            said = next((answer for key, answer in self.answers.items() if key in order), b"")
            if said is None:
                return
            if said == b"hang":
                time.sleep(3)
                return
            one.sendall(said + tag + b" OK done\r\n")

    def __enter__(self) -> Liar:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listening.close()


SELECTED = b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 3] ok\r\n"
FOUND = b"* SEARCH 1 2\r\n"
ONE = letter(1)
SIZE = b"* 1 FETCH (UID 1 RFC822.SIZE %d)\r\n" % len(ONE)
LIES: dict[str, dict[bytes, bytes | None]] = {
    "closes within a message": {
        b"EXAMINE": SELECTED,
        b"SEARCH": FOUND,
        b"RFC822.SIZE": SIZE,
        b"BODY.PEEK": b"* 1 FETCH (UID 1 BODY[] {99999}\r\nhalf",
    },
    "closes at once": {b"EXAMINE": None},
    "says nothing": {b"SEARCH": b"hang"},
    "numbers that are none": {b"EXAMINE": SELECTED, b"SEARCH": b"* SEARCH one two \xff\r\n"},
    "a folder without an end": {b"EXAMINE": b"* " + b"x" * 1_100_000 + b"\r\n"},
    "an answer to nothing": {b"EXAMINE": SELECTED, b"SEARCH": FOUND, b"RFC822.SIZE": b"* 1 FETCH (UID 1 RFC822.SIZE NIL (((\r\n"},
}


@pytest.mark.parametrize("how", LIES)
def test_a_server_that_misbehaves_costs_one_fetch_and_loses_nothing(desk: Desk, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PATIENCE_S", 0.7)
    with Liar(desk.post, LIES[how]) as liar:
        wrong = add_mailbox(desk.cast.run, settings(liar.port, name="liar", security="tls"))
        with pytest.raises(OutOfReach):
            fetch_mailbox(desk.cast.run, wrong, desk.home, InProcess())
    told = next(one for one in mailboxes(desk.cast.run) if one.name == "liar")
    assert told.fault and told.taken == 0
    assert messages(desk.cast.run) == []


def test_a_message_over_which_the_connection_breaks_again_and_again_holds_up_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PATIENCE_S", 0.7)
    second = letter(2)
    answers: dict[bytes, bytes | None] = {
        b"EXAMINE": SELECTED,
        b"SEARCH UID 1:2": FOUND,
        b"SEARCH UID 2:2": b"* SEARCH 2\r\n",
        b"FETCH 1 (BODY": None,
        b"FETCH 1 (RFC822": SIZE,
        b"FETCH 2 (RFC822": b"* 2 FETCH (UID 2 RFC822.SIZE %d)\r\n" % len(second),
        b"FETCH 2 (BODY": b"* 2 FETCH (UID 2 BODY[] {%d}\r\n%s)\r\n" % (len(second), second),
    }
    with Liar(desk.post, answers) as liar:
        wrong = add_mailbox(desk.cast.run, settings(liar.port, name="liar", security="tls"))
        for _ in range(fetching.BREAKS_OVER_ONE):
            with pytest.raises(OutOfReach, match="message 1: "):
                fetch_mailbox(desk.cast.run, wrong, desk.home, InProcess())
        assert fetch_mailbox(desk.cast.run, wrong, desk.home, InProcess()).fresh == 1
    told = next(one for one in mailboxes(desk.cast.run) if one.name == "liar")
    assert [uid for uid, _why in told.passed_over] == [1]


def test_a_server_that_lists_what_it_does_not_give_is_told_so(desk: Desk) -> None:
    with Liar(desk.post, {b"EXAMINE": SELECTED, b"SEARCH": FOUND}) as liar:
        wrong = add_mailbox(desk.cast.run, settings(liar.port, name="liar", security="tls"))
        fetched = fetch_mailbox(desk.cast.run, wrong, desk.home, InProcess())
    assert fetched.passed_over == [(1, "the server lists it and does not give it"), (2, "the server lists it and does not give it")]
