"""Pages of options: the toolbox beside a response, and the acts on what was picked."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.page import page
from sild.kernel.sent import read_version, reason_of
from sild.wings.response.actions import OPENERS, WORKERS, move_option, pick_option, say_precondition, set_level
from sild.wings.response.forms import level_of, stand_of, step_of
from sild.wings.response.pages.responses import ONE, done
from sild.wings.response.reads import PICKED, offered_options, response_of_option, response_record
from sild.wings.response.rules import DeliveryLevel, ResponseState, compiled_on

OPTION = {"option": PICKED}


@page("response.toolbox", "responses/<uuid:response>/toolbox/", roles=WORKERS, subjects=ONE)
def show_toolbox(request: HttpRequest, actor: Actor, response: UUID) -> HttpResponse:
    """Every option of the toolbox with what it rests on, asks for and whom it takes, in the order of the file's own data."""
    record = response_record(actor, response)
    context = {
        "record": record,
        "tab": "toolbox",
        "offered": offered_options(actor, response),
        "levels": list(DeliveryLevel),
        "compiled": compiled_on(),
        "may": record.own and record.row.state == ResponseState.OPEN,
    }
    return render(request, "response/toolbox.html", context)


@page("response.pick", "responses/<uuid:response>/pick/", roles=WORKERS, methods=("POST",), subjects=ONE)
def pick(request: HttpRequest, actor: Actor, response: UUID) -> HttpResponse:
    """Propose an option."""
    told = request.POST.dict()
    pick_option(actor, response, told.get("option", ""), level=level_of(told), reason=reason_of(request))
    return done(request, response, _("The option is proposed. It is decided by people, not here."))


@page("response.precondition", "responses/options/<uuid:option>/precondition/", roles=WORKERS, methods=("POST",), subjects=OPTION)
def say(request: HttpRequest, actor: Actor, option: UUID) -> HttpResponse:
    """Say whether something that an option asks for first is met."""
    told = request.POST.dict()
    say_precondition(actor, option, told.get("key", ""), stand_of(told), version=read_version(request), reason=reason_of(request))
    return done(request, response_of_option(actor, option), _("It is written down."))


@page("response.level", "responses/options/<uuid:option>/level/", roles=WORKERS, methods=("POST",), subjects=OPTION)
def level(request: HttpRequest, actor: Actor, option: UUID) -> HttpResponse:
    """Say at which level an option is to be delivered."""
    set_level(actor, option, level_of(request.POST.dict()), version=read_version(request), reason=reason_of(request))
    return done(request, response_of_option(actor, option), _("It is written down."))


@page("response.move", "responses/options/<uuid:option>/move/", roles=OPENERS, methods=("POST",), subjects=OPTION)
def move(request: HttpRequest, actor: Actor, option: UUID) -> HttpResponse:
    """Write down that an option was decided, done, dropped, or that this is taken back."""
    move_option(actor, option, step_of(request.POST.dict()), version=read_version(request), reason=reason_of(request))
    return done(request, response_of_option(actor, option), _("It is written down where the option stands."))
