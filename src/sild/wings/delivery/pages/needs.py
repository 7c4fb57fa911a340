"""Pages about how far needs are and what lapses when."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.page import page
from sild.wings.agreements.public import desk_day
from sild.wings.delivery.reads import delivery_of_need, renewals, renewals_unknown

READERS = PEOPLE - {Role.AUDITOR}
AHEAD = {90: "90", 365: "365", 1095: "1095"}
"""How many days ahead the calendar looks, with what its address says."""
USUAL = 365


@page("delivery.need", "needs/<uuid:need>/delivery/", roles=READERS, subjects={"need": "register.Need"})
def of_need(request: HttpRequest, actor: Actor, need: UUID) -> HttpResponse:
    """How far a need is: each sum with the rows behind it."""
    return render(request, "delivery/need.html", {"found": delivery_of_need(actor, need)})


@page("delivery.renewals", "renewals/", roles=READERS)
def calendar(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What lapses or has to be renewed, by month, what is over first."""
    chosen = next((days for days, said in AHEAD.items() if said == request.GET.get("days", "")), USUAL)
    today = desk_day(actor)
    found = renewals(actor, today + timedelta(days=chosen))
    context = {
        "months": [(month, list(rows)) for month, rows in groupby(found, key=lambda row: date(row.on.year, row.on.month, 1))],
        "unknown": renewals_unknown(actor),
        "today": today,
        "chosen": chosen,
        "choices": [(days, f"{reverse('delivery.renewals')}?days={said}") for days, said in AHEAD.items()],
    }
    return render(request, "delivery/renewals.html", context)
