"""Pages about acts: the ledger in words, and taking an act back."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.acts import ActFilter, act_names, list_acts
from sild.kernel.page import page
from sild.kernel.refusals import Refused
from sild.kernel.undo import undo
from sild.web.acts import act_in_words


@page("web.ledger", "ledger/")
def ledger(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who did what, when and why, newest first."""
    asked = request.GET
    wanted = ActFilter(
        who=asked.get("who", ""), action=asked.get("action", ""), person=asked.get("person", "")[:100], parts=asked.get("parts") == "yes"
    )
    acts, onward = list_acts(actor, wanted, after=_key(asked.get("after", "")))
    chosen = {name: asked[name] for name in ("who", "action", "person", "parts") if asked.get(name)}
    context = {
        "acts": [(act, act_in_words(act.action)) for act in acts],
        "wanted": wanted,
        "names": sorted(((name, act_in_words(name)) for name in act_names(actor)), key=lambda pair: pair[1]),
        "next_url": f"?{urlencode({**chosen, 'after': _text(onward)})}" if onward is not None else "",
        "previous_url": f"?{urlencode(chosen)}" if asked.get("after") else "",
        "auditor": Role.AUDITOR in actor.roles,
    }
    return render(request, "web/ledger.html", context)


def _text(key: tuple[datetime, UUID]) -> str:
    return f"{key[0].isoformat()}~{key[1]}"


def _key(text: str) -> tuple[datetime, UUID] | None:
    """The place in the list from a page's address; anything else is the beginning."""
    at, _sign, identity = text.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, UUID(identity)) if moment.tzinfo is not None else None
    except ValueError:
        return None


@page("web.undo", "undo/<uuid:act>/", roles=PEOPLE - {Role.AUDITOR}, methods=("POST",), subjects={"act": "kernel.Act"})
def take_back(request: HttpRequest, actor: Actor, act: UUID) -> HttpResponse:
    """Take an act back and return to where the person was."""
    onward = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        onward = reverse("web.ledger")
    try:
        undo(actor, act, reason=request.POST.get("reason", "").strip() or _("taken back at once"))
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back."))
    return HttpResponseRedirect(onward)
