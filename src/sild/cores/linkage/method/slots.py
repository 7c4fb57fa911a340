"""The slots under which one line is kept, so that a new line finds those it may repeat without reading all of them again.

A whole linking files lines under the bodies above theirs too. Kept slots are made from the line alone, so that they change with the
line and with nothing else; what the register of parties knows is asked when a new line looks (`looks_for`). Slots are plain tuples.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sild.cores.linkage.answer import Side
from sild.cores.linkage.method.candidates import DEPTH, PARTNERS, WORTH
from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.method.lexicon import lexicon
from sild.cores.linkage.method.reading import Reading, read
from sild.cores.linkage.method.sides import side_of
from sild.cores.linkage.problem import Line, LinkageProblem

Slot = tuple[str, ...]
"""The side, the kind of slot, and what it holds: ("need", "body", a body, a thing)."""

MARKS, CITED, THREADS, PURPOSES = 4, 3, 3, 2
"""How many names, letter numbers, threads and purposes of one line are kept: who tells a hundred is found by what else is told."""

BELOW = 40
"""Bodies right below a line's own under which it looks too; an office with more of them is found by what else the lines share."""

OF_BOTH: tuple[Side, Side] = ("need", "offer")


@dataclass(frozen=True, slots=True)
class Look:
    """How a look into one slot counts: what sharing it is worth, and how many lines it gives, the latest."""

    worth: int
    depth: int


def kept_slots(line: Line) -> frozenset[Slot]:
    """The slots under which a line is kept; none for a question. Costs time linear in its text."""
    if line.kind == "question":
        return frozenset()
    kin = Kin(LinkageProblem(lines=()))
    return frozenset((side, *slot) for side in _sides(line) for slot in _kept(read(line, kin, side), kin))


def looks_for(line: Line, known: LinkageProblem, below: Iterable[str] = ()) -> Mapping[Slot, Look]:
    """The slots into which a new line looks. `known` holds the bodies that it names, with those above them; `below` those right below.

    `known` needs no lines. A question looks for nothing.
    """
    if line.kind == "question":
        return {}
    kin = Kin(known)
    side = side_of(line, kin)
    reading = read(line, kin, side)
    return {(side, *slot): Look(WORTH[slot[0]], min(DEPTH.get(slot[0], PARTNERS), PARTNERS)) for slot in _looked(reading, kin, below)}


@cache
def edition() -> str:
    """Tells one way of making slots from another: they are made anew when it changes. From the lists of things and of this module."""
    known = lexicon()
    told = [sorted((name, concept.family, concept.rank) for name, concept in known.items.items()), sorted(known.facet_of)]
    return hashlib.sha256(repr((4, MARKS, CITED, THREADS, PURPOSES, told)).encode()).hexdigest()[:16]


def _sides(line: Line) -> Sequence[Side]:
    """Where a line may belong: a change that names nobody may turn out to be a need's or an offer's."""
    if line.kind in ("update", "withdrawal") and line.provider is None and line.beneficiary is None:
        return OF_BOTH
    return (side_of(line, Kin(LinkageProblem(lines=()))),)


def _kept(reading: Reading, kin: Kin) -> Iterator[Slot]:
    line = reading.line
    body = _body(reading)
    things = sorted(reading.heads)
    category = [line.category] if line.category else []
    amount = _amount(reading)
    if body:
        yield from (("body", body, thing) for thing in (*things, *category))
        if amount:
            yield "body and amount", body, amount
    if line.sent_by and line.sent_by != body:
        yield from (("body", line.sent_by, thing) for thing in category or things)
    if amount:
        yield from (("thing and amount", thing, amount) for thing in (*things, *category))
    yield from _told(reading, body or line.sent_by)
    marks = _some(kin.sounds_of(body), MARKS)
    marks = [*marks, *_some(reading.sounds - set(marks), MARKS - len(marks))]
    sorts = kin.sorts_of(body)
    for thing in things or category:
        yield from (("thing and mark", thing, mark) for mark in (*marks, *_some(sorts, 1), *_some(reading.purposes - sorts, PURPOSES)))


def _told(reading: Reading, owner: str | None) -> Iterator[Slot]:
    """Slots of how a line is told: letter numbers, threads, the very words, and whose line it is."""
    line = reading.line
    numbers = [reading.reference, *_some(reading.cited - {reading.reference}, CITED - 1)]
    yield from (("reference", number) for number in numbers if number)
    yield from (("thread", thread) for thread in line.threads[-THREADS:])
    if owner:
        yield "of the body", owner
        if reading.text_key:
            yield "verbatim", owner, reading.text_key
        if reading.amends or reading.untold:
            yield "changed", owner
    elif line.digest and reading.text_key:
        yield "resend", line.digest, reading.text_key


def _looked(reading: Reading, kin: Kin, below: Iterable[str]) -> Iterator[Slot]:
    line = reading.line
    body = _body(reading)
    owners = sorted({name for name in (body, line.sent_by) if name} | kin.above(body))
    named, near = reading.heads | _siblings(reading), _neighbours(line.category)
    amount = _amount(reading)
    for owner in owners:
        yield from (("body", owner, thing) for thing in sorted(named | near))
        if amount:
            yield "body and amount", owner, amount
        if reading.amends or reading.untold:
            yield "of the body", owner
        yield "changed", owner
        if reading.text_key:
            yield "verbatim", owner, reading.text_key
    few = sorted(set(below) - set(owners))
    if len(few) <= BELOW:
        yield from (("body", owner, line.category) for owner in few if line.category)
    if amount:
        yield from (("thing and amount", thing, amount) for thing in sorted(named | near))
    yield from (("reference", number) for number in sorted({reading.reference, *reading.cited} - {""}))
    yield from (("thread", thread) for thread in line.threads)
    if line.digest and reading.text_key:
        yield "resend", line.digest, reading.text_key
    own = frozenset({line.category}) if line.category else frozenset()
    for thing in sorted(reading.heads | own):
        marks = reading.sounds | kin.sounds_of(body) | reading.purposes | kin.sorts_of(body)
        yield from (("thing and mark", thing, mark) for mark in sorted(marks))


def _body(reading: Reading) -> str | None:
    return reading.line.provider if reading.side == "offer" else reading.line.beneficiary


def _amount(reading: Reading) -> str | None:
    amount = reading.line.quantity
    return str(amount.normalize()) if amount is not None and amount > 1 else None


def _siblings(reading: Reading) -> frozenset[str]:
    """The things that two readers may name for one: those of a family."""
    return frozenset(name for family in reading.families for name in _family(family))


@cache
def _family(family: str) -> frozenset[str]:
    return frozenset(name for name, concept in lexicon().items.items() if concept.family == family and concept.rank)


def _neighbours(category: str | None) -> frozenset[str]:
    """The category with those that two readers take for it."""
    groups = lexicon().category_groups
    mine = groups.get(category or "", frozenset())
    return frozenset({category or ""} | {other for other, theirs in groups.items() if mine & theirs}) - {""}


def _some(values: Iterable[str], most: int) -> list[str]:
    """At most so many of the values, the same ones of the same values wherever they are met: two lines that share some share these."""
    return sorted(sorted(values), key=lambda value: hashlib.sha256(value.encode()).digest())[: max(0, most)]
