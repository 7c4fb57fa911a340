"""Compartments: those that the reader is in, who else is, what lies in them; opening one, and letting seats in or taking them out.

A change is asked for on the page of the compartment, shown with its effect, and done on a second page with a reason.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from sild.kernel.actor import Actor
from sild.kernel.moving import KEEPERS, change_compartment_members, compartments_of, open_compartment
from sild.kernel.page import page
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.rooms import RoomChange, compartment_page, proposed_members, seats_for_compartment
from sild.wings.intake.reads.rooms import messages_in_compartment

LONGEST_REASON = 4000
KINDS = {
    "intake.Message": gettext_noop("Messages"),
    "register.Line": gettext_noop("Lines"),
    "register.Need": gettext_noop("Needs"),
    "register.Offer": gettext_noop("Offers"),
    "planning.Plan": gettext_noop("Plans"),
    "clearance.LicenceCase": gettext_noop("Licence cases"),
    "agreements.Agreement": gettext_noop("Agreements"),
    "agreements.NoHelp": gettext_noop("Words of givers who cannot help"),
    "disclosure.Report": gettext_noop("Situation reports"),
    "delivery.Consignment": gettext_noop("Consignments"),
    "delivery.LetOn": gettext_noop("Words that let something go out"),
    "money.Flow": gettext_noop("Flows of money"),
    "signals.Incident": gettext_noop("Incidents"),
    "signals.PublicStatement": gettext_noop("Public statements"),
    "signals.SpeakingNotice": gettext_noop("Notices before something is said"),
    "signals.InfluenceStudy": gettext_noop("Studies of statements and incidents"),
    "continuity.System": gettext_noop("Systems"),
    "continuity.Dataset": gettext_noop("Datasets"),
    "continuity.Host": gettext_noop("Hosts"),
    "clearance.CaseDocument": gettext_noop("Papers of licence cases"),
    "clearance.Objection": gettext_noop("Objections"),
    "clearance.Donation": gettext_noop("Decisions on dual-use donations"),
    "clearance.ConditionWord": gettext_noop("Words on conditions"),
    "clearance.Handover": gettext_noop("Hand-overs"),
}
"""What a page counts by name; the rest (texts, links, rulings) goes with these."""


@page("access.compartments", "access/compartments/", roles=KEEPERS, methods=("GET", "POST"))
def compartments(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The compartments that the reader is in, and a form that opens one."""
    if request.method == "POST":
        name, reason = request.POST.get("name", "").strip(), _reason(request)
        opened = open_compartment(actor, name, _seats(request), reason=reason)
        messages.success(request, _("The compartment {name} is open. Nobody outside it sees that it is there.").format(name=name))
        return HttpResponseRedirect(reverse("access.compartment", args=[opened]))
    context = {
        "rooms": compartments_of(actor),
        "seats": [seat for seat in seats_for_compartment(actor) if not seat.mine],
        "url": reverse("access.compartments"),
    }
    return render(request, "intake/compartments.html", context)


@page(
    "access.compartment",
    "access/compartments/<uuid:compartment>/",
    roles=KEEPERS,
    methods=("GET", "POST"),
    subjects={"compartment": "kernel.Compartment"},
)
def compartment(request: HttpRequest, actor: Actor, compartment: UUID) -> HttpResponse:
    """One compartment: who is in it, what lies there, who let whom in; a change of its members."""
    room = compartment_page(actor, compartment)
    if request.method == "POST":
        return _change(request, actor, compartment, room.name, room.version)
    context = {
        "room": room,
        "holds": [(_(KINDS[label]), count) for label, count in room.holds.items() if label in KINDS],
        "kept": messages_in_compartment(actor, compartment),
        "url": reverse("access.compartment", args=[compartment]),
    }
    return render(request, "intake/compartment.html", context)


def _change(request: HttpRequest, actor: Actor, compartment: UUID, name: str, version: int) -> HttpResponse:
    url, members = reverse("access.compartment", args=[compartment]), _seats(request)
    if request.POST.get("sure") != "yes":
        change = proposed_members(actor, compartment, members)
        if not change.let_in and not change.taken_out:
            raise Refused(_("These seats are in it already, and no others: nothing would change."))
        told = {
            "title": _("Change who is in {name}").format(name=name),
            "effects": _effects(change),
            "names": None,
            "fields": {"seats": " ".join(map(str, members)), "sure": "yes"},
            "version": version,
            "act_url": url,
            "act_label": _("Change it"),
            "back_url": url,
            "reason_wanted": True,
            "danger": bool(change.let_in),
        }
        return render(request, "intake/access_sure.html", told)
    change_compartment_members(actor, compartment, members, reason=_reason(request), version=_version(request))
    messages.success(request, _("Who is in {name} is changed.").format(name=name))
    return HttpResponseRedirect(url)


def _effects(change: RoomChange) -> list[str]:
    told = []
    for name, seen in change.let_in:
        words = ngettext(
            "{name} comes in and sees {seen} of the {count} record in it, with its history.",
            "{name} comes in and sees {seen} of the {count} records in it, with their history.",
            change.records,
        )
        told.append(words.format(name=name, seen=seen, count=change.records))
    told += [_("{name} goes out and sees nothing of it any more.").format(name=name) for name in change.taken_out]
    told.append(_("In it stay: {names}.").format(names="; ".join(change.stay)))
    return told


def _seats(request: HttpRequest) -> list[UUID]:
    """The ticked seats, from the boxes or from the second page. Raises NotThere."""
    try:
        return sorted({UUID(text) for text in (*request.POST.getlist("seat"), *request.POST.get("seats", "").split())})
    except ValueError as fault:
        raise NotThere(_("There is no such seat in your organisation.")) from fault


def _reason(request: HttpRequest) -> str:
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    if not reason:
        raise Refused(_("Say why: the reason stays with the act."))
    return reason


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
