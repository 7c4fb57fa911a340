"""Taking: whatever door the bytes come by, each message is there once, and nothing of a bundle is lost or doubled."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from sild.formats import read_document
from sild.formats.unpacking import Bundle, unpack
from sild.kernel import originals
from sild.kernel.home import Home
from sild.values.document import Document
from sild.wings.intake.actions import taking
from sild.wings.intake.actions.messages import Read, keep_message
from sild.wings.intake.actions.taking import Taken, Taking
from sild.wings.intake.public import messages
from sild.wings.intake.rules import Door, message_id
from sild.wings.parties.public import import_parties
from sild.wings.register.public import lines
from tests.cast import Cast
from tests.readers import InProcess
from tests.web.signed import signed_in
from tests.wings.intake.test_run import COUNCIL, mail

LAPTOPS = mail("Lviv City Council asks for 40 laptops for its service centres by 1 April 2026.", 1)
GENERATORS = mail("Lviv City Council needs 6 diesel generators for its server rooms.", 2)


def packed(*members: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


DEEP = packed(("deep.zip", packed(("deepest.eml", GENERATORS))))
ARCHIVE = packed(("2026/laptops.eml", LAPTOPS), ("2026/generators.eml", GENERATORS), ("box.zip", DEEP))


@pytest.fixture
def door(cast: Cast, home: Home) -> Taking:
    import_parties(cast.run, [COUNCIL])
    return Taking(cast.run, home, InProcess(), Door.WATCHED)


def state(taken: Taken) -> list[tuple[str, bool]]:
    return [(one.name, one.fresh) for one in taken.arrived]


def test_the_same_bytes_by_two_doors_are_one_message_seen_twice(door: Taking, tmp_path: Path) -> None:
    (tmp_path / "ask.eml").write_bytes(LAPTOPS)
    first = door.file(tmp_path / "ask.eml")
    by_mail = Taking(door.actor, door.home, door.reader, Door.MAILBOX).data(LAPTOPS, "desk/INBOX/7-12.eml")
    assert state(first) == [("ask.eml", True)]
    assert state(by_mail) == [("desk/INBOX/7-12.eml", False)]
    [message] = messages(door.actor)
    assert message.seen_as == ("ask.eml", "desk/INBOX/7-12.eml")
    assert len(lines(door.actor)) == 1


def test_a_bundle_is_kept_and_each_member_is_a_message_that_says_where_it_lay(door: Taking, tmp_path: Path) -> None:
    (tmp_path / "letters.zip").write_bytes(ARCHIVE)
    taken = door.file(tmp_path / "letters.zip")
    assert taken.fresh == 2
    assert sorted(message.name for message in messages(door.actor)) == ["letters.zip/generators.eml", "letters.zip/laptops.eml"]
    assert [name for name, _why in taken.left_aside] == ["letters.zip/box.zip: deep.zip"]
    digest, _size = originals.digest_of(tmp_path / "letters.zip")
    assert originals.place_of(door.home.originals, digest).read_bytes() == ARCHIVE
    for message in messages(door.actor):
        assert originals.place_of(door.home.originals, message.digest).read_bytes() in (LAPTOPS, GENERATORS)


def test_a_bundle_that_comes_again_is_known_with_its_members_and_what_was_left_aside(door: Taking) -> None:
    first = door.data(ARCHIVE, "letters.zip")
    again = door.data(ARCHIVE, "copy of letters.zip")
    assert again.fresh == 0
    assert sorted(one.message for one in again.arrived) == sorted(one.message for one in first.arrived)
    assert again.left_aside == first.left_aside


def test_a_bundle_stopped_between_its_members_goes_on_without_loss_or_doubling(door: Taking, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(BaseException):
        """Stands for the kill that no code sees coming."""

    real, kept = taking.keep_message, []

    def stopping(*args: object, **kwargs: object) -> object:
        if len(kept) == 1:
            raise Stopped
        kept.append(args)
        return real(*args, **kwargs)  # type: ignore[arg-type]  # the same arguments go on

    with monkeypatch.context() as patch:
        patch.setattr(taking, "keep_message", stopping)
        with pytest.raises(Stopped):
            door.data(ARCHIVE, "letters.zip")
    assert len(messages(door.actor)) == 1
    taken = door.data(ARCHIVE, "letters.zip")
    assert taken.fresh == 1
    assert len(messages(door.actor)) == 2
    assert [message.seen_as for message in messages(door.actor)] == [(message.name,) for message in messages(door.actor)]


def test_a_message_that_another_door_keeps_in_the_same_moment_is_a_sighting(door: Taking) -> None:
    class Beaten(InProcess):
        """While this door reads, another one keeps the same bytes."""

        def read(self, name: str, data: bytes) -> Document:
            Taking(door.actor, door.home, InProcess(), Door.FOLDER).data(data, "there-first.eml")
            return read_document(name, data)

        def unpack(self, name: str, data: bytes) -> Bundle | None:
            return unpack(name, data)

    slow = Taking(door.actor, door.home, Beaten(), Door.MAILBOX)
    assert state(slow.data(LAPTOPS, "later.eml")) == [("later.eml", False)]
    [message] = messages(door.actor)
    assert set(message.seen_as) == {"there-first.eml", "later.eml"}
    assert len(lines(door.actor)) == 1


def test_an_answer_that_names_the_reference_belongs_to_the_thread_of_the_first_letter(door: Taking) -> None:
    first = door.data(LAPTOPS, "ask.eml").arrived[0].message
    [line] = [one for one in lines(door.actor) if one.message_id == first]
    [reference] = [thread[1:8] for thread in line.threads if thread.endswith("@reference>")]
    answer = mail(f"To your {reference[:3].lower()}-{reference[3:].lower()}: Lviv City Council needs 45 laptops instead of 40.", 5)
    second = door.data(answer, "answer.eml").arrived[0].message
    [told] = [one for one in lines(door.actor) if one.message_id == second]
    assert f"<{reference}@reference>" in told.threads
    forged = door.data(mail("To your A3A-A3A4: Lviv City Council needs 9 tablets.", 6), "forged.eml").arrived[0].message
    assert [thread for one in lines(door.actor) if one.message_id == forged for thread in one.threads if "A3AA3A4" in thread] == []


def test_a_message_keeps_its_reference_when_it_is_read_anew(door: Taking, cast: Cast) -> None:
    kept = originals.keep_bytes(door.home.originals, LAPTOPS)
    keep_message(cast.run, "ask.eml", kept, Read(why="a fault of that day", again=True))
    named = reference_of(cast, kept.digest)
    assert door.data(LAPTOPS, "ask.eml").fresh == 1
    assert reference_of(cast, kept.digest) == named != ""


def reference_of(cast: Cast, digest: str) -> str:
    [told] = [one.reference for one in messages(cast.run) if one.id == message_id(cast.run.mechanism, digest)]
    return told


def test_what_a_change_says_of_the_earlier_message_is_kept_and_stands_beside_its_line(door: Taking, cast: Cast) -> None:
    words = "Please change item no. 2 of our list: Lviv City Council now needs 30 laptops instead of 22, by 1 April instead of 15 March."
    taken = door.data(mail(words, 9), "change.eml")
    [line] = lines(door.actor)
    assert (line.kind, line.changes) == ("update", 22)
    assert {name: line.fields[name]["span"]["text"] for name in ("earlier_place", "earlier_day")} == {
        "earlier_place": "item no. 2",
        "earlier_day": "15 March",
    }
    page = signed_in(cast.officer).get(f"/inbox/{taken.arrived[0].message}/").content.decode()
    for label, value in (("Quantity before", "22"), ("Day before", "15 Mar 2026"), ("Place in the earlier message", "item no. 2")):
        assert label in page and value in page
