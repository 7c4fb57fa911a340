"""Pages of what is left behind and comes back: all systems in the order of the way home, and one with its forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import read_version, reason_of
from sild.wings.continuity.actions import (
    WORKERS,
    confirm_destruction,
    end_home_step,
    freeze,
    lift_freeze,
    plan_home,
    write_destruction,
)
from sild.wings.continuity.forms import destruction_of, freeze_of, home_step_of, moment_sent
from sild.wings.continuity.reads import DESTROYED, FREEZE, STEP, SYSTEM, left_behind, left_of, points_that_catch, system_of_part
from sild.wings.continuity.rules import HomeStepState

OF_SYSTEM = {"system": SYSTEM}
LONGEST_ASKED = 300


@page("continuity.way-home", "way-home/", roles=WORKERS)
def way_home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All systems in the order in which they come home, with what is frozen, destroyed and planned."""
    rows = left_behind(actor)
    told = [one for one in rows if one.away or one.frozen or one.destroyed or one.steps]
    return render(request, "continuity/way_home.html", {"rows": told, "others": [one for one in rows if one not in told]})


@page("continuity.left", "way-home/<uuid:system>/", roles=WORKERS, subjects=OF_SYSTEM)
def show_left(request: HttpRequest, actor: Actor, system: UUID) -> HttpResponse:
    """One system; with a moment in the address also whether a change of then counts."""
    one = left_of(actor, system)
    context = {"one": one, "asked": request.GET, "caught": None, "wrong": ""}
    if request.GET.get("at"):
        try:
            at: datetime = moment_sent(request.GET["at"])
            context["caught"] = points_that_catch(actor, system, request.GET.get("territory", "")[:LONGEST_ASKED], at)
        except Refused as refusal:
            context["wrong"] = str(refusal)
    return render(request, "continuity/left.html", context)


@page("continuity.freeze", "way-home/<uuid:system>/freeze/", roles=WORKERS, methods=("POST",), subjects=OF_SYSTEM)
def write_freeze(request: HttpRequest, actor: Actor, system: UUID) -> HttpResponse:
    """Write a freeze point down."""
    freeze(actor, system, freeze_of(request.POST), reason=reason_of(request))
    return _back(request, system, _("The freeze point was written down."))


@page("continuity.lift-freeze", "freeze-points/<uuid:point>/lift/", roles=WORKERS, methods=("POST",), subjects={"point": FREEZE})
def lift(request: HttpRequest, actor: Actor, point: UUID) -> HttpResponse:
    """Lift a freeze point."""
    system = system_of_part(actor, FREEZE, point)
    lift_freeze(actor, point, at=moment_sent(request.POST.get("at", "")), version=read_version(request), reason=reason_of(request))
    return _back(request, system, _("The freeze point was lifted."))


@page("continuity.write-destruction", "way-home/<uuid:system>/destroyed/", roles=WORKERS, methods=("POST",), subjects=OF_SYSTEM)
def write_destroyed(request: HttpRequest, actor: Actor, system: UUID) -> HttpResponse:
    """Write a destroyed copy down."""
    write_destruction(actor, system, destruction_of(request.POST), reason=reason_of(request))
    return _back(request, system, _("It was written down. A second person confirms it."))


@page(
    "continuity.confirm-destruction",
    "destroyed-copies/<uuid:destroyed>/confirm/",
    roles=WORKERS,
    methods=("POST",),
    subjects={"destroyed": DESTROYED},
)
def confirm(request: HttpRequest, actor: Actor, destroyed: UUID) -> HttpResponse:
    """Confirm a destruction."""
    system = system_of_part(actor, DESTROYED, destroyed)
    confirm_destruction(actor, destroyed, version=read_version(request), reason=reason_of(request))
    return _back(request, system, _("The destruction was confirmed."))


@page("continuity.plan-home", "way-home/<uuid:system>/steps/", roles=WORKERS, methods=("POST",), subjects=OF_SYSTEM)
def plan_step(request: HttpRequest, actor: Actor, system: UUID) -> HttpResponse:
    """Write a step home down."""
    plan_home(actor, system, home_step_of(request.POST), reason=reason_of(request))
    return _back(request, system, _("The step was written down."))


@page("continuity.end-home-step", "home-steps/<uuid:step>/end/", roles=WORKERS, methods=("POST",), subjects={"step": STEP})
def end_step(request: HttpRequest, actor: Actor, step: UUID) -> HttpResponse:
    """Say that a step is done, or dropped."""
    system = system_of_part(actor, STEP, step)
    end_home_step(actor, step, _ending(request.POST), version=read_version(request), reason=reason_of(request))
    return _back(request, system, _("The step was ended."))


def _ending(sent: Mapping[str, str]) -> HomeStepState:
    if sent.get("state", "") not in {HomeStepState.DONE, HomeStepState.DROPPED}:
        raise Refused(_("Choose whether it is done or dropped."))
    return HomeStepState(sent["state"])


def _back(request: HttpRequest, system: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("continuity.left", args=[system]))
