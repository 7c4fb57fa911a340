"""The page of how far a need is, and the old address of the calendar."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.page import page
from sild.wings.delivery.reads import delivery_of_need

READERS = PEOPLE - {Role.AUDITOR}


@page("delivery.need", "needs/<uuid:need>/delivery/", roles=READERS, subjects={"need": "register.Need"})
def of_need(request: HttpRequest, actor: Actor, need: UUID) -> HttpResponse:
    """How far a need is: each sum with the rows behind it."""
    return render(request, "delivery/need.html", {"found": delivery_of_need(actor, need)})


@page("delivery.renewals", "renewals/", roles=READERS)
def calendar(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The old address of what has to be renewed: there is one calendar, which holds consignments and what else runs out."""
    return HttpResponsePermanentRedirect(reverse("outlook.sustainment"))
