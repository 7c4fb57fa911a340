"""Pages about people: who sits on which seat, what a seat sees, inviting, ending a seat, letting somebody in again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sild.kernel.actor import Actor, Role
from sild.kernel.moving import KEEPERS
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.wings.parties.actions import (
    Link,
    ask_recovery,
    confirm_link,
    invite_member,
    vacate_seat,
    withdraw_invitation,
)
from sild.wings.parties.actions.people import OFFICERS
from sild.wings.parties.forms import InviteForm, ReasonForm
from sild.wings.parties.reads import people_page, seat_page
from sild.wings.parties.rules import INVITATION_DAYS, RECOVERY_DAYS

SEAT = {"place": "kernel.Member"}
LINK = {"invitation": "kernel.Invitation"}

DOES = {
    Role.OFFICER: gettext_noop("Accepts what was read from messages, keeps the register, makes the plan, and gives seats to people."),
    Role.TECHNICAL_GATE: gettext_noop("Rules whether a need can be done and makes sense technically."),
    Role.INTERAGENCY_GATE: gettext_noop("Rules whether a need matters enough to be asked for in the country's name."),
    Role.RECIPIENT: gettext_noop("Tells what its organisation needs and follows what becomes of it."),
    Role.DONOR: gettext_noop("Tells what its organisation gives, to whom it is shown, and follows what becomes of it."),
    Role.COMPANY: gettext_noop("Tells what its organisation offers and follows what becomes of it."),
    Role.LICENCE_LIAISON: gettext_noop("Follows the export licences that offers wait for."),
    Role.AUDITOR: gettext_noop("Reads who did what and when in the whole mechanism, and changes nothing."),
}
"""What the person on a seat with the role will do, in words for whoever invites them."""


@page("parties.people", "people/")
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everybody whom the reader knows of, the secretariat first."""
    found = people_page(actor, after=_identifier(request.GET.get("after", "")))
    return render(request, "parties/people.html", {"found": found, "keeper": bool(actor.roles & KEEPERS)})


@page("parties.seat", "people/<uuid:place>/", subjects=SEAT)
def one_seat(request: HttpRequest, actor: Actor, place: UUID) -> HttpResponse:
    """One seat: what it sees and does, who may be invited to it, how it ends."""
    return _show(request, actor, place)


@page("parties.invite", "people/<uuid:place>/invite/", roles=OFFICERS, methods=("POST",), subjects=SEAT)
def invite(request: HttpRequest, actor: Actor, place: UUID) -> HttpResponse:
    """Make a link and show it, this once. The answer is no redirect: the link is kept nowhere that a second page could read.

    Where a second officer has to confirm first there is no link yet: the page of the seat says so.
    """
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _show(request, actor, place, invite_form=form, status=422)
    link = invite_member(actor, place, form.cleaned_data["email"])
    if link.waits:
        messages.success(request, _("The invitation waits: another officer confirms it and gets the link to pass on."))
        return HttpResponseRedirect(reverse("parties.seat", args=[place]))
    return _show_link(request, actor, place, link, email=form.cleaned_data["email"], days=INVITATION_DAYS)


@page(
    "parties.withdraw-invitation",
    "people/invitations/<uuid:invitation>/withdraw/",
    roles=OFFICERS,
    methods=("POST",),
    subjects=LINK,
)
def withdraw(request: HttpRequest, actor: Actor, invitation: UUID) -> HttpResponse:
    """End a link before it is used."""
    withdraw_invitation(actor, invitation)
    offer_undo(request, _("The link is withdrawn."))
    return HttpResponseRedirect(reverse("parties.people"))


@page("parties.vacate", "people/<uuid:place>/vacate/", roles=OFFICERS, methods=("POST",), subjects=SEAT)
def vacate(request: HttpRequest, actor: Actor, place: UUID) -> HttpResponse:
    """End the occupation of a seat, for a reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, actor, place, vacate_form=form, status=422)
    vacate_seat(actor, place, version=_version(request), reason=form.cleaned_data["reason"])
    offer_undo(request, _("The seat is free. Whoever sat on it acts no more from it."))
    return HttpResponseRedirect(reverse("parties.seat", args=[place]))


@page("parties.ask-recovery", "people/<uuid:place>/recovery/", roles=OFFICERS, methods=("POST",), subjects=SEAT)
def ask(request: HttpRequest, actor: Actor, place: UUID) -> HttpResponse:
    """Ask to let somebody in again who lost password or second factor."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, actor, place, recovery_form=form, status=422)
    ask_recovery(actor, place, reason=form.cleaned_data["reason"])
    messages.success(request, _("The recovery is asked for. It begins when another officer confirms it."))
    return HttpResponseRedirect(reverse("parties.seat", args=[place]))


@page(
    "parties.confirm-recovery",
    "people/<uuid:place>/recovery/<uuid:invitation>/confirm/",
    roles=OFFICERS,
    methods=("POST",),
    subjects=SEAT | LINK,
)
def confirm(request: HttpRequest, actor: Actor, place: UUID, invitation: UUID) -> HttpResponse:
    """The second officer confirms a recovery or an invitation and gets the link, this once."""
    asked = next((one for one in seat_page(actor, place).links if one.id == invitation), None)
    link = confirm_link(actor, invitation, place, version=_version(request))
    if asked is None or asked.recovers:
        return _show_link(request, actor, place, link, email="", days=RECOVERY_DAYS)
    return _show_link(request, actor, place, link, email=asked.email, days=INVITATION_DAYS)


def _show(
    request: HttpRequest,
    actor: Actor,
    place: UUID,
    *,
    invite_form: InviteForm | None = None,
    vacate_form: ReasonForm | None = None,
    recovery_form: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    one = seat_page(actor, place)
    wrong = next((form for form in (invite_form, vacate_form, recovery_form) if form is not None), None)
    context = {
        "place": one,
        "does": [_(DOES[Role(role)]) for role in one.roles if Role(role) in DOES],
        "manages": Role.OFFICER in actor.roles and people_page(actor, limit=1).manages,
        "form": wrong,
        "invite_form": invite_form or InviteForm(),
        "vacate_form": vacate_form or ReasonForm(auto_id="vacate_%s"),
        "recovery_form": recovery_form or ReasonForm(auto_id="recovery_%s"),
        "days": INVITATION_DAYS,
    }
    return render(request, "parties/seat.html", context, status=status)


def _show_link(request: HttpRequest, actor: Actor, place: UUID, link: Link, *, email: str, days: int) -> HttpResponse:
    address = request.build_absolute_uri(reverse("web.join", args=[link.secret]))
    return render(
        request,
        "parties/link.html",
        {"place": seat_page(actor, place), "address": address, "email": email, "days": days},
    )


def _version(request: HttpRequest) -> int:
    """The version that the form was made from. Raises Refused where it says none."""
    text = request.POST.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused(_("The form did not say which state it was made from. Load the page anew and try again."))
    return int(text)


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
