"""Pages of lights-out drills: the list with a form, and one with each service, its verdict and the path."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.moving import compartments_of
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import day_of, read_version, reason_of
from sild.wings.continuity.actions import WORKERS, drill_lights_out, say_lesson
from sild.wings.continuity.forms import drill_of, identity_of
from sild.wings.continuity.reads import DRILL, drill_record, list_drills, names_that_can_go
from sild.wings.continuity.rules import LightsVerdict

ONE = {"drill": DRILL}


@page("continuity.lights-out", "lights-out/", roles=WORKERS)
def drills(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The drills that the reader sees, and the form for a new one."""
    return render(
        request,
        "continuity/lights_out.html",
        {"rows": list_drills(actor), "known": names_that_can_go(actor), "rooms": compartments_of(actor), "verdicts": list(LightsVerdict)},
    )


@page("continuity.drill-lights-out", "lights-out/new/", roles=WORKERS, methods=("POST",))
def drill(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Do a drill, and show what was found."""
    sent = request.POST
    made = drill_lights_out(actor, drill_of(sent), compartment=identity_of(sent.get("compartment", "")), reason=reason_of(request))
    offer_undo(request, _("The drill was done and is kept."))
    return HttpResponseRedirect(reverse("continuity.lights-out-one", args=[made]))


@page("continuity.lights-out-one", "lights-out/<uuid:drill>/", roles=WORKERS, subjects=ONE)
def show_drill(request: HttpRequest, actor: Actor, drill: UUID) -> HttpResponse:
    """One drill with what was found."""
    return render(request, "continuity/lights_out_one.html", {"one": drill_record(actor, drill)})


@page("continuity.say-lesson", "lights-out/<uuid:drill>/lesson/", roles=WORKERS, methods=("POST",), subjects=ONE)
def tell_lesson(request: HttpRequest, actor: Actor, drill: UUID) -> HttpResponse:
    """Write down what a drill taught and when it is done again."""
    again_by = day_of(request.POST.get("again_by", ""))
    say_lesson(actor, drill, request.POST.get("lesson", ""), again_by=again_by, version=read_version(request))
    offer_undo(request, _("It was written down."))
    return HttpResponseRedirect(reverse("continuity.lights-out-one", args=[drill]))
