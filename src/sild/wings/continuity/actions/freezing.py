"""Verbs of what is left behind and comes back: freeze and lift, write down and confirm a destruction, plan and end a step home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.lowering import account_on
from sild.kernel.refusals import Refused
from sild.wings.continuity.actions.systems import WORKERS
from sild.wings.continuity.models import Destruction, FreezePoint, HomeStep
from sild.wings.continuity.reads.standing import closed_as, full, in_time, own, own_system, reason_given, short
from sild.wings.continuity.rules import LONGEST_REASON, MOST_PARTS, DestructionState, FreezeState, HomeStepState, folded


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFreeze:
    """From which moment on changes from a territory (empty: from anywhere) do not count, by whose decision, in which act."""

    since: datetime
    decided_by: str
    act: str
    territory: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDestruction:
    """A copy that was left behind: what it was, how and when it was destroyed, before whom; `destroyed_at` None: it could not be."""

    what: str
    method: str
    destroyed_at: datetime | None = None
    first_witness: str = ""
    second_witness: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHomeStep:
    """A step of the way home: what is done, by whom, what was changed abroad, what must be reconciled."""

    what: str
    doer: str
    changed_abroad: str = ""
    to_reconcile: str = ""


@action("continuity.freeze", roles=WORKERS)
def freeze(actor: Actor, system_id: UUID, point: NewFreeze, *, reason: str) -> UUID:
    """Write down a freeze point of a register; returns its id. No register is stopped: it is said what counts.

    Raises NotThere, Refused.
    """
    system = own_system(actor, system_id)
    if FreezePoint.objects.filter(system_id=system.id).count() >= MOST_PARTS:
        raise Refused(_("The system has {most} freeze points, the most there are.").format(most=MOST_PARTS))
    in_time(point.since)
    decided, act = short(point.decided_by), short(point.act)
    if not decided or not act:
        raise Refused(_("Say whose decision it is, and in which act it stands."))
    if point.since > clock.now():
        raise Refused(_("A freeze point is a moment that has come: what is changed before it counts."))
    one = FreezePoint(system_id=system.id, territory=short(point.territory), since=point.since, **closed_as(system))
    one.decided_by, one.act = decided, act
    one.why = reason_given(reason)
    one.save()
    return one.id


@action("continuity.lift-freeze", roles=WORKERS)
def lift_freeze(actor: Actor, point_id: UUID, *, at: datetime, version: int | None = None, reason: str) -> None:
    """Say from which moment on changes count again; those of before stay caught. Raises NotThere, Stale, Refused."""
    one = own(actor, FreezePoint, point_id, version)
    in_time(at)
    if one.state == FreezeState.LIFTED:
        raise Refused(_("It was lifted already."))
    if not one.since < at <= clock.now():
        raise Refused(_("It is lifted after it began, and not in the future."))
    one.state, one.lifted_at, one.lifted_why = FreezeState.LIFTED, at, reason_given(reason)
    one.save()


@action("continuity.write-destruction", roles=WORKERS)
def write_destruction(actor: Actor, system_id: UUID, told: NewDestruction, *, reason: str) -> UUID:
    """Write down that a copy left behind was destroyed before two witnesses, or that it could not be; returns its id.

    Raises NotThere, Refused.
    """
    system = own_system(actor, system_id)
    if Destruction.objects.filter(system_id=system.id).count() >= MOST_PARTS:
        raise Refused(_("The system has {most} destroyed copies, the most there are.").format(most=MOST_PARTS))
    in_time(told.destroyed_at)
    what, method = told.what.strip()[:LONGEST_REASON], told.method.strip()[:LONGEST_REASON]
    first, second = short(told.first_witness), short(told.second_witness)
    if not what or not method:
        raise Refused(_("Say what it was, and how it was destroyed or why it could not be."))
    if told.destroyed_at is not None:
        if not first or not second or folded(first) == folded(second):
            raise Refused(_("Two witnesses saw it: name both."))
        if told.destroyed_at > clock.now():
            raise Refused(_("It was destroyed at a moment that has come."))
    state = DestructionState.WRITTEN if told.destroyed_at is not None else DestructionState.NOT_POSSIBLE
    one = Destruction(system_id=system.id, what=what, method=method, destroyed_at=told.destroyed_at, state=state, **closed_as(system))
    one.first_witness, one.second_witness = (first, second) if told.destroyed_at is not None else ("", "")
    one.why, one.written_by_name, one.written_by = reason_given(reason), actor.name, _who(actor)
    one.save()
    return one.id


@action("continuity.confirm-destruction", roles=WORKERS)
def confirm_destruction(actor: Actor, destruction_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Confirm a destruction as a second person of the organisation. Raises NotThere, Stale, Refused."""
    one = own(actor, Destruction, destruction_id, version)
    reason_given(reason)
    if one.state != DestructionState.WRITTEN:
        raise Refused(_("There is nothing to confirm: it was confirmed, or could not be destroyed."))
    if one.written_by == _who(actor):
        raise Refused(_("You wrote it down. Somebody else confirms it."))
    one.state, one.confirmed_by_name = DestructionState.CONFIRMED, actor.name
    one.save()


@action("continuity.plan-home", roles=WORKERS)
def plan_home(actor: Actor, system_id: UUID, step: NewHomeStep, *, reason: str = "") -> UUID:
    """Write down a step by which a system comes home; returns its id. Raises NotThere, Refused."""
    system = own_system(actor, system_id)
    if HomeStep.objects.filter(system_id=system.id).count() >= MOST_PARTS:
        raise Refused(_("The system has {most} steps home, the most there are.").format(most=MOST_PARTS))
    what, doer = step.what.strip()[:LONGEST_REASON], short(step.doer)
    if not what or not doer:
        raise Refused(_("Say what is done, and who does it."))
    one = HomeStep(system_id=system.id, what=what, doer=doer, **closed_as(system))
    one.changed_abroad, one.to_reconcile = full(step.changed_abroad), full(step.to_reconcile)
    one.save()
    return one.id


@action("continuity.end-home-step", roles=WORKERS)
def end_home_step(actor: Actor, step_id: UUID, state: HomeStepState, *, version: int | None = None, reason: str) -> None:
    """Say that a step was done, and how what was changed abroad was reconciled; or why it is dropped. Raises NotThere, Stale, Refused."""
    one = own(actor, HomeStep, step_id, version)
    if state == HomeStepState.PLANNED or one.state != HomeStepState.PLANNED:
        raise Refused(_("A planned step is done or dropped, once."))
    one.state, one.ended_how = state, reason_given(reason)
    one.ended_at, one.ended_by_name = clock.now(), actor.name
    one.save()


def _who(actor: Actor) -> UUID:
    """The person behind a seat: somebody with two seats is one person."""
    return account_on(actor, actor.person) or actor.person
