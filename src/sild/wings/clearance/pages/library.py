"""What the desk knows beside the cases: how long past routes took, and the list of control entries with its sources."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.page import page
from sild.wings.clearance.reads import past_routes
from sild.wings.clearance.rules import FEWEST_ROUTES, control_list

READERS = PEOPLE - {Role.AUDITOR}


@page("clearance.routes", "licences/routes/", roles=READERS)
def routes(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The median days of answered applications by jurisdiction, authority and category, with the cases behind each figure."""
    told = past_routes(actor, jurisdiction=request.GET.get("jurisdiction", "")[:2], category=request.GET.get("category", "")[:40])
    return render(request, "clearance/routes.html", {"routes": told, "fewest": FEWEST_ROUTES, "narrowed": bool(request.GET)})


@page("clearance.entries", "licences/entries/", roles=READERS)
def entries(request: HttpRequest, _actor: Actor) -> HttpResponse:
    """The list of control entries, exclusions, authorisations and authorities that the desk carries."""
    return render(request, "clearance/entries.html", {"list": control_list()})
