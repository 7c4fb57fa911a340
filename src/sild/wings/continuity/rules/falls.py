"""What falls if something goes: everything that leans on it, directly or through others, with the way as the reason.

Whatever stands still without another falls with it, by and by: after the hours that it goes on alone, those of the whole way together.
Where nobody told how much something leans, it may fall. Where it only runs worse, it stays up, and nothing falls on its account.
Hours that nobody told count as none, and the answer says so: it may be later, never earlier.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import count
from typing import Generic, TypeVar

from sild.wings.continuity.rules.words import DependencyKind, Layer

K = TypeVar("K", bound=Hashable)
ORDER: tuple[Layer, ...] = (Layer.IDENTITY, Layer.REGISTERS, Layer.EXCHANGE, Layer.SERVICES)


class FallKind(StrEnum):
    """What becomes of something: it falls, it may fall (nobody told how much something on the way leans), it runs worse."""

    FALLS = "falls"
    MAY_FALL = "may-fall"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Lean(Generic[K]):
    """`one` leans on `needs`, and goes on for `hours` without it; None: nobody told."""

    one: K
    needs: K
    kind: DependencyKind
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Fall(Generic[K]):
    """What becomes of `one`, after how many hours at the earliest, by which way: from what is gone to `one`, both named.

    `told` is false where hours on the way are not known: then it is no earlier than `hours` says.
    """

    one: K
    kind: FallKind
    hours: Decimal
    told: bool
    path: tuple[K, ...]


def what_falls(leans: Iterable[Lean[K]], gone: Collection[K]) -> tuple[Fall[K], ...]:
    """Everything that falls, may fall or runs worse, the surest first, then the soonest. What is gone itself is not among them."""
    known = [lean for lean in leans if lean.one != lean.needs]
    sure = _reached([lean for lean in known if lean.kind == DependencyKind.STOPS], gone, FallKind.FALLS)
    maybe = _reached([lean for lean in known if lean.kind != DependencyKind.WORSE], gone, FallKind.MAY_FALL)
    found = {**maybe, **sure}
    down: Mapping[K, Fall[K]] = found | {one: Fall(one, FallKind.FALLS, Decimal(0), True, (one,)) for one in gone}
    for lean in known:
        fall = down.get(lean.needs)
        if lean.kind == DependencyKind.WORSE and fall is not None and lean.one not in down:
            told = fall.told and lean.hours is not None
            worse = Fall(lean.one, FallKind.WORSE, fall.hours + (lean.hours or 0), told, (*fall.path, lean.one))
            if lean.one not in found or worse.hours < found[lean.one].hours:
                found[lean.one] = worse
    kinds = list(FallKind)
    return tuple(sorted(found.values(), key=lambda fall: (kinds.index(fall.kind), fall.hours, len(fall.path), str(fall.one))))


def _reached(leans: Collection[Lean[K]], gone: Collection[K], kind: FallKind) -> dict[K, Fall[K]]:
    """What leans on what is gone, each by its soonest way; of two as soon, the one with fewer steps."""
    on: dict[K, list[Lean[K]]] = {}
    for lean in leans:
        on.setdefault(lean.needs, []).append(lean)
    # the number stands before the path: things of any kind may be compared by nothing else
    turn = count()
    heap: list[tuple[Decimal, int, int, bool, tuple[K, ...]]] = [(Decimal(0), 0, next(turn), True, (one,)) for one in sorted(gone, key=str)]
    heapq.heapify(heap)
    settled: dict[K, Fall[K]] = {}
    while heap:
        hours, steps, _turn, told, path = heapq.heappop(heap)
        one = path[-1]
        if one in settled:
            continue
        settled[one] = Fall(one, kind, hours, told, path)
        for lean in on.get(one, ()):
            if lean.one not in settled:
                way = (*path, lean.one)
                heapq.heappush(heap, (hours + (lean.hours or 0), steps + 1, next(turn), told and lean.hours is not None, way))
    return {one: fall for one, fall in settled.items() if one not in gone}


def circles(leans: Iterable[Lean[K]]) -> tuple[tuple[K, ...], ...]:
    """Groups in which each leans on each other by some way: none of them can be set up before the others. Each group in a fixed order."""
    on: dict[K, list[K]] = {}
    for lean in leans:
        on.setdefault(lean.one, []).append(lean.needs)
        on.setdefault(lean.needs, [])
    found, number, low, stack, within = list[tuple[K, ...]](), dict[K, int](), dict[K, int](), list[K](), set[K]()
    for start in sorted(on, key=str):
        if start in number:
            continue
        # Tarjan's way, with a list in place of the interpreter's own stack: a chain may be longer than that
        work = [(start, iter(on[start]))]
        number[start] = low[start] = len(number)
        stack.append(start)
        within.add(start)
        while work:
            one, rest = work[-1]
            fresh = next((other for other in rest if other not in number or (other in within and _lower(low, one, number[other]))), None)
            if fresh is not None:
                number[fresh] = low[fresh] = len(number)
                stack.append(fresh)
                within.add(fresh)
                work.append((fresh, iter(on[fresh])))
                continue
            work.pop()
            if work:
                _lower(low, work[-1][0], low[one])
            if low[one] == number[one]:
                at = stack.index(one)
                group = stack[at:]
                del stack[at:]
                within.difference_update(group)
                if len(group) > 1:
                    found.append(tuple(sorted(group, key=str)))
    return tuple(sorted(found, key=str))


def _lower(low: dict[K, int], one: K, number: int) -> bool:
    """Remember that `one` reaches a number; never true, so that a search passes over it."""
    low[one] = min(low[one], number)
    return False


def against_order(one: Layer, needs: Layer) -> bool:
    """Whether something leans on a layer that is set up after its own; False where one of the two layers is not said."""
    return one in ORDER and needs in ORDER and ORDER.index(needs) > ORDER.index(one)
