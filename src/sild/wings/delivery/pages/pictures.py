"""Pages of delivery that are pictures: what was agreed, from who gives to how far it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.page import page
from sild.wings.delivery.reads.pictures import picture_of_commitments

READERS = PEOPLE - {Role.AUDITOR}


@page("delivery.flow", "consignments/flow/", roles=READERS)
def flow(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Commitments from giver to how far they are."""
    return render(request, "delivery/flow.html", {"drawn": picture_of_commitments(actor)})
