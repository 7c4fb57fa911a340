"""Which pairs are worth comparing: lines that agree in two slots, or in one that seldom agrees by chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.method.lexicon import lexicon
from sild.cores.linkage.method.reading import Reading

NEIGHBOURS = 60  # in a block of more lines than this, each line meets that many next in time
Key = tuple[str, ...]


def candidates(readings: Sequence[Reading], kin: Kin) -> list[tuple[int, int]]:
    """Pairs (i, j), i before j in `readings`, which must be in order of time. Never across sides."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    for index, reading in enumerate(readings):
        for key in set(_keys(reading, kin)):
            blocks[reading.side, *key].append(index)
    found = _changed(readings, kin)
    for members in blocks.values():
        for place, one in enumerate(members):
            for other in members[place + 1 : place + 1 + NEIGHBOURS]:
                found.add((one, other))
    return sorted(found)


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


def _changed(readings: Sequence[Reading], kin: Kin) -> set[tuple[int, int]]:
    """Each change and withdrawal with the lines of its body before it, and a few after: it may name the thing in other words."""
    filed: dict[Key, list[int]] = defaultdict(list)
    for index, reading in enumerate(readings):
        for owner in _owners(reading, kin):
            filed[reading.side, owner].append(index)
    found: set[tuple[int, int]] = set()
    for members in filed.values():
        for place, one in enumerate(members):
            if readings[one].amends:
                found.update((other, one) for other in members[max(0, place - NEIGHBOURS) : place])
                found.update((one, other) for other in members[place + 1 : place + 1 + NEIGHBOURS // 10])
    return found


def _keys(reading: Reading, kin: Kin) -> Iterator[Key]:
    line = reading.line
    whose = _owners(reading, kin)
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
    yield from _nameless(reading, what)


def _owners(reading: Reading, kin: Kin) -> list[str]:
    """The bodies under which a line is filed: for whom, those above, and who sent it."""
    line = reading.line
    if reading.side == "offer":
        return sorted({name for name in (line.provider, line.sent_by) if name})
    return sorted(kin.above(line.beneficiary) | ({line.sent_by} if line.sent_by else set()))


def _nameless(reading: Reading, what: Iterable[str]) -> Iterator[Key]:
    """A line for a body nobody knows still meets lines that share its thing and a telling purpose or name."""
    for slot in what:
        for mark in sorted(reading.purposes | reading.names):
            yield "thing and mark", slot, mark
