"""Pages of screening: where parties stand, one hit with both sides, the lists."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel import home as homes
from sild.kernel import originals
from sild.kernel.actor import Actor
from sild.kernel.page import cut_to_page, offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import read_version, reason_of
from sild.wings.screening.actions import OFFICERS, ask_screening, keep_list, rule_hit, withdraw_list
from sild.wings.screening.forms import ListForm, ruling_of
from sild.wings.screening.reads import HitFilter, hit_record, list_hits, lists, screening_page
from sild.wings.screening.reads.hits import HIT
from sild.wings.screening.reads.wording import reasons_of
from sild.wings.screening.rules import STANDINGS, NewList, Standing

SHOWN_PARTIES, SHOWN_HITS = 25, 100


@page("screening.parties", "screening/", roles=OFFICERS)
def show_parties(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every party with its standing, and the hits that wait."""
    standing, text = request.GET.get("standing", "")[:20], request.GET.get("q", "")[:300]
    found = screening_page(actor, standing=standing if standing in {*Standing} else "", text=text)
    waiting, more = list_hits(actor, HitFilter(state="open"), limit=SHOWN_HITS)
    rows, pager = cut_to_page(request, found.rows, SHOWN_PARTIES)
    context = {
        "found": found,
        "rows": rows,
        **pager,
        "counts": [(one, found.counts[one]) for one in STANDINGS],
        "waiting": sorted(waiting, key=lambda row: -row.score),
        "more": more is not None,
        "standing": standing,
        "said": text,
        "in_force": bool(standing or text),
        "clear_url": reverse("screening.parties"),
        "unscreened": found.counts[Standing.NOT_SCREENED],
    }
    return render(request, "screening/parties.html", context)


@page("screening.ask", "screening/ask/", roles=OFFICERS, methods=("POST",))
def ask(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Ask for screening now."""
    ask_screening(actor)
    messages.success(request, _("The worker screens whoever has to be; the page shows it in a moment."))
    return HttpResponseRedirect(reverse("screening.parties"))


@page("screening.hit", "screening/hits/<uuid:hit>/", roles=OFFICERS, subjects={"hit": HIT})
def show_hit(request: HttpRequest, actor: Actor, hit: UUID) -> HttpResponse:
    """A hit: both sides, why, what was ruled, and a form to rule."""
    record = hit_record(actor, hit)
    others, _more = list_hits(actor, HitFilter(party=record.row.party_id), limit=SHOWN_HITS)
    context = {"record": record, "reasons": reasons_of(record.parts), "others": [one for one in others if one.id != hit]}
    return render(request, "screening/hit.html", context)


@page("screening.rule", "screening/hits/<uuid:hit>/rule/", roles=OFFICERS, methods=("POST",), subjects={"hit": HIT})
def rule(request: HttpRequest, actor: Actor, hit: UUID) -> HttpResponse:
    """Confirm, clear, or open again."""
    rule_hit(actor, hit, ruling_of(request.POST.get("state", "")), version=read_version(request), reason=reason_of(request))
    offer_undo(request, _("It is written down."))
    return HttpResponseRedirect(reverse("screening.hit", args=[hit]))


@page("screening.lists", "screening/lists/", roles=OFFICERS, methods=("GET", "POST"))
def show_lists(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The lists that were provided, and a form for another."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if request.method == "POST" and form.is_valid():
        told = NewList(name=form.cleaned_data["name"], as_of=form.cleaned_data["as_of"])
        try:
            kept = originals.keep_bytes(homes.current().originals, form.cleaned_data["file"].read())
            keep_list(actor, kept, told)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The list was kept. The worker reads it and screens every party against it."))
            return HttpResponseRedirect(reverse("screening.lists"))
    return render(request, "screening/lists.html", {"form": form, "lists": lists(actor)}, status=422 if form.errors else 200)


@page(
    "screening.withdraw",
    "screening/lists/<uuid:list_id>/withdraw/",
    roles=OFFICERS,
    methods=("POST",),
    subjects={"list_id": "screening.ScreeningList"},
)
def withdraw(request: HttpRequest, actor: Actor, list_id: UUID) -> HttpResponse:
    """Take a list away."""
    withdraw_list(actor, list_id, version=read_version(request), reason=reason_of(request))
    offer_undo(request, _("The list was withdrawn."))
    return HttpResponseRedirect(reverse("screening.lists"))
