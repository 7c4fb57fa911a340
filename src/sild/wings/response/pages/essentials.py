"""The page of the three things, and the form that says where one of them stands."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.page import page
from sild.kernel.sent import reason_of
from sild.wings.response.actions import WORKERS, say_essential
from sild.wings.response.forms import essential_of
from sild.wings.response.pages.responses import ONE, done
from sild.wings.response.reads import essentials_of, response_record
from sild.wings.response.rules import EssentialStand, ResponseState


@page("response.essentials", "responses/<uuid:response>/three-things/", roles=WORKERS, subjects=ONE)
def show_essentials(request: HttpRequest, actor: Actor, response: UUID) -> HttpResponse:
    """Signal, ask, condemn: what was done of each, by whom and when, and what comes next."""
    record = response_record(actor, response)
    context = {
        "record": record,
        "tab": "essentials",
        "found": essentials_of(actor, response),
        "stands": list(EssentialStand),
        "may": record.own and record.row.state == ResponseState.OPEN,
    }
    return render(request, "response/essentials.html", context)


@page("response.say-essential", "responses/<uuid:response>/three-things/say/", roles=WORKERS, methods=("POST",), subjects=ONE)
def say(request: HttpRequest, actor: Actor, response: UUID) -> HttpResponse:
    """Say where one of the three stands."""
    say_essential(actor, response, essential_of(request.POST.dict()), reason=reason_of(request))
    return done(request, response, _("It is written down. A later word stands before this one."), "response.essentials")
