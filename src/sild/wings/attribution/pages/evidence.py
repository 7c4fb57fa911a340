"""Pages of evidence: all of a case for its readers, the slice that an audience may be shown, sources and what is behind a seal."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.cores.attribution.weighing import Aspect
from sild.kernel.actor import Actor
from sild.kernel.downloads import download
from sild.kernel.page import offer_undo, page
from sild.kernel.rooms import seats_for_compartment
from sild.kernel.sent import read_version, reason_of
from sild.wings.attribution.actions import (
    WORKERS,
    SourceSealing,
    enter_evidence,
    grade_evidence,
    hand_over_evidence,
    name_source,
    restore_evidence,
    reveal_source,
    show_evidence,
    withdraw_evidence,
)
from sild.wings.attribution.forms import audiences_of, credibility_of, new_evidence_of, new_source_of, seats_of
from sild.wings.attribution.reads import CASE, EVIDENCE, SOURCE, case_record, evidence_file, evidence_for, evidence_of
from sild.wings.attribution.reads.evidence import case_of_evidence, case_of_source
from sild.wings.attribution.rules import AttributionState, EvidenceAudience, facts_of

ONE = {"case": CASE}
ITEM = {"evidence": EVIDENCE}


@page("attribution.evidence", "attribution/<uuid:case>/evidence/", roles=WORKERS, subjects=ONE)
def show_all(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """The evidence of a case; with ?for= what that audience may be shown, and nothing else."""
    record, wanted = case_record(actor, case), request.GET.get("for", "")
    audience = EvidenceAudience(wanted) if wanted in {*EvidenceAudience} else None
    grades = facts_of("source_grading").values()
    context = {
        "row": record.row,
        "tab": "evidence",
        "found": evidence_for(actor, case, audience) if audience is not None else evidence_of(actor, case),
        "audience": audience,
        "audiences": list(EvidenceAudience),
        "aspects": list(Aspect),
        "source_grades": [one for one in grades if one.axis == "source reliability"],
        "item_grades": [one for one in grades if one.axis == "information credibility"],
        "seats": [seat for seat in seats_for_compartment(actor) if not seat.mine],
        "may": record.row.state == AttributionState.OPEN and audience is None,
    }
    return render(request, "attribution/evidence.html", context)


@page("attribution.source", "attribution/<uuid:case>/sources/", roles=WORKERS, methods=("POST",), subjects=ONE)
def add_source(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Name a source; with an identity it is sealed for the seats that are named."""
    new, identity, reason = new_source_of(request.POST.dict()), request.POST.get("identity", ""), reason_of(request)
    if identity.strip():
        SourceSealing(actor, seats_of(request.POST.getlist("named"))).run(case, new, identity, reason=reason)
        return _back(request, case, _("The source was named. Who it is stands behind a seal."))
    name_source(actor, case, new, reason=reason)
    return _back(request, case, _("The source was named."))


@page("attribution.reveal", "attribution/sources/<uuid:source>/seal/", roles=WORKERS, methods=("POST",), subjects={"source": SOURCE})
def reveal(request: HttpRequest, actor: Actor, source: UUID) -> HttpResponse:
    """Who a sealed source is, shown once, after the reason was written down."""
    identity = reveal_source(actor, source, reason=reason_of(request))
    row = case_record(actor, case_of_source(actor, source)).row
    return render(request, "attribution/seal.html", {"identity": identity, "row": row, "tab": "seal"})


@page("attribution.enter", "attribution/<uuid:case>/evidence/new/", roles=WORKERS, methods=("POST",), subjects=ONE)
def enter(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Enter an item of evidence."""
    enter_evidence(actor, case, new_evidence_of(request), reason=reason_of(request))
    return _back(request, case, _("The item was entered."))


@page("attribution.file", "attribution/evidence/<uuid:evidence>/file/", roles=WORKERS, subjects=ITEM)
def download_item(request: HttpRequest, actor: Actor, evidence: UUID) -> HttpResponse:
    """The file of an item byte for byte, which nobody interprets."""
    name, data = evidence_file(actor, evidence)
    return download(data, name)


Doing = Callable[[HttpRequest, Actor, UUID], str]


def _hand(request: HttpRequest, actor: Actor, item: UUID) -> str:
    hand_over_evidence(actor, item, request.POST.get("to", ""), version=read_version(request), reason=reason_of(request))
    return _("The handing over was written down.")


def _show(request: HttpRequest, actor: Actor, item: UUID) -> str:
    shown_to = audiences_of(request.POST.getlist("shown_to"))
    show_evidence(actor, item, shown_to, version=read_version(request), reason=reason_of(request))
    return _("It is written down who may be shown it.")


def _grade(request: HttpRequest, actor: Actor, item: UUID) -> str:
    credibility = credibility_of(request.POST.get("credibility", ""))
    grade_evidence(actor, item, credibility, version=read_version(request), reason=reason_of(request))
    return _("The item was graded anew.")


def _withdraw(request: HttpRequest, actor: Actor, item: UUID) -> str:
    withdraw_evidence(actor, item, version=read_version(request), reason=reason_of(request))
    return _("The item was taken back: it counts no more.")


def _restore(request: HttpRequest, actor: Actor, item: UUID) -> str:
    restore_evidence(actor, item, version=read_version(request), reason=reason_of(request))
    return _("The item counts again.")


def _declare(name: str, doing: Doing) -> None:
    """A page of one form about an item: one act, then back to the evidence of the case."""

    @page(f"attribution.{name}", f"attribution/evidence/<uuid:evidence>/{name}/", roles=WORKERS, methods=("POST",), subjects=ITEM)
    def view(request: HttpRequest, actor: Actor, evidence: UUID) -> HttpResponse:
        words = doing(request, actor, evidence)
        return _back(request, case_of_evidence(actor, evidence), words)


for _name, _doing in (("hand", _hand), ("show", _show), ("grade", _grade), ("withdraw", _withdraw), ("restore", _restore)):
    _declare(_name, _doing)


def _back(request: HttpRequest, case: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("attribution.evidence", args=[case]))
