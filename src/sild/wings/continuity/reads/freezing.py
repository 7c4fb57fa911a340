"""What is left behind and comes back: freeze points, destroyed copies and steps home, system by system in the order of the way home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.lowering import account_on
from sild.wings.continuity.models import Destruction, FreezePoint, HomeStep, System
from sild.wings.continuity.reads.standing import in_time
from sild.wings.continuity.rules import DestructionState, FreezeState, HomeStepState, Point, catches, order_home

FREEZE, DESTROYED, STEP = "continuity.FreezePoint", "continuity.Destruction", "continuity.HomeStep"


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeRow:
    """A freeze point as the reader sees it."""

    id: UUID
    version: int
    territory: str
    since: datetime
    decided_by: str
    act: str
    state: FreezeState
    why: str
    lifted_at: datetime | None
    lifted_why: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DestroyedRow:
    """A destroyed copy as the reader sees it; `may_confirm`: the reader is another person of the same organisation than who wrote it."""

    id: UUID
    version: int
    what: str
    method: str
    destroyed_at: datetime | None
    first_witness: str
    second_witness: str
    state: DestructionState
    why: str
    written_by: str
    confirmed_by: str
    may_confirm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeRow:
    """A step of the way home as the reader sees it."""

    id: UUID
    version: int
    what: str
    doer: str
    changed_abroad: str
    to_reconcile: str
    state: HomeStepState
    ended_how: str
    ended_at: datetime | None
    ended_by: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """A system with what is frozen, destroyed and planned of it. `away`: it runs at a host; `unplanned`: and no step home is written."""

    id: UUID
    code: str
    name: str
    layer: str
    marking: int
    own: bool
    away: bool
    unplanned: bool
    frozen: tuple[FreezeRow, ...]
    destroyed: tuple[DestroyedRow, ...]
    steps: tuple[HomeRow, ...]


@read
def left_behind(actor: Actor) -> list[LeftBehind]:
    """All systems in use that the reader sees, in the order in which they come home."""
    systems = {one.code + str(one.id): one for one in System.objects.filter(retired=False)}
    rows = _rows(actor)
    ordered = order_home([(key, one.layer) for key, one in systems.items()])
    return [_left(actor, systems[key], rows) for key in ordered]


@read
def left_of(actor: Actor, system_id: UUID) -> LeftBehind:
    """One system. Raises NotThere."""
    system: System = System.found(system_id)
    return _left(actor, system, _rows(actor))


@read
def points_that_catch(actor: Actor, system_id: UUID, territory: str, at: datetime) -> tuple[FreezeRow, ...]:
    """The freeze points by which a change of a register does not count; none: it counts, as far as the reader sees.

    Raises NotThere, Refused.
    """
    system: System = System.found(system_id)
    in_time(at)
    held = {one.id: one for one in FreezePoint.objects.filter(system_id=system.id)}
    points = [
        Point(id=one.id, system=one.system_id, territory=one.territory, since=one.since, until=one.lifted_at) for one in held.values()
    ]
    return tuple(_frozen(actor, held[point.id]) for point in catches(points, system.id, territory, at))


@read
def system_of_part(actor: Actor, kind: str, key: UUID) -> UUID:
    """The system that a freeze point, a destroyed copy or a step home belongs to. Raises NotThere."""
    kinds: dict[str, type[FreezePoint | Destruction | HomeStep]] = {FREEZE: FreezePoint, DESTROYED: Destruction, STEP: HomeStep}
    one: Any = kinds[kind].found(key)
    system: UUID = one.system_id
    return system


@dataclass(frozen=True, slots=True)
class _Rows:
    frozen: dict[UUID, list[FreezeRow]]
    destroyed: dict[UUID, list[DestroyedRow]]
    steps: dict[UUID, list[HomeRow]]


def _rows(actor: Actor) -> _Rows:
    rows = _Rows({}, {}, {})
    me = account_on(actor, actor.person) or actor.person
    for point in FreezePoint.objects.order_by("since", "id"):
        rows.frozen.setdefault(point.system_id, []).append(_frozen(actor, point))
    for one in Destruction.objects.order_by("created_at", "id"):
        rows.destroyed.setdefault(one.system_id, []).append(_destroyed(actor, one, me))
    for step in HomeStep.objects.order_by("created_at", "id"):
        rows.steps.setdefault(step.system_id, []).append(_step(actor, step))
    return rows


def _left(actor: Actor, system: System, rows: _Rows) -> LeftBehind:
    steps = tuple(rows.steps.get(system.id, ()))
    away = system.host_id is not None
    return LeftBehind(
        id=system.id,
        code=system.code,
        name=system.name,
        layer=system.layer,
        marking=system.marking,
        own=system.owner_id == actor.organisation,
        away=away,
        unplanned=away and not any(one.state != HomeStepState.DROPPED for one in steps),
        frozen=tuple(rows.frozen.get(system.id, ())),
        destroyed=tuple(rows.destroyed.get(system.id, ())),
        steps=steps,
    )


def _frozen(actor: Actor, one: FreezePoint) -> FreezeRow:
    alike = ("id", "version", "territory", "since", "decided_by", "act", "why", "lifted_at", "lifted_why")
    own = one.owner_id == actor.organisation
    return FreezeRow(**{name: getattr(one, name) for name in alike}, state=FreezeState(one.state), own=own)


def _destroyed(actor: Actor, one: Destruction, me: UUID) -> DestroyedRow:
    alike = ("id", "version", "what", "method", "destroyed_at", "first_witness", "second_witness", "why")
    may = one.owner_id == actor.organisation and one.state == DestructionState.WRITTEN and one.written_by != me
    return DestroyedRow(
        **{name: getattr(one, name) for name in alike},
        state=DestructionState(one.state),
        written_by=one.written_by_name,
        confirmed_by=one.confirmed_by_name,
        may_confirm=may,
    )


def _step(actor: Actor, one: HomeStep) -> HomeRow:
    alike = ("id", "version", "what", "doer", "changed_abroad", "to_reconcile", "ended_how", "ended_at")
    own = one.owner_id == actor.organisation
    return HomeRow(**{name: getattr(one, name) for name in alike}, state=HomeStepState(one.state), ended_by=one.ended_by_name, own=own)
