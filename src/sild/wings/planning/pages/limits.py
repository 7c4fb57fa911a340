"""Pages of limits: what is stated, by whom and as of when, what contradicts; and stating one, from nothing or from what a plan asks for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.page import cut_to_page, offer_undo, page
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.sent import reason_of
from sild.wings.parties.public import mechanism_file, organisation_ids, parties
from sild.wings.planning.actions import record_limit
from sild.wings.planning.actions.limits import WHO_MAY_LIMIT
from sild.wings.planning.forms import KINDS, MOST_ROWS, entry_of, kind_of, shown
from sild.wings.planning.reads.granting import filled_from_ask
from sild.wings.planning.reads.limits import every_limit
from sild.wings.planning.reads.readers import readers_of_limit
from sild.wings.planning.rules import KIND_FORMS
from sild.wings.register.public import CATEGORIES

READERS = PEOPLE - {Role.AUDITOR}
STATERS = WHO_MAY_LIMIT & PEOPLE
SHOWN = 40
FROM_ADDRESS = ("subject", "category", "month", "amount", "currency", "state", "authority", "place")


@page("planning.limits", "limits/", roles=READERS)
def limits(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every limit that the reader may see, the newest word first."""
    kind, subject = kind_of(request.GET.dict()) or "", request.GET.get("subject", "").strip()[:300]
    differing = request.GET.get("differing", "") == "yes"
    found = every_limit(actor, kind=kind, subject=subject, differing=differing)
    rows, pager = cut_to_page(request, found, SHOWN)
    context = {
        "rows": rows,
        "found": len(found),
        **pager,
        "kinds": KINDS,
        "kind": kind,
        "subject": subject,
        "differing": differing,
        "filtered": bool(kind or subject or differing),
        "may": bool(actor.roles & STATERS),
    }
    return render(request, "planning/limits.html", context)


@page("planning.limit-form", "limits/new/", roles=STATERS)
def form(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form of a limit: its kind first, then what that kind says; filled in where the address, or an ask of the plan, says so."""
    asked = _asked(request, actor)
    filled: dict[str, Any] = asked or {name: request.GET.get(name, "")[:300] for name in FROM_ADDRESS}
    kind = kind_of(filled if asked else request.GET.dict())
    today = mechanism_file(actor).today or clock.today()
    told = KIND_FORMS[kind] if kind is not None else None
    context = {
        "kinds": KINDS,
        "kind": kind or "",
        "form": told,
        "needs": told.needs if told is not None else (),
        "filled": shown(filled, today),
        "rows": range(MOST_ROWS),
        "categories": sorted(CATEGORIES),
        "names": _names(actor),
        "visibilities": ("named", "amount-only", "anonymous", "secret"),
        "waivable": ("civil-only", "region"),
        "officer": Role.OFFICER in actor.roles,
        "ask": asked,
        "gone": "ask" in request.GET and asked is None,
    }
    return render(request, "planning/limit_form.html", context)


def _asked(request: HttpRequest, actor: Actor) -> dict[str, Any] | None:
    """What the ask of a plan that the address names would need; None where it names none, or that plan does not ask it."""
    place, plan = request.GET.get("ask", ""), request.GET.get("plan", "")
    if not (place.isascii() and place.isdigit() and len(place) < 5 and len(plan) < 40):
        return None
    try:
        return filled_from_ask(actor, UUID(plan), int(place))
    except (ValueError, NotThere):
        return None


def _names(actor: Actor) -> list[str]:
    """Whom the reader may name: an officer every party, others their own organisation."""
    if Role.OFFICER in actor.roles:
        return [party.name for party in parties(actor)]
    identities = organisation_ids(actor)
    mine = [one for one in mechanism_file(actor).organisations if identities.get(one.slug) == actor.organisation]
    return sorted({one.party or one.name for one in mine})


@page("planning.state-limit", "limits/state/", roles=STATERS, methods=("POST",))
def state(request: HttpRequest, actor: Actor) -> HttpResponse:
    """State a limit."""
    entry, reason = entry_of(request.POST), reason_of(request)
    if not reason:
        raise Refused(_("Say why in a few words; the reason is kept with the decision."))
    if not record_limit(actor, entry, releasable_to=readers_of_limit(actor, entry), reason=reason):
        raise Refused(_("The same stands there already, in the same words. Nothing was written down."))
    offer_undo(request, _("The limit was written down. The next plan keeps to it."))
    return HttpResponseRedirect(f"{reverse('planning.limits')}?kind={entry.kind}")
