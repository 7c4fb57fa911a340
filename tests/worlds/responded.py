"""Responses in the base world: one to the officer's case in its compartment, one to an incident in the open, one that is closed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.identity import actor_named
from sild.wings.attribution.public import list_cases
from sild.wings.parties.public import desk_day
from sild.wings.register.public import needs
from sild.wings.response.actions import (
    NewEssential,
    NewResponse,
    OptionStep,
    close_response,
    move_option,
    open_response,
    pick_option,
    say_essential,
    say_precondition,
)
from sild.wings.response.rules import DeliveryLevel, Essential, EssentialStand, OptionState, PreconditionStand
from sild.wings.signals.public import IncidentFilter, list_incidents

TOLD = "for the worlds"


def respond(slug: str) -> None:
    """Open three; the first two have options in every state and a word on each of the three things."""
    officer = actor_named(slug, "officer")
    [case, *_rest], _after = list_cases(officer, state="open")
    [incident, *_others], _after = list_incidents(officer, IncidentFilter())
    made = open_response(officer, NewResponse(title="What we answer", summary=TOLD, case_id=case.id), reason=TOLD)
    _answer(officer, made)
    _answer(officer, open_response(officer, NewResponse(title="Before we know", incident_id=incident.id), reason=TOLD))
    closed = open_response(officer, NewResponse(title="Long ago"), reason=TOLD)
    close_response(officer, closed, reason=TOLD)


def _answer(officer: Actor, made: UUID) -> None:
    day = desk_day(officer) - timedelta(days=1)
    for option, states in (
        ("tb-demarche", (OptionState.DECIDED, OptionState.DONE)),
        ("tb-hr-statement", (OptionState.DECIDED,)),
        ("tb-travel-ban", (OptionState.DROPPED,)),
        ("tb-dialogue", ()),
    ):
        picked = pick_option(officer, made, option, level=DeliveryLevel.AMBASSADOR, reason=TOLD)
        for state in states:
            move_option(officer, picked, OptionStep(state=state, body="The government", person="Somebody", on=day), reason=TOLD)
        if option == "tb-demarche":
            say_precondition(officer, picked, "agreed-text", PreconditionStand.MET, reason=TOLD)
    asked = next(iter(needs(officer)))
    for essential, stand in zip(Essential, (EssentialStand.DONE, EssentialStand.UNDER_WAY, EssentialStand.NOT_DONE), strict=True):
        need = asked.id if essential == Essential.ASK else None
        new = NewEssential(essential=essential, stand=stand, words=TOLD, body="The government", on=day, need_id=need)
        say_essential(officer, made, new)
