"""Pages of responses: the list, a form for a new one, one whole, closed and taken up again."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.listing import key_of, read_key
from sild.kernel.moving import compartments_of
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import read_version, reason_of
from sild.values.marking import Marking
from sild.wings.attribution.public import case_record
from sild.wings.response.actions import OPENERS, WORKERS, close_response, open_response, reopen_response
from sild.wings.response.forms import identity_of, new_response_of
from sild.wings.response.reads import RESPONSE, list_responses, response_record
from sild.wings.response.rules import DeliveryLevel, PreconditionStand, ResponseState
from sild.wings.signals.public import incident_record

ONE = {"response": RESPONSE}
SHOWN = 40


@page("response.list", "responses/", roles=WORKERS)
def responses(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The responses that the reader may see, the newest first; of one case or incident where the address names it."""
    state = request.GET.get("state", "")
    state = state if state in {*ResponseState} else ""
    about = {name: _asked(request, name) for name in ("case", "incident")}
    rows, after = list_responses(actor, state=state, **about, after=read_key(request.GET.get("after", "")), limit=SHOWN)
    told = ({"state": state} if state else {}) | {name: str(value) for name, value in about.items() if value is not None}
    new = {name: value for name, value in told.items() if name != "state"}
    context = {
        "rows": rows,
        "state": state,
        "about": new,
        "states": list(ResponseState),
        "next_url": f"?{urlencode({**told, 'after': key_of(*after)})}" if after is not None else "",
        "new_url": reverse("response.new") + (f"?{urlencode(new)}" if new else ""),
        "may": bool(actor.roles & OPENERS),
    }
    return render(request, "response/list.html", context)


def _asked(request: HttpRequest, name: str) -> UUID | None:
    """What the address names; an unreadable name finds nothing to narrow by."""
    try:
        return identity_of(request.GET.get(name, ""))
    except Refused:
        return None


@page("response.new", "responses/new/", roles=OPENERS, methods=("GET", "POST"))
def open_one(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A form that opens a response: to a case, to an incident, or to neither."""
    if request.method == "POST":
        made = open_response(actor, new_response_of(request.POST.dict()), reason=reason_of(request))
        return done(request, made, _("The response was opened."), "response.toolbox")
    case, incident = _asked(request, "case"), _asked(request, "incident")
    context = {
        "case": case_record(actor, case).row if case is not None else None,
        "incident": incident_record(actor, incident).row if incident is not None and case is None else None,
        "markings": [one for one in Marking if one <= actor.ceiling],
        "usual": Marking.AMBER,
        "rooms": compartments_of(actor),
    }
    return render(request, "response/new.html", context)


@page("response.one", "responses/<uuid:response>/", roles=WORKERS, subjects=ONE)
def show_one(request: HttpRequest, actor: Actor, response: UUID) -> HttpResponse:
    """A response whole: what was picked, where each option stands, what may come next."""
    record = response_record(actor, response)
    working = record.own and record.row.state == ResponseState.OPEN
    context = {
        "record": record,
        "tab": "one",
        "may": working,
        "may_move": working and bool(actor.roles & OPENERS),
        "may_end": record.own and bool(actor.roles & OPENERS),
        "levels": list(DeliveryLevel),
        "stands": list(PreconditionStand),
    }
    return render(request, "response/one.html", context)


@page("response.close", "responses/<uuid:response>/close/", roles=OPENERS, methods=("POST",), subjects=ONE)
def close(request: HttpRequest, actor: Actor, response: UUID) -> HttpResponse:
    """Close a response."""
    close_response(actor, response, version=read_version(request), reason=reason_of(request))
    return done(request, response, _("The response is closed."))


@page("response.reopen", "responses/<uuid:response>/reopen/", roles=OPENERS, methods=("POST",), subjects=ONE)
def reopen(request: HttpRequest, actor: Actor, response: UUID) -> HttpResponse:
    """Take a response up again."""
    reopen_response(actor, response, version=read_version(request), reason=reason_of(request))
    return done(request, response, _("The response was taken up again."))


def done(request: HttpRequest, response: UUID, words: str, name: str = "response.one") -> HttpResponse:
    """Offer undo, and go to a page of the response."""
    offer_undo(request, words)
    return HttpResponseRedirect(reverse(name, args=[response]))
