"""The page of the standby: what the guard saw last, and who moved the database when and why. The moves themselves are commands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sild.kernel.actor import Actor, Role
from sild.kernel.page import page
from sild.wings.continuity.reads import standby_view

WATCHERS = frozenset({Role.OFFICER, Role.AUDITOR})


@page("continuity.standby", "standby/", roles=WATCHERS)
def show_standby(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How the standby stands."""
    return render(request, "continuity/standby.html", {"view": standby_view(actor)})
