"""Decisions on giving dual-use things: the list, those of one line with a form to prepare one, and one whole."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.casework import WORKERS, colleagues
from sild.kernel.casework_pages import declare_casework
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import read_version, reason_of
from sild.wings.clearance.actions import (
    POSITIONED,
    PREPARERS,
    WRITES_FOR_OTHERS,
    cite_precedent,
    decide_donation,
    describe_donation,
    prepare_donation,
    reopen_donation,
    state_position,
)
from sild.wings.clearance.forms import outcome_of, position_of, precedent_of, prepared_of
from sild.wings.clearance.reads import DONATION, donation_record, donations_of, list_donations
from sild.wings.clearance.rules import OUTCOMES, DonationState, Stance
from sild.wings.register.public import line_record

READERS = PEOPLE - {Role.AUDITOR}
ONE = {"donation": DONATION}
URLS = {
    "assign": "clearance.donation_assign",
    "step": "clearance.donation_step",
    "note": "clearance.donation_note",
    "access": "access.donation",
}
MOST_SHOWN = 200


@page("clearance.donations", "donations/", roles=READERS)
def all_donations(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The decisions that the reader may see, the newest first: also the precedents of the desk."""
    state, category = request.GET.get("state", "")[:20], request.GET.get("category", "")[:40]
    rows, after = list_donations(actor, state=state, category=category, limit=MOST_SHOWN)
    context = {"rows": rows, "cut": after is not None, "state": state, "in_force": bool(state or category), "states": tuple(DonationState)}
    return render(request, "clearance/donations.html", context)


@page("clearance.line_donations", "lines/<uuid:line>/donations/", roles=READERS, subjects={"line": "register.Line"})
def of_line(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """The decisions on the thing of one line, and a form to prepare one."""
    record, _beside = line_record(actor, line)
    may = bool(actor.roles & PREPARERS)
    return render(request, "clearance/line_donations.html", {"line": record, "rows": donations_of(actor, [line]), "may": may})


@page(
    "clearance.prepare_donation", "lines/<uuid:line>/donations/new/", roles=PREPARERS, methods=("POST",), subjects={"line": "register.Line"}
)
def prepare(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """Prepare the decision on the thing of a line; one of one's own that waits is shown."""
    return _done(
        request, prepare_donation(actor, line, prepared_of(request.POST)), _("The decision is prepared. Others say their position.")
    )


@page("clearance.donation", "donations/<uuid:donation>/", roles=READERS, subjects=ONE)
def show_donation(request: HttpRequest, actor: Actor, donation: UUID) -> HttpResponse:
    """A decision whole."""
    record = donation_record(actor, donation)
    working, waits = bool(actor.roles & WORKERS), record.row.state == DonationState.PREPARED
    may_write = record.may_write and bool(actor.roles & PREPARERS)
    context = {
        "record": record,
        "may_write": waits and may_write,
        "may_reopen": not waits and may_write,
        "may_speak": waits and bool(actor.roles & POSITIONED),
        "names_others": bool(actor.roles & WRITES_FOR_OTHERS),
        "stances": tuple(Stance),
        "outcomes": OUTCOMES,
        "working": working,
        "colleagues": colleagues(actor) if working else (),
        "person": actor.person,
        "urls": URLS,
    }
    return render(request, "clearance/donation.html", context)


@page("clearance.describe_donation", "donations/<uuid:donation>/details/", roles=PREPARERS, methods=("POST",), subjects=ONE)
def describe(request: HttpRequest, actor: Actor, donation: UUID) -> HttpResponse:
    """Say anew what it is for, what else it could do, and under which conditions."""
    describe_donation(actor, donation, prepared_of(request.POST), version=read_version(request), reason=reason_of(request))
    return _done(request, donation, _("The details were kept."))


@page("clearance.position", "donations/<uuid:donation>/positions/", roles=POSITIONED, methods=("POST",), subjects=ONE)
def position(request: HttpRequest, actor: Actor, donation: UUID) -> HttpResponse:
    """Say a state's position."""
    state_position(actor, donation, position_of(request.POST), version=read_version(request), reason=reason_of(request))
    return _done(request, donation, _("The position was written."))


@page("clearance.precedent", "donations/<uuid:donation>/precedents/", roles=PREPARERS, methods=("POST",), subjects=ONE)
def precedent(request: HttpRequest, actor: Actor, donation: UUID) -> HttpResponse:
    """Hold a precedent beside the decision."""
    cite_precedent(actor, donation, precedent_of(request.POST), version=read_version(request))
    return _done(request, donation, _("The precedent was kept."))


@page("clearance.decide_donation", "donations/<uuid:donation>/decision/", roles=PREPARERS, methods=("POST",), subjects=ONE)
def decide(request: HttpRequest, actor: Actor, donation: UUID) -> HttpResponse:
    """Write down what was decided."""
    decide_donation(actor, donation, outcome_of(request.POST), version=read_version(request), reason=reason_of(request))
    return _done(request, donation, _("The decision was written. Its conditions stay with the line."))


@page("clearance.reopen_donation", "donations/<uuid:donation>/reopening/", roles=PREPARERS, methods=("POST",), subjects=ONE)
def reopen(request: HttpRequest, actor: Actor, donation: UUID) -> HttpResponse:
    """Take a decision up again."""
    reopen_donation(actor, donation, version=read_version(request), reason=reason_of(request))
    return _done(request, donation, _("The decision was taken up again."))


def _done(request: HttpRequest, donation: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("clearance.donation", args=[donation]))


declare_casework("donation", DONATION, names="clearance.donation_", path="donations/", back="clearance.donation")
