"""The page of precedents: what is asked stands in the address and is kept nowhere."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sild.kernel.actor import Actor
from sild.kernel.page import page
from sild.wings.response.actions import WORKERS
from sild.wings.response.pages.responses import ONE
from sild.wings.response.reads import precedents_of, response_record
from sild.wings.response.rules import ACTORS, EFFECTS, compiled_on, precedents
from sild.wings.signals.public import SECTORS


@page("response.precedents", "responses/<uuid:response>/precedents/", roles=WORKERS, subjects=ONE)
def show_precedents(request: HttpRequest, actor: Actor, response: UUID) -> HttpResponse:
    """What was done before in like cases, and where the picked options depart from it."""
    asked = {name: _chosen(request, name, among) for name, among in (("sector", SECTORS), ("effect", EFFECTS), ("actor", ACTORS))}
    found = precedents_of(actor, response, asked)
    context = {
        "record": response_record(actor, response),
        "tab": "precedents",
        "found": found,
        "fields": [
            ("sector", "sector", SECTORS, found.ours.get("sector", ())),
            ("effect", "effect", EFFECTS, found.ours.get("effect", ())),
            ("actor", "actor-kind", ACTORS, found.ours.get("actor", ())),
        ],
        "compiled": compiled_on("precedents"),
        "of": len(precedents()),
    }
    return render(request, "response/precedents.html", context)


def _chosen(request: HttpRequest, name: str, among: Collection[str]) -> tuple[str, ...]:
    """What the address asks for, where it is of the list."""
    return tuple(dict.fromkeys(one for one in request.GET.getlist(name) if one in among))
