"""Pages of decisions: what stands and what stood before it, what is lacking, and the form that writes one down."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import reason_of
from sild.wings.attribution.actions import OPENERS, WORKERS, record_decision
from sild.wings.attribution.forms.tracks import ids_of, new_decision_of
from sild.wings.attribution.reads import CASE, case_record, decisions_of
from sild.wings.attribution.rules import AttributionState, DecisionKind, confidence_words, likelihood_words

ONE = {"case": CASE}


@page("attribution.decisions", "attribution/<uuid:case>/decisions/", roles=WORKERS, subjects=ONE)
def show_decisions(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """The decisions of a case, with every dissent, and what is lacking before the next."""
    record, found = case_record(actor, case), decisions_of(actor, case)
    tracks = found.lacking.tracks
    context = {
        "row": record.row,
        "tab": "decisions",
        "found": found,
        "dissents": tracks.dissents,
        "items": [one for one in tracks.items if not one.withdrawn],
        "opinions": [one for one in tracks.questions if one.opinion is not None],
        "kinds": list(DecisionKind),
        "likelihoods": likelihood_words(),
        "confidences": confidence_words(),
        "may": record.row.state == AttributionState.OPEN and bool(actor.roles & OPENERS),
    }
    return render(request, "attribution/decisions.html", context)


@page("attribution.decide", "attribution/<uuid:case>/decide/", roles=OPENERS, methods=("POST",), subjects=ONE)
def decide(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Write a decision down."""
    stood = ids_of([request.POST.get("supersedes", "")])
    new = new_decision_of(request.POST)
    record_decision(actor, case, new, supersedes=stood[0] if stood else None, reason=reason_of(request))
    offer_undo(request, _("The decision was written down. It stays; a later one can take its place."))
    return HttpResponseRedirect(reverse("attribution.decisions", args=[case]))
