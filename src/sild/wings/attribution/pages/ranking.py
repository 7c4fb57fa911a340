"""The page of the ranking of a case: what was seen by whom, whom it is like, and on what that rests; and the acts on what was seen."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import read_version, reason_of
from sild.wings.attribution.actions import WORKERS, see_trait, unsee_trait
from sild.wings.attribution.forms import seen_of
from sild.wings.attribution.reads import CASE, SEEN_TRAIT, case_record, evidence_of, ranking_of
from sild.wings.attribution.reads.ranking import case_of_seen
from sild.wings.attribution.rules import AttributionState

ONE = {"case": CASE}


@page("attribution.ranking", "attribution/<uuid:case>/ranking/", roles=WORKERS, subjects=ONE)
def show_ranking(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Whom what was seen is like. It names nobody."""
    record = case_record(actor, case)
    context = {
        "row": record.row,
        "tab": "ranking",
        "found": ranking_of(actor, case),
        "sources": evidence_of(actor, case).sources,
        "may": record.row.state == AttributionState.OPEN,
    }
    return render(request, "attribution/ranking.html", context)


@page("attribution.see", "attribution/<uuid:case>/ranking/new/", roles=WORKERS, methods=("POST",), subjects=ONE)
def see(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Write down that a source saw something."""
    see_trait(actor, case, seen_of(request.POST.dict()), reason=reason_of(request))
    return _back(request, case, _("It is written down what was seen."))


@page("attribution.unsee", "attribution/seen/<uuid:seen>/away/", roles=WORKERS, methods=("POST",), subjects={"seen": SEEN_TRAIT})
def unsee(request: HttpRequest, actor: Actor, seen: UUID) -> HttpResponse:
    """Take an entry away."""
    case = case_of_seen(actor, seen)
    unsee_trait(actor, seen, version=read_version(request), reason=reason_of(request))
    return _back(request, case, _("The entry was taken away."))


def _back(request: HttpRequest, case: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("attribution.ranking", args=[case]))
