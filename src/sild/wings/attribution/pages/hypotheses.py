"""Pages of hypotheses: the matrix with what is made of it, and the acts on hypotheses and ratings."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.cores.attribution.weighing import ClaimStance, Rating
from sild.kernel import clock
from sild.kernel.actor import Actor
from sild.kernel.downloads import CSV, download
from sild.kernel.listing import as_csv
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import read_version, reason_of
from sild.wings.attribution.actions import (
    WORKERS,
    propose_hypothesis,
    rate_evidence,
    restore_hypothesis,
    withdraw_hypothesis,
    word_hypothesis,
)
from sild.wings.attribution.forms import ratings_of, stance_of
from sild.wings.attribution.reads import CASE, EVIDENCE, HYPOTHESIS, case_of_hypothesis, case_record, weighing_of
from sild.wings.attribution.reads.evidence import case_of_evidence
from sild.wings.attribution.reads.hypotheses import MatrixEntry, entries_of
from sild.wings.attribution.rules import STANDING, AttributionState

ONE = {"case": CASE}


@page("attribution.hypotheses", "attribution/<uuid:case>/hypotheses/", roles=WORKERS, subjects=ONE)
def matrix(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """The matrix of a case; with ?format=csv as a sheet of its cells."""
    record, found = case_record(actor, case), weighing_of(actor, case)
    if request.GET.get("format") == "csv":
        sheet = as_csv(entries_of(found), [(name, name) for name in MatrixEntry.__dataclass_fields__])
        return download(sheet, f"hypotheses-{clock.today()}.csv", CSV)
    context = {
        "row": record.row,
        "tab": "hypotheses",
        "found": found,
        "leaders": [found.named(one) for one in found.leaders],
        "torn_leaders": [found.named(one) for one in found.torn_leaders],
        "rests_on": [(one, [found.named(key) for key in one.leaders]) for one in found.rests_on],
        "items": [(one, list(zip(found.order, one.cells, strict=True))) for one in found.rows],
        "ratings": sorted(Rating),
        "stances": [one for one in ClaimStance if one not in STANDING],
        "may": record.row.state == AttributionState.OPEN,
    }
    return render(request, "attribution/hypotheses.html", context)


@page("attribution.propose", "attribution/<uuid:case>/hypotheses/new/", roles=WORKERS, methods=("POST",), subjects=ONE)
def propose(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Put a hypothesis beside the others."""
    propose_hypothesis(actor, case, request.POST.get("words", ""), stance_of(request.POST.get("stance", "")), reason=reason_of(request))
    return _back(request, case, _("The hypothesis stands beside the others."))


@page("attribution.rate", "attribution/evidence/<uuid:evidence>/rate/", roles=WORKERS, methods=("POST",), subjects={"evidence": EVIDENCE})
def rate(request: HttpRequest, actor: Actor, evidence: UUID) -> HttpResponse:
    """Say how an item goes with the hypotheses."""
    rate_evidence(actor, evidence, ratings_of(request.POST.dict()), reason=reason_of(request))
    return _back(request, case_of_evidence(actor, evidence), _("Your rating is written down."))


Doing = Callable[[HttpRequest, Actor, UUID], str]


def _word(request: HttpRequest, actor: Actor, one: UUID) -> str:
    word_hypothesis(actor, one, request.POST.get("words", ""), version=read_version(request), reason=reason_of(request))
    return _("The hypothesis was worded anew.")


def _withdraw(request: HttpRequest, actor: Actor, one: UUID) -> str:
    withdraw_hypothesis(actor, one, version=read_version(request), reason=reason_of(request))
    return _("The hypothesis is weighed no more; its ratings stay.")


def _restore(request: HttpRequest, actor: Actor, one: UUID) -> str:
    restore_hypothesis(actor, one, version=read_version(request), reason=reason_of(request))
    return _("The hypothesis is weighed again.")


def _declare(name: str, doing: Doing) -> None:
    """A page of one form about a hypothesis: one act, then back to the matrix."""
    subjects = {"hypothesis": HYPOTHESIS}

    @page(
        f"attribution.{name}-hypothesis",
        f"attribution/hypotheses/<uuid:hypothesis>/{name}/",
        roles=WORKERS,
        methods=("POST",),
        subjects=subjects,
    )
    def view(request: HttpRequest, actor: Actor, hypothesis: UUID) -> HttpResponse:
        case = case_of_hypothesis(actor, hypothesis)
        return _back(request, case, doing(request, actor, hypothesis))


for _name, _doing in (("word", _word), ("withdraw", _withdraw), ("restore", _restore)):
    _declare(_name, _doing)


def _back(request: HttpRequest, case: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("attribution.hypotheses", args=[case]))
