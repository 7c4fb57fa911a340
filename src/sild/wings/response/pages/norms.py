"""Pages of norms that incidents touch: of one incident, and of each norm all incidents."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import read_version, reason_of
from sild.wings.response.actions import OPENERS, WORKERS, touch_norm, untouch_norm
from sild.wings.response.reads import TOUCHED, incident_of_touch, incidents_of_norms, norms_of_incident
from sild.wings.response.rules import NormTouch
from sild.wings.signals.public import INCIDENT

ONE = {"incident": INCIDENT}


@page("response.incident-norms", "incidents/<uuid:incident>/norms/", roles=WORKERS, subjects=ONE)
def show_norms(request: HttpRequest, actor: Actor, incident: UUID) -> HttpResponse:
    """The norms, each with what was said of this incident."""
    row, rows = norms_of_incident(actor, incident)
    context = {"row": row, "rows": rows, "touches": list(NormTouch), "may": bool(actor.roles & OPENERS)}
    return render(request, "response/incident_norms.html", context)


@page("response.touch-norm", "incidents/<uuid:incident>/norms/say/", roles=OPENERS, methods=("POST",), subjects=ONE)
def say(request: HttpRequest, actor: Actor, incident: UUID) -> HttpResponse:
    """Say how the incident touches a norm."""
    sent = request.POST
    if sent.get("touch", "") not in {*NormTouch}:
        raise Refused(_("Choose how it touches the norm."))
    version = read_version(request) if sent.get("version") else None
    touch_norm(
        actor,
        incident,
        sent.get("norm", ""),
        NormTouch(sent["touch"]),
        source=sent.get("source", ""),
        version=version,
        reason=reason_of(request),
    )
    offer_undo(request, _("What was said of the norm was written down."))
    return HttpResponseRedirect(reverse("response.incident-norms", args=[incident]))


@page("response.untouch-norm", "touched-norms/<uuid:touched>/remove/", roles=OPENERS, methods=("POST",), subjects={"touched": TOUCHED})
def unsay(request: HttpRequest, actor: Actor, touched: UUID) -> HttpResponse:
    """Take back what was said."""
    incident = incident_of_touch(actor, touched)
    untouch_norm(actor, touched, version=read_version(request), reason=reason_of(request))
    offer_undo(request, _("It was taken back."))
    return HttpResponseRedirect(reverse("response.incident-norms", args=[incident]))


@page("response.norm-incidents", "norm-incidents/", roles=WORKERS)
def by_norm(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Each norm with the incidents that touch it."""
    rows = incidents_of_norms(actor)
    return render(request, "response/norm_incidents.html", {"rows": rows, "any": any(one.rows for one in rows)})
