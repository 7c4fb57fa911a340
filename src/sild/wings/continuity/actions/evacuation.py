"""Verbs of evacuation plans: ask for one, ask anew after something happened, end the search early, keep the answer, adopt one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores import evacuation as core
from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.jobs import defer
from sild.kernel.refusals import Refused
from sild.kernel.undertaking import ask_to_end
from sild.wings.continuity.actions.systems import WORKERS
from sild.wings.continuity.models import EvacuationPlan
from sild.wings.continuity.reads.evacuation import posed_evacuation
from sild.wings.continuity.reads.standing import own, reason_given, refuse_above, short
from sild.wings.continuity.rules import MOST_HOURS, MOST_SECONDS, Circumstances, EvacuationState

EVACUATE = "continuity.evacuate"
"""The job that works a plan out."""
MOST_PLANS = 200
SECONDS_AGAIN = 2
MOST_FAULTS = 50


@action("continuity.ask-evacuation", roles=WORKERS)
def ask_evacuation(actor: Actor, name: str, told: Circumstances, *, reason: str = "") -> UUID:
    """Ask who goes where and when, over the own inventory and hosts outside compartments as they stand; returns the id. Raises Refused."""
    if not short(name):
        raise Refused(_("Give the plan a name, by which people speak of it."))
    _refuse(told)
    if EvacuationPlan.objects.filter(owner_id=actor.organisation).count() >= MOST_PLANS:
        raise Refused(_("There are {most} plans, the most there are.").format(most=MOST_PLANS))
    try:
        posed = posed_evacuation(actor, told)
    except core.BadProblem as fault:
        raise Refused(_("The inventory cannot be planned as it stands: {fault}").format(fault=fault)) from fault
    one = EvacuationPlan(name=short(name), **posed.closed, posed=core.problem_to(posed.problem), supposed=list(posed.supposed))
    one.seconds, one.asked_by_name, one.asked_at = told.seconds, actor.name, clock.now()
    refuse_above(actor, [one])
    one.save()
    defer(EVACUATE, actor=actor, plan=one.id)
    return one.id


@action("continuity.ask-evacuation-again", roles=WORKERS)
def ask_evacuation_again(actor: Actor, plan_id: UUID, happened: core.Disruption, *, reason: str) -> UUID:
    """Ask for a plan from the hour of a disruption on: what is done stays; returns the id of the new plan. Raises NotThere, Refused."""
    why = reason_given(reason)
    before = own(actor, EvacuationPlan, plan_id)
    if before.state != EvacuationState.DONE:
        raise Refused(_("Only a plan that is worked out and kept every limit can be planned anew."))
    moves = core.answer_from(before.answer).moves
    try:
        problem = core.disrupted(core.problem_from(before.posed), moves, happened)
    except core.BadProblem as fault:
        raise Refused(_("This cannot have happened to the plan: {fault}").format(fault=fault)) from fault
    alike = ("marking", "compartment_id", "embargo_until", "supposed", "name")
    one = EvacuationPlan(**{column: getattr(before, column) for column in alike}, posed=core.problem_to(problem), after_id=before.id)
    one.happened, one.seconds, one.asked_by_name, one.asked_at = why, SECONDS_AGAIN, actor.name, clock.now()
    one.save()
    defer(EVACUATE, actor=actor, plan=one.id)
    return one.id


@action("continuity.end-evacuation-search", roles=WORKERS, recalled=True)
def end_evacuation_search(actor: Actor, plan_id: UUID, *, reason: str = "") -> None:
    """Ask that the search ends with the best plan so far, which is explained, checked and kept. Raises NotThere, Refused."""
    one = own(actor, EvacuationPlan, plan_id)
    if one.state != EvacuationState.WAITING or not ask_to_end(actor, EVACUATE):
        raise Refused(_("No plan is being made now."))


@action("continuity.keep-evacuation", roles=WORKERS)
def keep_evacuation(actor: Actor, plan_id: UUID, answer: dict[str, Any], faults: list[str], *, reason: str = "") -> None:
    """Keep what the core answered and what the check says of it. Raises NotThere."""
    one: EvacuationPlan = EvacuationPlan.found(plan_id)
    if one.state != EvacuationState.WAITING:
        return
    one.state = EvacuationState.BROKE if faults else EvacuationState.DONE
    one.answer, one.faults = answer, faults[:MOST_FAULTS]
    one.save()


@action("continuity.adopt-evacuation", roles=WORKERS)
def adopt_evacuation(actor: Actor, plan_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Adopt a plan, which until then is a proposal; one adopted before stays on record as that. Raises NotThere, Stale, Refused."""
    one = own(actor, EvacuationPlan, plan_id, version)
    if one.state != EvacuationState.DONE:
        raise Refused(_("Only a plan that is worked out and kept every limit can be adopted."))
    if one.adopted_at is not None:
        raise Refused(_("The plan is adopted already."))
    one.adopted_why, one.adopted_by_name, one.adopted_at = reason_given(reason), actor.name, clock.now()
    one.save()


def _refuse(told: Circumstances) -> None:
    """Raises Refused for circumstances that no plan could rest on."""
    if not 2 * 24 <= told.hours <= MOST_HOURS or not 1 <= told.seconds <= MOST_SECONDS:
        raise Refused(_("Plan 48 to {hours} hours, and search 1 to {seconds} seconds.").format(hours=MOST_HOURS, seconds=MOST_SECONDS))
    if not 0 <= told.chance_day <= told.chance_end <= 100:
        raise Refused(_("Chances go from 0 to 100 per cent, and what is lost stays lost: the second is not below the first."))
    if min(told.people, told.people_a_move, told.work_hours, told.crates_every) < 1 or told.people_a_move > told.people:
        raise Refused(_("A move needs at least one person and one hour, and no more people than there are."))
