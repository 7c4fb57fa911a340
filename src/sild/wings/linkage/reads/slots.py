"""Slots of lines in the database: how a line is filed, and which lines share most with others that are looked at now.

A slot stands there as a number: keyed with a secret of the home, and other for each organisation, so that the table alone tells nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from sild.cores.linkage.method.lexicon import digest_of_data
from sild.cores.linkage.method.reading import NEVER
from sild.cores.linkage.method.slots import Look, Slot, edition, kept_slots
from sild.cores.linkage.problem import Line as CoreLine
from sild.kernel import home as homes
from sild.kernel.home import Home, kept_secret

KEY = "slots.key"
FEW = 6
"""A slot that no more lines share is rare, and is worth so much more."""
BESIDE = 6
"""Lines of the very same moment that one slot gives: those of one long list."""
AFTER = 12
"""Lines told later that one slot gives."""

FILED = "insert into linkage_slot (slot, told_at, line_id, mechanism_id, owner_id, marking, compartment_id)"
FILE = f"{FILED} select * from unnest(%s::bigint[], %s::timestamptz[], %s::uuid[], %s::uuid[], %s::uuid[], %s::smallint[], %s::uuid[])"

_MET = "select * from sild_met(%s::uuid[], %s::timestamptz[], %s::uuid[], %s::bigint[], %s::int[], %s::int[], %s, %s, %s, %s)"


@cache
def made_as() -> str:
    """Tells how slots are made, by this program and these lexicons, from how another edition of them did."""
    return hashlib.sha256(f"{edition()} {digest_of_data()}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """Whose line it is and where it stands in time, beside what it says: all that its rows of slots need."""

    id: UUID
    mechanism: UUID
    owner: UUID
    marking: int
    compartment: UUID | None
    says: CoreLine

    @property
    def told_at(self) -> datetime:
        """When it was told, or else by when: a line without a date stands where it arrived."""
        return self.says.told_at or NEVER


def rows(lines: Iterable[Filed]) -> list[list[Any]]:
    """The columns that `FILE` takes, for all slots of the lines."""
    told = [
        (number, line.told_at, line.id, line.mechanism, line.owner, line.marking, line.compartment)
        for line in lines
        for number in sorted(set(numbers(line.mechanism, line.owner, kept_slots(line.says))))
    ]
    return [list(column) for column in zip(*told, strict=True)] if told else []


def numbers(mechanism: UUID, owner: UUID, slots: Iterable[Slot]) -> list[int]:
    """The numbers of slots in an organisation's register, in the order given."""
    key = _key(homes.current())
    whose = f"{mechanism}\x1f{owner}\x1f"
    return [_number(key, whose + "\x1f".join(slot)) for slot in slots]


def partners(lines: Sequence[tuple[Filed, Mapping[Slot, Look]]], most: int) -> dict[UUID, list[UUID]]:
    """For each line those of its owner and its compartment with which it shares most, at most so many, the nearest first.

    One statement, in the scope of whoever acts. Lines that look into nothing are left out.
    """
    asked: list[tuple[Any, ...]] = []
    for line, looks in lines:
        found = numbers(line.mechanism, line.owner, looks)
        best: dict[int, Look] = {}
        for number, look in zip(found, looks.values(), strict=True):
            best.setdefault(number, look)
        asked += [(line.id, line.told_at, line.compartment, number, look.worth, look.depth) for number, look in sorted(best.items())]
    met: dict[UUID, list[UUID]] = {}
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(_MET, [*(list(column) for column in zip(*asked, strict=True)), BESIDE, AFTER, FEW, most])
            for line, other in cursor.fetchall():
                met.setdefault(line, []).append(other)
    return met


@lru_cache(maxsize=4)
def _key(home: Home) -> bytes:
    return bytes.fromhex(kept_secret(home.prepare(), KEY))


def _number(key: bytes, text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=8).digest(), "big", signed=True)
