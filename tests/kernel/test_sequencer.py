"""The sequencer that goes on: it reads what is new alone, meets what others wrote, and stops where book and database part ways."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connections

from sild.kernel.home import Home
from sild.kernel.ledger import sequencer as sequencing
from sild.kernel.ledger.book import Book, BookDamaged, Pen
from sild.kernel.ledger.sequencer import Sequencer, book_of, commitments_numbered, sequence, sequence_until
from sild.kernel.refusals import Refused
from sild.postgres.supervisor import Server
from sild.wings.register.public import keep_lines
from tests.cast import Cast
from tests.wings.readings import reading


def act(cast: Cast, number: int) -> None:
    """One act, which leaves one entry."""
    keep_lines(cast.run, [reading(number, "request", "training", "a course", 1)])


def test_entries_that_come_between_two_passes_are_appended(cast: Cast, home: Home) -> None:
    desk = Sequencer(home)
    before = desk.settle()
    for number in range(1, 4):
        act(cast, number)
        assert desk.settle() == before + number
    size, findings = book_of(home).verify()
    assert (size, findings) == (before + 3, [])
    assert list(book_of(home).commitments()) == commitments_numbered()


def test_a_pass_reads_what_is_new_alone(cast: Cast, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Sequencer(home)
    desk.settle()
    asked: list[int] = []
    numbered = sequencing.commitments_numbered
    monkeypatch.setattr(sequencing, "commitments_numbered", lambda first=0: asked.append(first) or numbered(first))
    act(cast, 1)
    there = desk.settle()
    desk.settle()
    assert asked == [there - 1, there]


def test_what_another_sequencer_wrote_is_met_and_not_written_again(cast: Cast, home: Home) -> None:
    desk = Sequencer(home)
    desk.settle()
    act(cast, 1)
    sequence(home)
    act(cast, 2)
    there = desk.settle()
    assert (book_of(home).length(), book_of(home).verify()[1]) == (there, [])


def test_two_sequencers_at_once_write_each_entry_once(cast: Cast, home: Home) -> None:
    for number in range(1, 9):
        act(cast, number)

    def pass_over() -> None:
        try:
            Sequencer(home).settle()
        finally:
            connections.close_all()

    passes = [threading.Thread(target=pass_over) for _ in range(3)]
    for each in passes:
        each.start()
    for each in passes:
        each.join()
    assert list(book_of(home).commitments()) == commitments_numbered()
    assert book_of(home).verify()[1] == []


@pytest.mark.parametrize(
    "harm",
    [
        lambda book: book.entries.write_bytes(b"".join(book.entries.read_bytes().splitlines(keepends=True)[:-1])),
        lambda book: book.entries.write_bytes(b""),
    ],
    ids=["cut back by one", "emptied"],
)
def test_a_book_that_is_cut_back_while_it_is_open_is_refused(cast: Cast, home: Home, harm: Callable[[Book], object]) -> None:
    desk = Sequencer(home)
    desk.settle()
    harm(book_of(home))
    act(cast, 1)
    with pytest.raises(Refused, match="damaged"):
        desk.settle()
    with pytest.raises(Refused, match="damaged"):
        desk.settle()


def test_an_entry_that_was_changed_is_found_when_a_sequencer_begins(cast: Cast, home: Home) -> None:
    sequence(home)
    lines = book_of(home).entries.read_bytes().splitlines(keepends=True)
    changed = lines[0].replace(lines[0][2:4], b"00" if lines[0][2:4] != b"00" else b"11")
    book_of(home).entries.write_bytes(b"".join([changed, *lines[1:]]))
    with pytest.raises(Refused, match="damaged"):
        Sequencer(home).settle()


def test_a_database_in_an_older_state_is_refused_at_the_next_pass(cast: Cast, home: Home, server: Server) -> None:
    desk = Sequencer(home)
    act(cast, 1)
    desk.settle()
    server.execute(["alter table kernel_ledgerentry no force row level security", "delete from kernel_ledgerentry where index > 0"])
    try:
        with pytest.raises(Refused, match="older state"):
            desk.settle()
        with pytest.raises(Refused, match="older state"):
            Sequencer(home).settle()
    finally:
        server.execute(["alter table kernel_ledgerentry force row level security"])


def test_a_line_torn_by_a_crash_is_cut_away(cast: Cast, home: Home) -> None:
    sequence(home)
    with book_of(home).entries.open("ab") as file:
        file.write(b"7 abc")
    with book_of(home).checkpoints.open("ab") as file:
        file.write(b'{"note": "sild-')
    act(cast, 1)
    Sequencer(home).settle()
    assert list(book_of(home).commitments()) == commitments_numbered()
    assert [finding for finding in book_of(home).verify()[1] if "readable" not in finding.what] == []


def test_a_pen_does_not_sign_over_an_entry_that_it_cannot_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("book")
    book = Book(folder, folder / "key")
    book.append(["00" * 32, "11" * 32])
    lines = book.entries.read_bytes().splitlines(keepends=True)
    book.entries.write_bytes(lines[0] + b"x" + lines[1])
    with pytest.raises(BookDamaged, match="holds 1 entries where 2 were signed"):
        Pen(book)


def test_the_loop_goes_on_until_it_is_told_to_end(cast: Cast, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencing, "EVERY_S", 0.01)
    over = threading.Event()

    def run() -> None:
        try:
            sequence_until(over, home)
        finally:
            connections.close_all()

    loop = threading.Thread(target=run)
    loop.start()
    try:
        for number in range(1, 4):
            act(cast, number)
        deadline = time.monotonic() + 30
        while book_of(home).length() < 1 or book_of(home).length() < len(commitments_numbered()):
            assert time.monotonic() < deadline
            time.sleep(0.02)
    finally:
        over.set()
        loop.join(20)
    assert not loop.is_alive()
    assert sequence(home) == book_of(home).length()
