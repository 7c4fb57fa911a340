"""The text of a message: kept once, with its message, read again where an older home lacks it, never in lists and not in history."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sild.formats.document_json import document_to_json
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.history import Change
from sild.kernel.home import Home
from sild.wings.intake.models import Message, MessageText
from sild.wings.intake.public import run_inbox
from sild.wings.intake.reads import Wanted, inbox, open_message, text_of, without_text
from sild.wings.intake.rules import Waiting
from tests.cast import Cast
from tests.readers import InProcess
from tests.wings.intake.desk import fill, message_named
from tests.wings.intake.test_run import TODAY


@pytest.fixture
def folder(cast: Cast, home: Home, tmp_path: Path) -> Path:
    fill(cast, home, tmp_path / "inbox")
    return tmp_path / "inbox"


@action("tests.forget-texts", roles=frozenset({Role.SERVICE}))
def forget_texts(actor: Actor) -> None:
    """Make the home one of before texts were kept."""
    for text in MessageText.objects.all():
        text.delete()


@action("tests.release", roles=frozenset({Role.SERVICE}))
def release(actor: Actor, name: str, to: Actor) -> None:
    """Release a message to an organisation, as its owner."""
    message = Message.objects.get(name=name)
    message.releasable_to = [to.organisation]
    message.save()


def test_the_text_is_the_document_that_was_read(cast: Cast, folder: Path) -> None:
    read = InProcess().read("laptops.eml", (folder / "laptops.eml").read_bytes())
    kept = text_of(cast.officer, message_named(cast, "laptops.eml"))
    assert kept is not None
    assert document_to_json(kept) == document_to_json(read)
    assert text_of(cast.officer, message_named(cast, "noise.bin")) is None


def test_an_older_home_gets_its_texts_with_the_next_run_and_its_lines_stay(cast: Cast, home: Home, folder: Path) -> None:
    before = open_message(cast.officer, message_named(cast, "laptops.eml"))
    forget_texts(cast.run)
    assert len(without_text(cast.run)) == 6
    assert open_message(cast.officer, before.id).document is None
    for path in folder.iterdir():
        path.unlink()
    (folder / "one-more.eml").write_bytes(b"From: a@lviv.example\nSubject: Thanks\nDate: Mon, 5 Jan 2026 10:00:00 +0200\n\nThank you.\n")
    run_inbox(cast.run, folder, home, InProcess(), today=TODAY)
    assert without_text(cast.run) == []
    after = open_message(cast.officer, before.id)
    assert (after.lines, after.document) == (before.lines, before.document)


def test_a_text_that_cannot_be_read_again_stops_nothing(cast: Cast, home: Home, folder: Path) -> None:
    forget_texts(cast.run)
    [lost] = [digest for _key, name, digest in without_text(cast.run) if name == "laptops.eml"]
    (home.originals / lost[:2] / lost).unlink()
    (folder / "laptops.eml").unlink()
    run_inbox(cast.run, folder, home, InProcess(), today=TODAY)
    assert [name for _key, name, _digest in without_text(cast.run)] == ["laptops.eml"]


def test_lists_never_load_a_text(cast: Cast, folder: Path) -> None:
    with acting(cast.officer), CaptureQueriesContext(connection) as asked:
        inbox(cast.officer, Wanted(state=Waiting.ALL, text="laptops"))
    # words are looked up in their index; the texts themselves, and their parts, stay where they are
    assert not [query["sql"] for query in asked if "document" in query["sql"] or '"intake_messagetext"' in query["sql"]]
    assert any("found_intake_messagetext" in query["sql"] for query in asked)
    assert len(asked) <= 8


def test_history_keeps_the_digest_of_a_text_and_not_the_text(cast: Cast, folder: Path) -> None:
    with acting(cast.run):
        kept = [change.after for change in Change.objects.filter(model="intake.MessageText")]
    assert len(kept) == 6
    assert all("document" not in (image or {}) and len((image or {})["sha256"]) == 64 for image in kept)
    assert "tablets" not in json.dumps(kept)


def test_a_text_is_there_for_whoever_sees_its_message(cast: Cast, folder: Path) -> None:
    key = message_named(cast, "laptops.eml")
    with acting(cast.authority):
        assert MessageText.objects.count() == 0
    release(cast.run, "laptops.eml", cast.authority)
    opened = open_message(cast.authority, key)
    assert opened.document is not None
    assert opened.seen_as == ("laptops.eml",)
    assert not opened.own
    with acting(cast.authority):
        assert MessageText.objects.count() == 1
    with acting(cast.donor):
        assert MessageText.objects.count() == 0
