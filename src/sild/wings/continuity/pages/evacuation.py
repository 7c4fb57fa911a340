"""Pages of evacuation plans: side by side by what they lose with a form for a new one; one whole, planned anew, adopted, as a file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.downloads import CSV, download
from sild.kernel.listing import as_csv
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import read_version, reason_of
from sild.kernel.undertaking import last_undertaking
from sild.wings.continuity.actions import (
    EVACUATE,
    WORKERS,
    adopt_evacuation,
    ask_evacuation,
    ask_evacuation_again,
    end_evacuation_search,
)
from sild.wings.continuity.forms import circumstances_of, disruption_of
from sild.wings.continuity.reads import PLAN, evacuation_record, list_evacuations, picture_of_evacuation
from sild.wings.continuity.rules import Circumstances, EvacuationState

ONE = {"plan": PLAN}
COLUMNS = ("system", "goes", "host", "way", "wave", "start", "safe", "live", "slack", "critical", "loss", "sum", "reasons")


@page("continuity.evacuations", "evacuations/", roles=WORKERS)
def evacuations(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The plans that the reader sees, and the form for a new one."""
    return render(request, "continuity/evacuations.html", {"rows": list_evacuations(actor), "usual": Circumstances()})


@page("continuity.ask-evacuation", "evacuations/new/", roles=WORKERS, methods=("POST",))
def ask(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Ask for a plan, and go to its page, which says how far it is."""
    made = ask_evacuation(actor, request.POST.get("name", ""), circumstances_of(request.POST.dict()))
    return _done(request, made, _("The plan is worked out now."))


@page("continuity.evacuation", "evacuations/<uuid:plan>/", roles=WORKERS, subjects=ONE)
def show_evacuation(request: HttpRequest, actor: Actor, plan: UUID) -> HttpResponse:
    """One plan: picture with its table, critical path, what each system waits for or why it stays."""
    record = evacuation_record(actor, plan)
    context = {
        "record": record,
        "drawn": picture_of_evacuation(record),
        "staying": [one for one in record.fates if not one.goes],
        "waiting": record.row.state == EvacuationState.WAITING,
        "done": record.row.state == EvacuationState.DONE,
        "search": last_undertaking(actor, EVACUATE) if record.row.state == EvacuationState.WAITING and record.row.own else None,
    }
    return render(request, "continuity/evacuation.html", context)


@page("continuity.evacuation-file", "evacuations/<uuid:plan>/file/", roles=WORKERS, subjects=ONE)
def evacuation_file(request: HttpRequest, actor: Actor, plan: UUID) -> HttpResponse:
    """The plan as CSV: a row for each system."""
    record = evacuation_record(actor, plan)
    return download(as_csv(record.fates, [(name, name) for name in COLUMNS]), "evacuation.csv", CSV)


@page("continuity.ask-evacuation-again", "evacuations/<uuid:plan>/again/", roles=WORKERS, methods=("POST",), subjects=ONE)
def again(request: HttpRequest, actor: Actor, plan: UUID) -> HttpResponse:
    """Plan anew from the hour of a disruption on, and go to the new plan."""
    many = {name: request.POST.getlist(name) for name in ("lines", "hosts")}
    made = ask_evacuation_again(actor, plan, disruption_of(request.POST.dict(), many), reason=reason_of(request))
    return _done(request, made, _("The plan is worked out anew now."))


@page("continuity.end-evacuation-search", "evacuations/<uuid:plan>/end/", roles=WORKERS, methods=("POST",), subjects=ONE)
def end(request: HttpRequest, actor: Actor, plan: UUID) -> HttpResponse:
    """End the search with the best plan so far."""
    end_evacuation_search(actor, plan, reason=reason_of(request))
    return HttpResponseRedirect(reverse("continuity.evacuation", args=[plan]))


@page("continuity.adopt-evacuation", "evacuations/<uuid:plan>/adopt/", roles=WORKERS, methods=("POST",), subjects=ONE)
def adopt(request: HttpRequest, actor: Actor, plan: UUID) -> HttpResponse:
    """Adopt a plan with a reason."""
    adopt_evacuation(actor, plan, version=read_version(request), reason=reason_of(request))
    return _done(request, plan, _("The plan is adopted."))


def _done(request: HttpRequest, plan: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("continuity.evacuation", args=[plan]))
