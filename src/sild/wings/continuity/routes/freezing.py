"""Freeze points, destroyed copies and the way home, for programs."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from ninja import Query

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made, Shape
from sild.wings.continuity import schemas
from sild.wings.continuity.actions import (
    WORKERS,
    NewDestruction,
    NewFreeze,
    NewHomeStep,
    confirm_destruction,
    end_home_step,
    freeze,
    lift_freeze,
    plan_home,
    write_destruction,
)
from sild.wings.continuity.reads import DESTROYED, FREEZE, STEP, SYSTEM, LeftBehind, left_behind, left_of, points_that_catch
from sild.wings.continuity.routes.mount import router

OF_SYSTEM = {"system": SYSTEM}
S = TypeVar("S", bound=Shape)


@route(router, "get", "/way-home", roles=WORKERS, answer=schemas.WayHome)
def read_way_home(actor: Actor) -> schemas.WayHome:
    """The systems in the order in which they come home."""
    return schemas.WayHome(systems=[_left(one) for one in left_behind(actor)])


@route(router, "get", "/way-home/{system}", roles=WORKERS, answer=schemas.LeftTold, subjects=OF_SYSTEM)
def read_left(actor: Actor, system: UUID) -> schemas.LeftTold:
    """A system with what is frozen, destroyed and planned of it."""
    return _left(left_of(actor, system))


@route(router, "get", "/way-home/{system}/counts", roles=WORKERS, answer=schemas.ChangeJudged, subjects=OF_SYSTEM)
def judge_change(actor: Actor, system: UUID, asked: Query[schemas.ChangeToJudge]) -> schemas.ChangeJudged:
    """Whether a change of a register counts, by its freeze points."""
    caught = points_that_catch(actor, system, asked.territory, asked.at)
    return schemas.ChangeJudged(counts=not caught, caught_by=[_told(schemas.FreezeTold, one) for one in caught])


@route(router, "post", "/way-home/{system}/freeze-points", roles=WORKERS, answer=Made, subjects=OF_SYSTEM)
def write_freeze_point(actor: Actor, system: UUID, told: schemas.FreezeToWrite) -> Made:
    """Write a freeze point down."""
    point = NewFreeze(since=told.since, decided_by=told.decided_by, act=told.act, territory=told.territory)
    return Made(id=freeze(actor, system, point, reason=told.reason))


@route(router, "post", "/freeze-points/{point}/lifting", roles=WORKERS, answer=None, status=204, subjects={"point": FREEZE})
def lift_freeze_point(actor: Actor, point: UUID, told: schemas.FreezeToLift) -> None:
    """Say from when on changes count again."""
    lift_freeze(actor, point, at=told.at, version=told.version, reason=told.reason)


@route(router, "post", "/way-home/{system}/destroyed-copies", roles=WORKERS, answer=Made, subjects=OF_SYSTEM)
def write_destroyed_copy(actor: Actor, system: UUID, told: schemas.DestructionToWrite) -> Made:
    """Write a destroyed copy down."""
    one = NewDestruction(**told.model_dump(exclude={"reason"}))
    return Made(id=write_destruction(actor, system, one, reason=told.reason))


@route(
    router, "post", "/destroyed-copies/{destroyed}/confirmation", roles=WORKERS, answer=None, status=204, subjects={"destroyed": DESTROYED}
)
def confirm_destroyed_copy(actor: Actor, destroyed: UUID, told: schemas.ContinuityWord) -> None:
    """Confirm a destruction as a second person."""
    confirm_destruction(actor, destroyed, version=told.version, reason=told.reason)


@route(router, "post", "/way-home/{system}/steps", roles=WORKERS, answer=Made, subjects=OF_SYSTEM)
def write_home_step(actor: Actor, system: UUID, told: schemas.HomeStepToWrite) -> Made:
    """Write a step of the way home down."""
    return Made(id=plan_home(actor, system, NewHomeStep(**told.model_dump(exclude={"reason"})), reason=told.reason))


@route(router, "post", "/home-steps/{step}/end", roles=WORKERS, answer=None, status=204, subjects={"step": STEP})
def end_step_home(actor: Actor, step: UUID, told: schemas.HomeStepToEnd) -> None:
    """Say that a step is done, or dropped."""
    end_home_step(actor, step, told.state, version=told.version, reason=told.reason)


def _told(shape: type[S], one: Any) -> S:
    return shape(**{name: getattr(one, name) for name in shape.model_fields})


def _left(one: LeftBehind) -> schemas.LeftTold:
    own = {name: getattr(one, name) for name in schemas.LeftTold.model_fields if name not in ("frozen", "destroyed", "steps")}
    return schemas.LeftTold(
        **own,
        frozen=[_told(schemas.FreezeTold, each) for each in one.frozen],
        destroyed=[_told(schemas.DestroyedTold, each) for each in one.destroyed],
        steps=[_told(schemas.HomeStepTold, each) for each in one.steps],
    )
