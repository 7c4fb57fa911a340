"""Pages of custody: all copies, a form for a new one, one copy with what was done with it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import read_version, reason_of
from sild.wings.continuity.actions import WORKERS
from sild.wings.continuity.actions.custody import add_receipt, end_custody, mend_custody, take_custody
from sild.wings.continuity.forms import identity_of
from sild.wings.continuity.forms.custody import custody_terms_of, receipt_sent
from sild.wings.continuity.reads.custody import CUSTODY, custody_board, custody_record, datasets_to_copy, own_hosts
from sild.wings.continuity.rules.custody import USUAL_DRILL_DAYS, CustodyState

ONE = {"custody": CUSTODY}


@page("continuity.custody-board", "custody/", roles=WORKERS)
def copies(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All copies in custody."""
    return render(request, "continuity/custody.html", {"rows": custody_board(actor)})


@page("continuity.new-custody", "custody/new/", roles=WORKERS, methods=("GET", "POST"))
def take_in(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take the receipt of a new copy in."""
    if request.method == "POST":
        dataset, host = identity_of(request.POST.get("dataset", "")), identity_of(request.POST.get("host", ""))
        if dataset is None:
            raise Refused(_("Choose of which data set it is a copy."))
        made = take_custody(actor, dataset, host, receipt_sent(request), custody_terms_of(request.POST), reason=reason_of(request))
        offer_undo(request, _("The copy was taken in."))
        return HttpResponseRedirect(reverse("continuity.custody", args=[made]))
    hosts = own_hosts(actor)
    context = {"datasets": datasets_to_copy(actor), "hosts": hosts, "usual": USUAL_DRILL_DAYS, "wanted": request.GET.get("dataset", "")}
    return render(request, "continuity/new_custody.html", context)


@page("continuity.custody", "custody/<uuid:custody>/", roles=WORKERS, subjects=ONE)
def show_copy(request: HttpRequest, actor: Actor, custody: UUID) -> HttpResponse:
    """One copy."""
    return render(request, "continuity/custody_one.html", {"one": custody_record(actor, custody)})


@page("continuity.add-receipt", "custody/<uuid:custody>/receipts/", roles=WORKERS, methods=("POST",), subjects=ONE)
def take_receipt(request: HttpRequest, actor: Actor, custody: UUID) -> HttpResponse:
    """Take in that it was verified or restored."""
    add_receipt(actor, custody, receipt_sent(request), reason=reason_of(request))
    return _back(request, custody, _("The receipt was taken in."))


@page("continuity.mend-custody", "custody/<uuid:custody>/mend/", roles=WORKERS, methods=("POST",), subjects=ONE)
def mend(request: HttpRequest, actor: Actor, custody: UUID) -> HttpResponse:
    """Write down anew who keeps and opens it."""
    mend_custody(actor, custody, custody_terms_of(request.POST), version=read_version(request), reason=reason_of(request))
    return _back(request, custody, _("It was written down anew."))


@page("continuity.end-custody", "custody/<uuid:custody>/end/", roles=WORKERS, methods=("POST",), subjects=ONE)
def end(request: HttpRequest, actor: Actor, custody: UUID) -> HttpResponse:
    """Say that it was returned or destroyed."""
    if request.POST.get("state", "") not in {CustodyState.RETURNED, CustodyState.DESTROYED}:
        raise Refused(_("Choose whether it was returned or destroyed."))
    end_custody(actor, custody, CustodyState(request.POST["state"]), version=read_version(request), reason=reason_of(request))
    return _back(request, custody, _("It is written down what became of the copy."))


def _back(request: HttpRequest, custody: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("continuity.custody", args=[custody]))
