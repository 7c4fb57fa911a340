"""The public form: somebody without an account asks or offers, gets a reference, and follows it by an address that nobody can guess.

For mechanisms whose file switches it on. Whatever is not there (a mechanism, a form that is off, a secret) is one answer. Works without
a script; nothing of it is for search engines.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.debug import sensitive_post_parameters

from sild.kernel import home as homes
from sild.kernel.actor import Actor
from sild.kernel.identity import actor_named
from sild.kernel.jobs import SERVICE
from sild.kernel.refusals import NotThere, Refused
from sild.wings.intake.actions.requests import Written, add_to_request, submit_request
from sild.wings.intake.forms import AdditionForm, RequestForm
from sild.wings.intake.reads.requests import RequestState, request_of
from sild.wings.parties.public import MechanismFile, mechanism_file

SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
STATES = {
    RequestState.RECEIVED: noop("Received. It waits to be read."),
    RequestState.BEING_READ: noop("Being read by people."),
    RequestState.ASKED_BACK: noop("We have a question. We write to you, or wait for what you add below."),
    RequestState.ACCEPTED: noop("Accepted: it was read and taken up. You will hear from us; it is not a promise yet."),
    RequestState.DECLINED: noop("Declined: it is not for us. You may add a message below."),
}


@dataclass(frozen=True, slots=True)
class Open:
    """A mechanism that takes requests by the form."""

    actor: Actor
    spec: MechanismFile


@sensitive_post_parameters()
def ask(request: HttpRequest, mechanism: str) -> HttpResponse:
    """The form, and what it does."""
    # who mistypes has sent nothing yet: a wrong try costs no more than looking
    if not _may(request, "asked"):
        return _later(request)
    there = _open(mechanism)
    if there is None:
        return _nothing(request)
    if request.method != "POST":
        return _page(request, there, RequestForm(initial={"ticket": secrets.token_urlsafe(32)}))
    form = RequestForm(request.POST, request.FILES)
    if not form.is_valid():
        if request.FILES:
            form.add_error("attachments", _("Choose the files again: a browser does not keep them."))
        return _page(request, there, form, status=422)
    if not _may(request, "ask"):
        return _later(request)
    secret = form.cleaned_data["ticket"]
    if not form.cleaned_data["website"]:
        # a field that no person sees: who fills it in is answered alike, and nothing is kept
        try:
            submit_request(there.actor, _written(form), secret, homes.current())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return _page(request, there, form, status=422)
    return HttpResponseRedirect(reverse("intake.asked", args=[mechanism, secret]))


def _written(form: RequestForm) -> Written:
    told = form.cleaned_data
    return Written(
        organisation=told["organisation"],
        contact=told["contact"],
        email=told["email"],
        description=told["description"],
        language=(translation.get_language() or "en")[:2],
        files=[(file.name or "file", file.read()) for file in told["attachments"]],
    )


@sensitive_post_parameters()
def asked(request: HttpRequest, mechanism: str, secret: str) -> HttpResponse:
    """Where a request stands; a message may be added."""
    if not _may(request, "asked"):
        return _later(request)
    there = _open(mechanism)
    found = request_of(there.actor, secret) if there is not None and SECRET.fullmatch(secret) else None
    if there is None or found is None:
        return _nothing(request)
    form = AdditionForm(request.POST) if request.method == "POST" else AdditionForm()
    if request.method == "POST" and form.is_valid():
        if not _may(request, "ask"):
            return _later(request)
        try:
            if not form.cleaned_data["website"]:
                add_to_request(there.actor, secret, form.cleaned_data["description"], homes.current())
            return HttpResponseRedirect(reverse("intake.asked", args=[mechanism, secret]))
        except NotThere:
            return _nothing(request)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"found": found, "state": _(STATES[found.state]), "form": form, "spec": there.spec}
    return _unlisted(render(request, "intake/asked.html", context, status=422 if form.errors else 200))


def _open(mechanism: str) -> Open | None:
    """The mechanism of this short name, where it takes requests by the form."""
    try:
        actor = actor_named(mechanism[:80].replace("\x00", ""), SERVICE, started_by=_("somebody at the web form"))
    except Refused:
        return None
    spec = mechanism_file(actor)
    return Open(actor, spec) if spec.web_form else None


def _may(request: HttpRequest, what: str) -> bool:
    return bool(ratelimit.consume(request, app="allauth.account", action=what, limit_get=True))


def _page(request: HttpRequest, there: Open, form: RequestForm, *, status: int = 200) -> HttpResponse:
    return _unlisted(render(request, "intake/ask.html", {"form": form, "spec": there.spec}, status=status))


def _nothing(request: HttpRequest) -> HttpResponse:
    return _unlisted(render(request, "intake/not_asked.html", status=404))


def _later(request: HttpRequest) -> HttpResponse:
    answer: Callable[[HttpRequest], HttpResponse] = ratelimit.respond_429
    return _unlisted(answer(request))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
