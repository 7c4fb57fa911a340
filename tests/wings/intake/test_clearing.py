"""Clearing a mailbox of a real IMAP server: nothing unless it was asked for, and then what is kept here alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sild.kernel import originals
from sild.kernel.home import Home
from sild.wings.intake.actions import fetching
from sild.wings.intake.actions.clearing import Clearing, Way
from sild.wings.intake.actions.fetching import add_mailbox, remove_mailbox
from sild.wings.intake.actions.taking import Taking
from sild.wings.intake.public import messages
from sild.wings.intake.reads.mailboxes import mailboxes
from tests.cast import Cast
from tests.readers import InProcess
from tests.wings.intake.test_fetching import Desk, Liar, Post, letter, running_post, settings

DONE = "Done"


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    """One server for the module."""
    with running_post(tmp_path_factory.mktemp("post")) as found:
        yield found


def desk_of(cast: Cast, home: Home, post: Post, folder: str, afterwards: str) -> Desk:
    with post.entered() as client:
        for name in (folder, DONE):
            if not client.folder_exists(name):
                client.create_folder(name)
    (home.keys / "mailbox.password").write_text("demopass")
    (home.keys / "mailbox.password").chmod(0o600)
    return Desk(cast, home, post, folder, add_mailbox(cast.run, settings(post.port, folder, afterwards=afterwards)))


@pytest.fixture(autouse=True)
def _trusted(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(post.certificate))


def there(post: Post, folder: str) -> list[bytes]:
    """The messages of a folder as they lie there, byte for byte."""
    with post.entered() as client:
        client.select_folder(folder, readonly=True)
        return [row[b"BODY[]"] for row in client.fetch(client.search(), ["BODY.PEEK[]"]).values()]


def test_messages_that_were_taken_move_where_the_operator_said_and_lie_there_unread(cast: Cast, home: Home, post: Post) -> None:
    desk = desk_of(cast, home, post, "ToMove", f"move:{DONE}")
    desk.send(letter(1), letter(2))
    fetched = desk.fetch()
    assert (fetched.taken, fetched.fresh, fetched.cleared, fetched.left_there) == (2, 2, 2, "")
    assert there(post, "ToMove") == []
    assert [b"21 tablets" in one or b"22 tablets" in one for one in there(post, DONE)] == [True, True]
    with post.entered() as client:
        client.select_folder(DONE, readonly=True)
        assert not any(b"\\Seen" in marks for marks in client.get_flags(client.search()).values())
    desk.send(letter(3))
    assert (desk.fetch().cleared, desk.fetch().taken) == (1, 0)
    assert len(messages(cast.run)) == 3


def test_deleting_takes_what_was_kept_and_leaves_what_others_marked(
    cast: Cast, home: Home, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(cast, home, post, "ToDelete", "delete")
    large = letter(2) + b"x" * 5000
    desk.send(letter(1), large, letter(3))
    with post.entered() as client:
        client.select_folder("ToDelete")
        client.add_flags(client.search()[1:2], [rb"\Deleted"])
    monkeypatch.setattr(fetching, "LARGEST", 4000)
    fetched = desk.fetch()
    assert (fetched.taken, fetched.cleared) == (2, 2)
    # it is too large to be taken: it stays, though somebody else has marked it
    [left] = there(post, "ToDelete")
    assert b"22 tablets" in left
    for message in messages(cast.run):
        assert originals.place_of(home.originals, message.digest).is_file()


def test_a_message_whose_original_is_not_whole_in_the_store_stays(
    cast: Cast, home: Home, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(cast, home, post, "Unsafe", "delete")
    desk.send(letter(1), letter(2))
    real = Taking.data

    def spoilt(self: Taking, data: bytes, name: str) -> object:
        taken = real(self, data, name)
        if b"22 tablets" in data:
            [place] = [one for one in home.originals.glob("??/*") if b"22 tablets" in one.read_bytes()]
            place.chmod(0o600)
            place.write_bytes(b"half")
        return taken

    monkeypatch.setattr(Taking, "data", spoilt)
    fetched = desk.fetch()
    assert (fetched.taken, fetched.cleared) == (2, 1)
    [left] = there(post, "Unsafe")
    assert b"22 tablets" in left
    assert "not in the store as it came" in mailboxes(cast.run)[0].passed_over[0][1]


def test_a_fetch_that_ends_between_keeping_and_clearing_clears_at_the_next_one(
    cast: Cast, home: Home, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """Stands for the kill that no code sees coming."""

    def killed(_self: Clearing, _uid: int, _data: bytes) -> str:
        raise Killed

    desk = desk_of(cast, home, post, "Killed", "delete")
    desk.send(letter(1))
    with monkeypatch.context() as patch:
        patch.setattr(Clearing, "clear", killed)
        with pytest.raises(Killed):
            desk.fetch()
    assert (len(messages(cast.run)), len(there(post, "Killed"))) == (1, 1)
    assert (desk.fetch().cleared, there(post, "Killed"), len(messages(cast.run))) == (1, [], 1)


def test_where_the_folder_to_move_to_is_not_there_messages_are_taken_and_stay(cast: Cast, home: Home, post: Post) -> None:
    desk = desk_of(cast, home, post, "Nowhere", "move:No such folder")
    desk.send(letter(1))
    fetched = desk.fetch()
    assert (fetched.fresh, fetched.cleared, len(there(post, "Nowhere"))) == (1, 0, 1)
    assert "no folder No such folder" in mailboxes(cast.run)[0].fault


def test_what_was_taken_before_it_was_asked_for_stays(cast: Cast, home: Home, post: Post) -> None:
    desk = desk_of(cast, home, post, "Before", "")
    desk.send(letter(1))
    desk.fetch()
    remove_mailbox(cast.run, "requests")
    add_mailbox(cast.run, settings(post.port, "Before", afterwards="delete"))
    desk.send(letter(2))
    assert (desk.fetch().cleared, len(there(post, "Before"))) == (1, 1)


def test_a_server_that_cannot_delete_one_message_alone_is_asked_for_nothing(cast: Cast, home: Home, post: Post) -> None:
    one = letter(1)
    answers: dict[bytes, bytes | None] = {
        b"SELECT": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 2] ok\r\n",
        b"SEARCH": b"* SEARCH 1\r\n",
        b"RFC822.SIZE": b"* 1 FETCH (UID 1 RFC822.SIZE %d)\r\n" % len(one),
        b"BODY.PEEK": b"* 1 FETCH (UID 1 BODY[] {%d}\r\n%s)\r\n" % (len(one), one),
        b"STORE": None,
        b"EXPUNGE": None,
    }
    desk_of(cast, home, post, "Other", "")
    with Liar(post, answers) as liar:
        wanted = settings(liar.port, name="liar", security="tls", afterwards="delete")
        fetched = fetching.fetch_mailbox(cast.run, add_mailbox(cast.run, wanted), home, InProcess())
    assert (fetched.fresh, fetched.cleared) == (1, 0)
    assert "cannot delete one alone" in fetched.left_there


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("", None), ("delete", Way("")), ("move:Done", Way("Done")), ("move:", None), ("move: ", None), ("move:INBOX", None),
        ("move:inbox", None), ("move:a\r\nb", None), ("Delete", None), ("expunge", None), ("move:" + "x" * 201, None),
    ],
)  # fmt: skip
def test_words_name_one_way_or_none(words: str, way: Way | None) -> None:
    assert Way.of(words, "INBOX") == way
