"""The page of the catalogues: which count, which came before, and whom a name means."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sild.kernel.actor import Actor
from sild.kernel.page import page
from sild.wings.attribution.actions import WORKERS
from sild.wings.attribution.reads import catalogues, named

LONGEST_NAME = 200


@page("attribution.catalogues", "attribution/catalogues/", roles=WORKERS)
def show_catalogues(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The organisation's catalogues; with ?name= every actor that goes by that name."""
    wanted = request.GET.get("name", "")[:LONGEST_NAME].strip()
    context = {"rows": catalogues(actor), "wanted": wanted, "found": named(actor, wanted) if wanted else None}
    return render(request, "attribution/catalogues.html", context)
