"""Lights out: which services live on when a territory, a cloud, a vendor or a crew is gone, for how long, and by which path they stop.

What nobody told is never taken for nothing: it makes the answer an interval. For each system two moments are reckoned, in hours from the
loss: the earliest at which it may stop (whatever is unknown goes badly) and the latest at which it must (whatever is unknown goes well).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from sild.wings.continuity.rules.words import DependencyKind

NEVER = Decimal("Infinity")
AT_ONCE = Decimal(0)


class LightsVerdict(StrEnum):
    """Whether a service lives: on and on, for a time, not at all, or nobody can say."""

    LIVES = "lives"
    FOR_A_TIME = "for-a-time"
    GONE = "gone"
    UNKNOWN = "unknown"


class Loss(StrEnum):
    """What can be gone."""

    TERRITORY = "territory"
    CLOUD = "cloud"
    VENDOR = "vendor"
    CREW = "crew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """On what a system stands today: the names of its territory, cloud, vendor and crew; none where nobody told."""

    code: str
    on: Mapping[Loss, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeanHours:
    """`code` leans on `needs`; one service of it alone where `service` is given. `hours` it goes on without, None unknown."""

    code: str
    needs: str
    kind: DependencyKind
    hours: Decimal | None = None
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A service of a system; `key` is what leans of it alone name."""

    key: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What is gone, by name. Without its vendor or its crew a system goes on for so many hours; None: nobody told."""

    names: Mapping[Loss, frozenset[str]]
    hours: Mapping[Loss, Decimal | None] = field(default_factory=dict)

    def after(self, loss: Loss) -> Decimal | None:
        """When a system stops that stood on it: at once without its ground or its machines, else as was told."""
        return AT_ONCE if loss in (Loss.TERRITORY, Loss.CLOUD) else self.hours.get(loss)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a path: `code` stopped since `loss` of `name` is gone ("" where nobody told its name), or since it leans on `needs`.

    `hours` is what this step adds; None where nobody told.
    """

    code: str
    loss: Loss | None = None
    name: str = ""
    needs: str = ""
    kind: DependencyKind | None = None
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What becomes of a service: it stops not before `low` and not after `high` hours (Infinity: never), by `path`, from it to the loss.

    `worse` are the systems without which it runs worse and that stop, or may.
    """

    key: str
    code: str
    verdict: LightsVerdict
    low: Decimal
    high: Decimal
    path: tuple[Step, ...]
    worse: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Moment:
    hours: Decimal
    path: tuple[Step, ...]


def folded(name: str) -> str:
    """A name as it is compared: without case and without double spaces."""
    return " ".join(name.split()).casefold()


def fates(stands: Sequence[Stand], leans: Sequence[LeanHours], services: Sequence[Offered], gone: Gone) -> tuple[Fate, ...]:
    """What becomes of each service, in the order given."""
    low, high = _spread(stands, leans, gone, certain=False), _spread(stands, leans, gone, certain=True)
    by_service: dict[str, list[LeanHours]] = {}
    for lean in leans:
        by_service.setdefault(lean.service, []).append(lean)
    found = []
    for one in services:
        own = by_service.get(one.key, []) if one.key else []
        early = _first([low.get(one.code), *(_leaned(low, lean, certain=False) for lean in own)])
        late = _first([high.get(one.code), *(_leaned(high, lean, certain=True) for lean in own)])
        verdict = _verdict(early.hours, late.hours)
        certain = verdict in (LightsVerdict.GONE, LightsVerdict.FOR_A_TIME)
        softer = {lean.needs for lean in (*own, *by_service.get("", [])) if lean.code == one.code and lean.kind == DependencyKind.WORSE}
        found.append(
            Fate(
                key=one.key,
                code=one.code,
                verdict=verdict,
                low=early.hours,
                high=late.hours,
                path=(late if certain else early).path,
                worse=tuple(sorted(code for code in softer if code in low)),
            )
        )
    return tuple(found)


def _verdict(low: Decimal, high: Decimal) -> LightsVerdict:
    if low == NEVER:
        return LightsVerdict.LIVES
    if high == NEVER:
        return LightsVerdict.UNKNOWN
    return LightsVerdict.GONE if high == AT_ONCE else LightsVerdict.FOR_A_TIME


def _first(moments: Iterable[_Moment | None]) -> _Moment:
    return min((one for one in moments if one is not None), key=lambda one: one.hours, default=_Moment(NEVER, ()))


def _spread(stands: Sequence[Stand], leans: Sequence[LeanHours], gone: Gone, *, certain: bool) -> dict[str, _Moment]:
    """When each system stops, for those that do: the earliest moment, or the one that is certain. Nearest first, so that rings end."""
    behind: dict[str, list[LeanHours]] = {}
    for lean in leans:
        if not lean.service:
            behind.setdefault(lean.needs, []).append(lean)
    waiting = [(moment.hours, stand.code, moment) for stand in stands if (moment := _struck(stand, gone, certain=certain)) is not None]
    queue = [(hours, code, number) for number, (hours, code, _moment) in enumerate(waiting)]
    moments = [moment for _hours, _code, moment in waiting]
    known = {stand.code for stand in stands}
    heapq.heapify(queue)
    found: dict[str, _Moment] = {}
    while queue:
        _hours, code, number = heapq.heappop(queue)
        if code in found:
            continue
        found[code] = moments[number]
        for lean in behind.get(code, []):
            moment = _leaned(found, lean, certain=certain)
            if moment is not None and lean.code in known and lean.code not in found:
                moments.append(moment)
                heapq.heappush(queue, (moment.hours, lean.code, len(moments) - 1))
    return found


def _struck(stand: Stand, gone: Gone, *, certain: bool) -> _Moment | None:
    """When a system stops by what it stands on itself; None where it does not, or where that is not certain."""
    hit: list[_Moment] = []
    for loss, names in gone.names.items():
        if not names:
            continue
        told = [name for name in stand.on.get(loss, ()) if name.strip()]
        struck = next((name for name in told if folded(name) in names), None)
        hours = gone.after(loss)
        if struck is not None and (hours is not None or not certain):
            hit.append(_Moment(hours or AT_ONCE, (Step(code=stand.code, loss=loss, name=struck, hours=hours),)))
        elif not told and not certain:
            hit.append(_Moment(AT_ONCE, (Step(code=stand.code, loss=loss),)))
    return _first(hit) if hit else None


def _leaned(found: Mapping[str, _Moment], lean: LeanHours, *, certain: bool) -> _Moment | None:
    """When what leans stops by what it leans on; None where it goes on, or where that is not certain."""
    moment = found.get(lean.needs)
    if moment is None or lean.kind == DependencyKind.WORSE:
        return None
    if certain and (lean.kind != DependencyKind.STOPS or lean.hours is None):
        return None
    step = Step(code=lean.code, needs=lean.needs, kind=lean.kind, hours=lean.hours)
    return _Moment(moment.hours + (lean.hours or AT_ONCE), (step, *moment.path))
