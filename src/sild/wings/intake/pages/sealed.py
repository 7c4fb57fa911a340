"""Sealed messages: what bears a classification line, shown to the officers who are asked about it, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sild.kernel.actor import Actor, Role
from sild.kernel.page import page
from sild.kernel.refusals import Refused
from sild.wings.intake.actions.sealing import agree_to_opening, confirm_classified, propose_opening
from sild.wings.intake.reads.sealed import sealed_messages
from sild.wings.intake.rules import SealState

OFFICERS = frozenset({Role.OFFICER})
PLACES = {
    "subject": noop("in the subject"),
    "head": noop("at the head of the text or of a page"),
    "foot": noop("at the foot of the text or of a page"),
}
DECIDED = {
    SealState.CONFIRMED: noop("classified; wiped"),
    SealState.UNANSWERED: noop("nobody answered in time; wiped"),
    SealState.OPENED: noop("not classified; opened"),
}


@page("intake.sealed", "sealed/", roles=OFFICERS)
def show_sealed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was sealed and waits for a word, then what was decided."""
    found = sealed_messages(actor)
    waiting = [(one, _(PLACES[one.place]), one.opening_by == actor.person) for one in found if one.state == SealState.SEALED]
    decided = [(one, _(DECIDED[one.state])) for one in found if one.state != SealState.SEALED]
    return render(request, "intake/sealed.html", {"waiting": waiting, "decided": decided})


@page("intake.rule-sealed", "sealed/<uuid:sealed>/", roles=OFFICERS, methods=("POST",), subjects={"sealed": "intake.SealedMessage"})
def rule_sealed(request: HttpRequest, actor: Actor, sealed: UUID) -> HttpResponse:
    """What an officer says of a sealed message: that it is classified, that it is not, or that a colleague is right."""
    said, reason = request.POST.get("said", ""), request.POST.get("reason", "")[:4000]
    if said == "classified" and request.POST.get("sure") != "yes":
        raise Refused(_("Tick that it is to be wiped for good: nobody can bring it back."))
    verbs: dict[str, tuple[Callable[..., None], str]] = {
        "classified": (confirm_classified, _("The message was wiped. Its hash and envelope are kept.")),
        "open": (propose_opening, _("Your word is kept. A colleague has to agree.")),
        "agree": (agree_to_opening, _("The message is opened and will be read in a moment.")),
    }
    if said not in verbs:
        raise Refused(_("Say whether the message is classified."))
    verb, told = verbs[said]
    version = request.POST.get("version", "")
    verb(actor, sealed, int(version) if version.isdecimal() and len(version) < 10 else 0, reason=reason)
    messages.success(request, told)
    return HttpResponseRedirect(reverse("intake.sealed"))
