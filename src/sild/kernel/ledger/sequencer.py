"""The sequencer: gives queued entries the next indices and appends them to the book. One at a time, by an advisory lock.

Indices are committed before the book is written, so a crash between the two is mended by the next pass and nothing is numbered twice.
A sequencer that goes on looks at what is new alone; when it begins, it holds the whole book against the database.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, close_old_connections, connections, transaction
from django.db.backends.utils import CursorWrapper

from sild.kernel.home import Home
from sild.kernel.ledger.book import Book, BookDamaged, Pen
from sild.kernel.refusals import Refused

LINES = logging.getLogger("sild.sequencer")
LOCK = 0x51D1ED6E
ALIAS = "sequencer"
EVERY_S = 1.0
"""How often the loop looks. Acts do not notify it: a notification makes all writers of the database commit one after the other."""

NUMBER = (
    "with waiting as (select id, row_number() over (order by queued_at, id) - 1 as place"
    " from kernel_ledgerentry where index is null),"
    " top as (select coalesce(max(index) + 1, 0) as next from kernel_ledgerentry)"
    " update kernel_ledgerentry e set index = top.next + waiting.place from waiting, top where e.id = waiting.id"
)


def book_of(home: Home) -> Book:
    return Book(home.ledger, home.keys / "ledger.key")


def sequence(home: Home) -> int:
    """Number what waits and write it to the book; returns how many entries there are. Raises Refused when book and database part ways."""
    return Sequencer(home).settle()


def sequence_until(over: threading.Event, home: Home) -> None:
    """Go on sequencing until `over`. A database that died is waited for; raises Refused when book and database part ways."""
    sequencer = Sequencer(home)
    while not over.is_set():
        try:
            # between two passes the connection may have died: it is looked at anew
            close_old_connections()
            sequencer.settle()
        except (OperationalError, InterfaceError) as fault:
            LINES.warning("the database is out of reach (%s); it is tried again", type(fault).__name__)
            connections[ALIAS].close()
            # whether the last pass was committed is not known: begin as if new
            sequencer = Sequencer(home)
        over.wait(EVERY_S)


class Sequencer:
    """What one process knows of the book: where it stands, and up to where it is the database's."""

    def __init__(self, home: Home) -> None:
        self._book = book_of(home)
        self._pen: Pen | None = None
        self._same = 0

    def settle(self) -> int:
        """Number what waits, write it, and return how many entries there are. Raises Refused."""
        with _alone() as cursor:
            with transaction.atomic(using=ALIAS):
                cursor.execute(NUMBER)
            try:
                pen = self._opened()
                written, numbered = pen.take(), commitments_numbered(self._same)
                _refuse_another_book(self._same, written, numbered)
                fresh = numbered[len(written) :]
                if fresh or pen.size > pen.signed:
                    pen.append(fresh)
            except BookDamaged as damage:
                self._pen = None
                raise Refused(
                    f"The ledger in {self._book.folder} is damaged: {damage}. Keep it aside and compare it with a backup."
                ) from damage
            except BaseException:
                self._pen = None
                raise
            self._same = pen.size
        return self._same

    def _opened(self) -> Pen:
        if self._pen is None:
            self._same = 0
            self._pen = Pen(self._book)
        else:
            self._pen.catch_up()
        return self._pen


@contextmanager
def _alone() -> Iterator[CursorWrapper]:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        try:
            yield cursor
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [LOCK])


def commitments_numbered(first: int = 0) -> list[str]:
    """The commitments that the database holds from this index on, in order; the one before it must be there. Raises Refused."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("select index, commitment from kernel_ledgerentry where index >= %s order by index", [max(0, first - 1)])
        rows = cursor.fetchall()
    if first and (not rows or rows[0][0] != first - 1):
        raise Refused(
            f"The ledger's book holds {first} entries and the database fewer: the database is in an older state. "
            "Restore the newest backup, or keep the book aside and start a new home."
        )
    return [str(commitment) for _, commitment in (rows[1:] if first else rows)]


def _refuse_another_book(first: int, written: list[str], numbered: list[str]) -> None:
    if len(written) > len(numbered):
        raise Refused(
            f"The ledger's book holds {first + len(written)} entries and the database only {first + len(numbered)}: "
            "the database is in an older state. Restore the newest backup, or keep the book aside and start a new home."
        )
    for place, (there, here) in enumerate(zip(written, numbered, strict=False)):
        if there != here:
            raise Refused(
                f"Entry {first + place} of the ledger's book is not the database's: one of the two was changed. Keep both as they are."
            )
