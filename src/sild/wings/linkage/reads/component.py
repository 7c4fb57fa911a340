"""The part of the register that a ruling may move: lines that speak of one need with others, that are ruled on, or that come near.

A click links this part alone and at once; the worker links the whole register after it, and finds the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.linkage.models import Judgement, Link
from sild.wings.register.public import Line, LineState

MOST = 200
"""Lines up to which others are taken in by evidence, the nearest first; what people ruled, and whole needs, are taken in at any number.
What lies beyond is left to the worker, so that a click costs the same in a register of any size."""

NEAR = 0.0
"""Bits at which two lines come near enough to join: the bar of the core. Below it a pair alone joins nothing."""


@read
def component(actor: Actor, seeds: Iterable[UUID]) -> list[Line]:
    """The lines that can be linked and that hang together with these: by a need or an offer, by rulings, by links near the bar."""
    found: dict[UUID, Line] = {}
    fresh = asked = set(seeds)
    while fresh:
        lines = {line.id: line for line in _open().filter(id__in=fresh)}
        groups = {key for line in lines.values() for key in (line.need_id, line.offer_id) if key is not None}
        lines |= {line.id: line for line in _open().filter(Q(need_id__in=groups) | Q(offer_id__in=groups)) if line.id not in found}
        found |= lines
        beside = _ruled(lines)
        beside |= _near(lines, set(found), MOST - len(found))
        # a line that is rejected, or lies in a compartment, is not found: it is asked for once
        fresh = beside - set(found) - asked
        asked = asked | fresh
    return sorted(found.values(), key=lambda line: (line.sent_at is None, line.sent_at, line.message_name, line.position, line.id))


def _open() -> QuerySet[Line]:
    return Line.objects.filter(compartment_id=None).exclude(state=LineState.REJECTED)


def _ruled(lines: Iterable[UUID]) -> set[UUID]:
    keys = list(lines)
    rulings = Judgement.objects.filter(Q(line_a_id__in=keys) | Q(line_b_id__in=keys), withdrawn=False)
    return {key for pair in rulings.values_list("line_a_id", "line_b_id") for key in pair}


def _near(lines: Iterable[UUID], found: set[UUID], most: int) -> set[UUID]:
    """Lines beside these that are not found yet, the nearest first, at most so many."""
    if most <= 0:
        return set()
    keys = list(lines)
    links = Link.objects.filter(Q(line_a_id__in=keys) | Q(line_b_id__in=keys)).filter(Q(joined=True) | Q(score__gte=NEAR))
    near: dict[UUID, None] = {}
    for pair in links.order_by("-joined", "-score", "id").values_list("line_a_id", "line_b_id"):
        near |= dict.fromkeys(key for key in pair if key not in found)
        if len(near) >= most:
            break
    return set(list(near)[:most])


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
