"""The page of a need's priority: the arithmetic, who said what of it, and saying it anew."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import amount_of, reason_of
from sild.wings.planning.actions import assess_need, override_priority
from sild.wings.planning.actions.assessing import WHO_MAY_ASSESS
from sild.wings.planning.reads.priorities import OVERRIDERS, need_priority

ONE = {"need": "register.Need"}


@page("planning.priority", "needs/<uuid:need>/priority/", roles=WHO_MAY_ASSESS, subjects=ONE)
def priority(request: HttpRequest, actor: Actor, need: UUID) -> HttpResponse:
    """Why a need has its priority, and who said so."""
    return render(request, "planning/priority.html", {"found": need_priority(actor, need)})


@page("planning.assess", "needs/<uuid:need>/priority/assess/", roles=WHO_MAY_ASSESS, methods=("POST",), subjects=ONE)
def assess(request: HttpRequest, actor: Actor, need: UUID) -> HttpResponse:
    """Say how much of a criterion the need has."""
    value = amount_of(request.POST.get("value", ""))
    if value is None:
        raise Refused(_("Say a number from 0 (not at all) to 1 (as much as there can be), with at most three places."))
    criterion, source = request.POST.get("criterion", "")[:40], request.POST.get("source", "")[:1000]
    assess_need(actor, need, criterion, value, source=source, reason=reason_of(request))
    offer_undo(request, _("It was written down. The next plan weighs the need with it."))
    return HttpResponseRedirect(reverse("planning.priority", args=[need]))


@page("planning.override", "needs/<uuid:need>/priority/override/", roles=OVERRIDERS, methods=("POST",), subjects=ONE)
def override(request: HttpRequest, actor: Actor, need: UUID) -> HttpResponse:
    """Set a priority over the arithmetic, or let the arithmetic count again."""
    back = request.POST.get("do") == "arithmetic"
    value = None if back else amount_of(request.POST.get("value", ""), places=2)
    if value is None and not back:
        raise Refused(_("A priority is a number from 0 to 10, with at most two places."))
    override_priority(actor, need, value, reason=reason_of(request))
    told = _("The arithmetic counts again.") if back else _("The priority was set. The arithmetic stays beside it.")
    offer_undo(request, told)
    return HttpResponseRedirect(reverse("planning.priority", args=[need]))
