"""Pages of outlook: capacity under the deliveries, what lapses, on whom many depend."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.page import cut_to_page, offer_undo, page
from sild.kernel.sent import read_version, reason_of
from sild.wings.delivery.public import journeys
from sild.wings.outlook.actions import KEEPERS, SPEAKERS, end_term, keep_term, renew_term, state_capacity
from sild.wings.outlook.forms import later_day, months_of, term_of
from sild.wings.outlook.reads import absorption_page, concentration_page, speaks_for, sustainment_page
from sild.wings.outlook.reads.drawing import HEIGHT, STEP, columns_of
from sild.wings.outlook.reads.pictures import drawn_renewals, picture_of_deliveries, table_of_capacity
from sild.wings.outlook.reads.sustainment import TERM
from sild.wings.outlook.rules import MONTHS_AHEAD, TermKind, month_of
from sild.wings.parties.public import desk_day
from sild.wings.register.public import CATEGORIES

READERS = PEOPLE - {Role.AUDITOR}
ONE = {"term": TERM}
SHOWN = 12
"""Bodies, or names, on a page: each has a picture or tables of its own."""


@page("outlook.absorption", "absorption/", roles=READERS)
def absorption(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What each body can take in by month, drawn under what is planned for it."""
    wanted = request.GET.get("body", "")[:300]
    every = absorption_page(actor)
    found = [one for one in every if wanted in ("", one.body)]
    own = speaks_for(actor) if actor.roles & SPEAKERS else frozenset[str]()
    shown, pager = cut_to_page(request, found, SHOWN)
    drawn = [{"body": one, "columns": columns_of(one.months)} for one in shown]
    context = {
        "drawn": drawn,
        "bodies": [one.body for one in every],
        "silent": sorted(own - {one.body for one in every}),
        "wanted": wanted,
        **pager,
        "width": MONTHS_AHEAD * STEP,
        "box": HEIGHT + 44,
        "foot": HEIGHT,
        "months": [month_of(desk_day(actor), later) for later in range(MONTHS_AHEAD // 2)],
    }
    return render(request, "outlook/absorption.html", context)


@page("outlook.deliveries", "deliveries/", roles=READERS)
def deliveries(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Deliveries over time, and below them what each body can take in."""
    wanted = request.GET.get("body", "")[:300]
    bodies = {one.body for one in absorption_page(actor)} | {one.body for one in journeys(actor)}
    context = {
        "drawn": picture_of_deliveries(actor, body=wanted),
        "capacity": table_of_capacity(actor, body=wanted),
        "bodies": sorted(body for body in bodies if body),
        "wanted": wanted,
    }
    return render(request, "outlook/deliveries.html", context)


@page("outlook.capacity", "absorption/capacity/", roles=SPEAKERS, methods=("POST",))
def capacity(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Say what a body can take in."""
    body = request.POST.get("body", "")[:300]
    state_capacity(actor, body, months_of(request.POST), source=request.POST.get("source", ""), reason=reason_of(request))
    offer_undo(request, _("The capacity was written down. The next plan keeps to it."))
    return HttpResponseRedirect(f"{reverse('outlook.absorption')}?{urlencode({'body': body})}")


@page("outlook.sustainment", "sustainment/", roles=READERS)
def sustainment(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What lapses when, whom it touches and what comes instead."""
    wanted = request.GET.get("body", "")[:300]
    found = sustainment_page(actor, body=wanted)
    may = bool(actor.roles & KEEPERS)
    context = {
        "found": found,
        "drawn": drawn_renewals(found),
        "rows": [(one, found.terms.get(one.running.id)) for one in found.rows],
        "wanted": wanted,
        "kinds": list(TermKind),
        "categories": sorted(CATEGORIES),
        "may": may and bool(found.bodies),
    }
    return render(request, "outlook/sustainment.html", context)


@page("outlook.keep-term", "sustainment/terms/", roles=KEEPERS, methods=("POST",))
def keep(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write down what runs out."""
    keep_term(actor, term_of(request.POST), reason=reason_of(request))
    offer_undo(request, _("It stands in the calendar now."))
    return HttpResponseRedirect(reverse("outlook.sustainment"))


@page("outlook.renew-term", "sustainment/terms/<uuid:term>/renew/", roles=KEEPERS, methods=("POST",), subjects=ONE)
def renew(request: HttpRequest, actor: Actor, term: UUID) -> HttpResponse:
    """It was renewed."""
    renew_term(actor, term, later_day(request.POST), version=read_version(request), reason=reason_of(request))
    offer_undo(request, _("The later day was written down."))
    return HttpResponseRedirect(reverse("outlook.sustainment"))


@page("outlook.end-term", "sustainment/terms/<uuid:term>/end/", roles=KEEPERS, methods=("POST",), subjects=ONE)
def end(request: HttpRequest, actor: Actor, term: UUID) -> HttpResponse:
    """It is not needed any more."""
    end_term(actor, term, version=read_version(request), reason=reason_of(request))
    offer_undo(request, _("It left the calendar."))
    return HttpResponseRedirect(reverse("outlook.sustainment"))


@page("outlook.concentration", "concentration/", roles=READERS)
def concentration(request: HttpRequest, actor: Actor) -> HttpResponse:
    """On whom many bodies lean at once, with the rows behind each share and what else is offered."""
    category = request.GET.get("category", "")[:40]
    every = concentration_page(actor, category=category)
    shown, pager = cut_to_page(request, every, SHOWN)
    context = {"found": shown, **pager, "category": category, "categories": sorted(CATEGORIES)}
    return render(request, "outlook/concentration.html", context)
