"""A watched folder: what comes is taken once it is whole, whatever name it came by, and nothing in the folder is touched."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

from sild.kernel.home import Home
from sild.kernel.jobs import is_pending
from sild.kernel.refusals import Refused
from sild.wings.intake.actions import watching
from sild.wings.intake.actions.watching import Watched, watch_folder
from sild.wings.intake.public import messages
from sild.wings.parties.public import import_parties
from sild.wings.planning.public import REFRESH
from tests.cast import Cast
from tests.readers import InProcess
from tests.wings.intake.test_run import COUNCIL, mail


def letter(number: int) -> bytes:
    return mail(f"Lviv City Council asks for {number + 10} laptops.", number)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


@pytest.fixture
def watched(cast: Cast, home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The folder, watched in a thread; the names that were taken, as they are taken."""
    import_parties(cast.run, [COUNCIL])
    monkeypatch.setattr(watching, "SETTLED_S", 0.2)
    (folder / "before.eml").write_bytes(letter(0))
    taken: list[str] = []
    over = threading.Event()

    def go() -> None:
        try:
            watch_folder(cast.run, folder, home, InProcess(), over=over, said=lambda name, _taken: taken.append(name))
        finally:
            connections.close_all()

    thread = threading.Thread(target=go)
    thread.start()
    yield taken
    over.set()
    thread.join(20)
    assert not thread.is_alive()


def until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not what():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)


def test_what_lies_there_and_what_comes_is_taken_and_nothing_is_touched(cast: Cast, folder: Path, watched: list[str]) -> None:
    until(lambda: watched == ["before.eml"])
    (folder / "sub").mkdir()
    (folder / "sub" / "later.eml").write_bytes(letter(1))
    (folder / "growing.eml.part").write_bytes(letter(2)[:50])
    (folder / ".hidden.eml").write_bytes(letter(3))
    (folder / "link.eml").symlink_to(folder / "before.eml")
    until(lambda: "sub/later.eml" in watched)
    (folder / "growing.eml.part").write_bytes(letter(2))
    (folder / "growing.eml.part").rename(folder / "grown.eml")
    until(lambda: "grown.eml" in watched)
    assert sorted(message.name for message in messages(cast.run)) == ["before.eml", "grown.eml", "sub/later.eml"]
    assert is_pending(REFRESH, cast.run), "links and plan are made anew"
    assert sorted(path.name for path in folder.rglob("*")) == [".hidden.eml", "before.eml", "grown.eml", "later.eml", "link.eml", "sub"]


def test_a_file_that_still_grows_is_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SETTLED_S", 2.0)
    seen, path = Watched(folder), folder / "slow.eml"
    path.write_bytes(b"From: a@b.example\n")
    seen.sweep(0.0)
    assert list(seen.whole(1.0)) == []
    path.write_bytes(b"From: a@b.example\nSubject: more\n")
    assert list(seen.whole(2.5)) == [], "it changed since: the wait begins anew"
    assert list(seen.whole(4.0)) == []
    assert [found for found, _mark in seen.whole(4.6)] == [path]


def test_a_file_that_somebody_has_open_for_writing_is_not_whole(folder: Path) -> None:
    path = folder / "open.eml"
    path.write_bytes(b"x")
    assert not watching._is_written(path)
    with path.open("ab"):
        assert watching._is_written(path)
    assert not watching._is_written(path)


def test_a_folder_that_is_not_there_is_refused(cast: Cast, home: Home, folder: Path) -> None:
    with pytest.raises(Refused, match="no folder"):
        watch_folder(cast.run, folder / "nowhere", home, InProcess(), over=threading.Event())
