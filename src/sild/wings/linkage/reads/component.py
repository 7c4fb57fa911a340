"""The part of the register that a ruling may move: the needs or offers of the lines it names, with those that come near.

A click links this part alone and at once; the worker links the whole register after it, and finds the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from sild.cores.linkage.method.candidates import TABLE
from sild.cores.linkage.problem import Relation
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.linkage.models import Judgement, Link
from sild.wings.register.public import Line, LineState

MOST = 200
"""Lines up to which others are taken in by evidence, the nearest first; what people ruled, and whole needs, are taken in at any number.
What lies beyond is left to the worker, so that a click costs the same in a register of any size."""

JOINING = frozenset(str(relation) for relation in Relation if relation.joins)

NEAR = 0.0
"""Bits at which two lines come near enough to join: the bar of the core. Below it a pair alone joins nothing."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Lines that can be linked, in order of time. Those of `free` are placed anew; the others stay with those they stand with.

    `tables`: the messages (by their digest) that hold so many lines that they are tables, whether all of these are here or not. `seen`:
    the pairs of free lines with others of which a link or a likeness is kept.
    """

    lines: tuple[Line, ...]
    free: frozenset[UUID]
    tables: frozenset[str]
    seen: frozenset[frozenset[UUID]]

    @cached_property
    def stands(self) -> dict[UUID, UUID]:
        """The need or the offer that each line speaks of now; a line that speaks of none stands for itself."""
        return {line.id: line.need_id or line.offer_id or line.id for line in self.lines}


@read
def part_around(actor: Actor, seeds: Iterable[UUID]) -> Part:
    """The needs and offers of these lines and of those that rulings join with them, free; with what comes near to their lines."""
    free = _bound(seeds)
    beside = _in_groups((_ruled(free) | _near(free)) - free.keys(), but=free)
    there = {**free, **beside}
    lines = sorted(there.values(), key=lambda line: (line.sent_at or line.created_at, line.message_name, line.position, line.id))
    return Part(lines=tuple(lines), free=frozenset(free), tables=_tables(lines), seen=_seen(free))


def _open() -> QuerySet[Line]:
    return Line.objects.filter(compartment_id=None).exclude(state=LineState.REJECTED)


def _bound(seeds: Iterable[UUID]) -> dict[UUID, Line]:
    """Whole needs and offers, and those to which a chain of rulings that join leads from them."""
    found: dict[UUID, Line] = {}
    fresh = asked = set(seeds)
    while fresh:
        lines = _in_groups(fresh, but=found)
        found |= lines
        # a line that is rejected, or lies in a compartment, is not found: it is asked for once
        fresh = _ruled(lines, relation__in=JOINING) - set(found) - asked
        asked = asked | fresh
    return found


def _in_groups(keys: Collection[UUID], *, but: Collection[UUID]) -> dict[UUID, Line]:
    """These lines with all that speak of the same needs and offers."""
    if not keys:
        return {}
    lines = {line.id: line for line in _open().filter(id__in=keys) if line.id not in but}
    for column in ("need_id", "offer_id"):
        groups = {getattr(line, column) for line in lines.values()} - {None}
        if groups:
            lines |= {line.id: line for line in _open().filter(**{f"{column}__in": groups}) if line.id not in but}
    return lines


def _ruled(lines: Iterable[UUID], **told: Collection[str]) -> set[UUID]:
    """These lines and those that rulings name with them."""
    keys = list(lines)
    rulings = Judgement.objects.filter(Q(line_a_id__in=keys) | Q(line_b_id__in=keys), withdrawn=False, **told)
    return {key for pair in rulings.values_list("line_a_id", "line_b_id") for key in pair}


def _near(lines: Collection[UUID]) -> set[UUID]:
    """Lines beside these, the nearest first, at most as many as are left to `MOST`."""
    most = MOST - len(lines)
    if most <= 0:
        return set()
    keys = list(lines)
    links = Link.objects.filter(Q(line_a_id__in=keys) | Q(line_b_id__in=keys)).filter(Q(joined=True) | Q(score__gte=NEAR))
    near: dict[UUID, None] = {}
    for pair in links.order_by("-joined", "-score", "id").values_list("line_a_id", "line_b_id"):
        near |= dict.fromkeys(key for key in pair if key not in lines)
        if len(near) >= most:
            break
    return set(list(near)[:most])


def _seen(lines: Collection[UUID]) -> frozenset[frozenset[UUID]]:
    keys = list(lines)
    kept = Link.objects.filter(Q(line_a_id__in=keys) | Q(line_b_id__in=keys))
    return frozenset(map(frozenset, kept.values_list("line_a_id", "line_b_id")))


def _tables(lines: Iterable[Line]) -> frozenset[str]:
    """The messages of these lines that hold more lines of one side than a letter does."""
    digests = {line.message_id: line.message_digest for line in lines}
    counted = _open().filter(message_id__in=list(digests)).exclude(kind="question").order_by()
    sides = counted.annotate(offers=Q(kind="offer")).values_list("message_id", "offers").annotate(many=Count("id")).filter(many__gt=TABLE)
    return frozenset(digests[row[0]] for row in sides)


@read
def bound_by_rulings(actor: Actor, seeds: Iterable[UUID]) -> list[Line]:
    """These lines and all to which a chain of rulings leads from them."""
    found: dict[UUID, Line] = {}
    fresh = asked = set(seeds)
    while fresh:
        lines = {line.id: line for line in _open().filter(id__in=fresh)}
        found |= lines
        fresh = _ruled(lines) - set(found) - asked if lines else set()
        asked = asked | fresh
    return list(found.values())


@read
def rulings_among(actor: Actor, lines: Iterable[UUID]) -> list[Judgement]:
    """The rulings that stand between two of these lines."""
    keys = list(lines)
    return list(Judgement.objects.filter(line_a_id__in=keys, line_b_id__in=keys, withdrawn=False).order_by("created_at", "id"))
