"""Verbs on options: pick one with a reason, say whether what it asks for first is met, move it on or back. Nothing said is taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.kernel.said import said
from sild.wings.response.actions.responses import OPENERS, WORKERS
from sild.wings.response.models import PickedOption
from sild.wings.response.reads.standing import closed_as, open_one, own, past_day, reason_given, short
from sild.wings.response.rules import MOST_STEPS, NEXT, DeliveryLevel, OptionState, PreconditionStand, option_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionStep:
    """Where an option goes. `body` and `person` are who decided, asked of a decision; `on` the day on which it was decided or done."""

    state: OptionState
    body: str = ""
    person: str = ""
    on: date | None = None


@action("response.pick-option", roles=WORKERS)
def pick_option(actor: Actor, response_id: UUID, option: str, *, level: DeliveryLevel = DeliveryLevel.UNKNOWN, reason: str) -> UUID:
    """Propose an option for a response, and why; returns the id of the pick. Raises NotThere, Refused."""
    response = open_one(actor, response_id)
    if option_of(option) is None:
        raise Refused(_("There is no such option. Choose one of the list."))
    if PickedOption.objects.filter(response_id=response.id, option=option).exists():
        raise Refused(_("This option was picked already. Look at it below; one that was dropped can be proposed again."))
    why = reason_given(reason)
    one = PickedOption(
        response_id=response.id,
        option=option,
        why=why,
        level=level,
        picked_by_name=actor.name,
        picked_at=clock.now(),
        **closed_as(response),
    )
    one.steps = [_step(actor, OptionStep(state=OptionState.PROPOSED), why)]
    one.save()
    return one.id


@action("response.say-precondition", roles=WORKERS)
def say_precondition(actor: Actor, option_id: UUID, key: str, stand: PreconditionStand, *, version: int | None = None, reason: str) -> None:
    """Say whether something that an option asks for first is met; nothing is judged by the desk. Raises NotThere, Stale, Refused."""
    one = _there(actor, option_id, version)
    fact = option_of(one.option)
    if fact is None or fact.asks(key) is None:
        raise Refused(_("The option asks for no such thing. Choose one of its own."))
    told = {"stand": stand, "said": reason_given(reason), "by": actor.name, "at": clock.now().isoformat()}
    one.preconditions = {**one.preconditions, key: told}
    one.save()


@action("response.set-level", roles=WORKERS)
def set_level(actor: Actor, option_id: UUID, level: DeliveryLevel, *, version: int | None = None, reason: str) -> None:
    """Say at which level an option is to be delivered. Raises NotThere, Stale, Refused."""
    one = _there(actor, option_id, version)
    reason_given(reason)
    one.level = level
    one.save()


@action("response.move-option", roles=OPENERS)
def move_option(actor: Actor, option_id: UUID, step: OptionStep, *, version: int | None = None, reason: str) -> None:
    """Write down that an option was decided, done or dropped, or that this is taken back: a later step stands before an earlier one.

    Raises NotThere, Stale, Refused.
    """
    one = _there(actor, option_id, version)
    if step.state not in NEXT[OptionState(one.state)]:
        words = said()
        told = _("From “{one}” an option does not go to “{other}”.")
        raise Refused(told.format(one=words.label(one.state, "option"), other=words.label(step.state, "option")))
    deciding = step.state == OptionState.DECIDED and one.state == OptionState.PROPOSED
    if deciding and not (short(step.body) and short(step.person)):
        raise Refused(_("Say which body decided, and which person in it. The desk decides nothing."))
    past_day(actor, step.on)
    if len(one.steps) >= MOST_STEPS:
        raise Refused(_("The option has {most} steps, the most there are.").format(most=MOST_STEPS))
    one.state, one.steps = step.state, [*one.steps, _step(actor, step, reason_given(reason))]
    one.save()


def _step(actor: Actor, step: OptionStep, why: str) -> dict[str, Any]:
    return {
        "state": step.state,
        "body": short(step.body),
        "person": short(step.person),
        "on": step.on.isoformat() if step.on is not None else "",
        "why": why,
        "by": actor.name,
        "at": clock.now().isoformat(),
    }


def _there(actor: Actor, option_id: UUID, version: int | None) -> PickedOption:
    """A picked option of an open response."""
    one = own(actor, PickedOption, option_id, version)
    open_one(actor, one.response_id)
    return one
