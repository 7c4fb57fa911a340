"""The sequencer: gives queued entries the next indices and appends them to the book. One at a time, by an advisory lock.

Indices are committed before the book is written, so a crash between the two is mended by the next pass and nothing is numbered twice.
"""

from __future__ import annotations

from django.db import connections, transaction

from sild.kernel.home import Home
from sild.kernel.ledger.book import Book, BookDamaged
from sild.kernel.refusals import Refused

LOCK = 0x51D1ED6E
ALIAS = "sequencer"


def book_of(home: Home) -> Book:
    return Book(home.ledger, home.keys / "ledger.key")


def sequence(home: Home) -> int:
    """Number what waits and write it to the book; returns how many entries there are. Raises Refused when book and database part ways."""
    book = book_of(home)
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        try:
            with transaction.atomic(using=ALIAS):
                cursor.execute(
                    "with waiting as (select id, row_number() over (order by queued_at, id) - 1 as place"
                    " from kernel_ledgerentry where index is null),"
                    " top as (select coalesce(max(index) + 1, 0) as next from kernel_ledgerentry)"
                    " update kernel_ledgerentry e set index = top.next + waiting.place from waiting, top where e.id = waiting.id"
                )
            numbered = commitments_numbered()
            written = list(book.commitments())
            _refuse_another_book(written, numbered)
            if len(numbered) > book.signed():
                try:
                    book.append(numbered[len(written) :])
                except BookDamaged as damage:
                    raise Refused(
                        f"The ledger in {book.folder} is damaged: {damage}. Keep it aside and compare it with a backup."
                    ) from damage
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [LOCK])
    return len(numbered)


def commitments_numbered() -> list[str]:
    """The commitments that the database holds, in the order of their indices."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("select commitment from kernel_ledgerentry where index is not null order by index")
        return [str(row[0]) for row in cursor.fetchall()]


def _refuse_another_book(written: list[str], numbered: list[str]) -> None:
    if len(written) > len(numbered):
        raise Refused(
            f"The ledger's book holds {len(written)} entries and the database only {len(numbered)}: the database is in an older state. "
            "Restore the newest backup, or keep the book aside and start a new home."
        )
    for place, (there, here) in enumerate(zip(written, numbered, strict=False)):
        if there != here:
            raise Refused(f"Entry {place} of the ledger's book is not the database's: one of the two was changed. Keep both as they are.")
