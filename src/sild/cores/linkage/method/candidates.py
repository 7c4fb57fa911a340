"""Which pairs are worth comparing: lines that agree in two slots, or in one that seldom agrees by chance; sixty a line at most."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.method.lexicon import lexicon
from sild.cores.linkage.method.reading import Reading

PARTNERS = 60  # earlier lines that one line is compared with, the best by what they share
TABLE = 30  # a message with more lines than this is a table: its rows meet each other only where they repeat themselves, and a single
# slot gives no more than this many of them, so that a table of two thousand rows leaves room for others
SIBLINGS = 6  # rows of a table that share a reference or repeat verbatim; more of them and the reference is the letter's, not the row's
FEW = 6  # lines; a slot that no more than these share is rare, and so much more is it worth

WORTH: Mapping[str, int] = {
    "resend": 8,
    "reference": 6,
    "verbatim": 6,
    "body and amount": 4,
    "thing and amount": 2,
    "thread": 2,
    "thing and mark": 1,
    "body": 1,
    "changed": 1,
    "of the body": 1,
}
"""How much a shared slot says when a line has more possible partners than it may meet: what is rare says most."""

DEPTH: Mapping[str, int] = {"changed": 6, "thing and amount": 30, "thing and mark": 30}
"""How many lines one look into a slot gives, the latest; `PARTNERS` where nothing stands here. A slot without a body that many lines share
tells little, and a change is worth a look for what comes right after it, however it names the thing."""

Key = tuple[str, ...]
Filed = dict[str, list[int]]  # message -> its lines under one key, messages in order of their first line there


def candidates(readings: Sequence[Reading], kin: Kin) -> list[tuple[int, int]]:
    """Pairs (i, j), i before j in `readings`, which must be in order of time. Never across sides.

    No line meets more than `PARTNERS` earlier ones, so the work grows with the lines and not with their square.
    """
    rows = rows_of_tables(readings)
    filed: dict[Key, Filed] = defaultdict(dict)
    found: list[tuple[int, int]] = []
    like = kin.like(name for reading in readings for name in _owners(reading, kin))
    for index, reading in enumerate(readings):
        message = reading.line.message
        whose = _owners(reading, kin)
        whose = sorted({*whose, *(other for name in whose for other in like.get(name, ()))})
        marks = reading.purposes | reading.names | kin.sorts_of(reading.line.beneficiary)
        told = sorted({(reading.side, *key) for key in _keys(reading, whose, sorted(marks))})
        owners = [(reading.side, "of the body", owner) for owner in whose]
        changes = [(reading.side, "changed", owner) for owner in whose]
        worth: dict[int, int] = defaultdict(int)
        open_ended = reading.amends or reading.untold
        for key in (*told, *changes, *(owners if open_ended else ())):
            if key in filed:
                worthy = WORTH[key[1]] + _rare(filed[key])
                for other in _met(filed[key], key[1], message, index in rows):
                    worth[other] += worthy
        best = heapq.nsmallest(PARTNERS, worth, key=lambda other: (-worth[other], -other))
        found.extend((other, index) for other in sorted(best))
        for key in (*told, *owners, *(changes if open_ended else ())):
            filed[key].setdefault(message, []).append(index)
    return found


def rows_of_tables(readings: Sequence[Reading]) -> dict[int, tuple[str, str]]:
    """The lines that are rows of a table, a message with more lines of one side than a letter has, each with its message and text."""
    sizes = Counter((reading.side, reading.line.message) for reading in readings)
    large = ((index, reading) for index, reading in enumerate(readings) if sizes[reading.side, reading.line.message] > TABLE)
    return {index: (reading.line.message, reading.text_key) for index, reading in large}


def _met(filed: Filed, kind: str, message: str, table: bool) -> Iterator[int]:
    """The latest lines under one key, message by message; of a line's own table only the few that repeat it."""
    left = DEPTH.get(kind, PARTNERS)
    for other, members in reversed(filed.items()):
        some = members[-min(left, TABLE) :]
        if table and other == message:
            some = _siblings(members, kind)
        yield from some
        left -= len(some)
        if left <= 0:
            return


def _rare(filed: Filed) -> int:
    """What a slot says on top since few lines share it: a model's name among a thousand laptops."""
    return FEW if len(filed) <= FEW and sum(map(len, filed.values())) <= FEW else 0


def _siblings(members: list[int], kind: str) -> list[int]:
    """The rows before a row of a table that speak of the same: told verbatim, or under a number that few rows bear."""
    if kind == "verbatim":
        return members[-SIBLINGS:]
    return members if kind == "reference" and len(members) <= SIBLINGS else []


def resent(readings: Sequence[Reading]) -> list[tuple[int, int]]:
    """Each line of a message that came again byte for byte, with the same line of the message's arrival before."""
    last: dict[tuple[object, ...], int] = {}
    seen: dict[tuple[object, ...], int] = defaultdict(int)
    found = []
    for index, reading in enumerate(readings):
        line = reading.line
        if line.digest:
            told = (line.kind, line.item, line.evidence, line.category, line.quantity, line.unit, line.beneficiary, line.provider)
            seen[line.message, *told] += 1  # a list may hold the same row twice: the second row answers to the second
            key = (reading.side, line.digest, *told, seen[line.message, *told])
            if key in last:
                found.append((last[key], index))
            last[key] = index
    return found


def _keys(reading: Reading, whose: Sequence[str], marks: Sequence[str]) -> Iterator[Key]:
    """The slots of a line that is filed under the bodies `whose`; a line for a body nobody knows meets others by a thing and a mark."""
    line = reading.line
    amount = str(line.quantity.normalize()) if line.quantity is not None and line.quantity > 1 else None
    what = sorted(reading.heads | {f"family {name}" for name in reading.families})
    groups = sorted({line.category or ""} | lexicon().category_groups.get(line.category or "", frozenset()))
    for owner in whose:
        for slot in (*what, *groups):
            yield "body", owner, slot
        if amount:
            yield "body and amount", owner, amount
    if amount:
        for slot in (*what, *groups):
            yield "thing and amount", slot, amount
    for key in {reading.reference, *reading.cited} - {""}:
        yield "reference", key
    for thread in line.threads:
        yield "thread", thread
    if line.digest:
        yield "resend", line.digest, reading.text_key
    if reading.text_key:
        for owner in whose:
            yield "verbatim", owner, reading.text_key
    for slot in what:
        yield from (("thing and mark", slot, mark) for mark in marks)


def _owners(reading: Reading, kin: Kin) -> list[str]:
    """The bodies under which a line is filed: for whom, those above, and who sent it."""
    line = reading.line
    if reading.side == "offer":
        return sorted({name for name in (line.provider, line.sent_by) if name})
    return sorted(kin.above(line.beneficiary) | ({line.sent_by} if line.sent_by else set()))
