"""What senders answered and what they were told: answers wait for an officer's word, acknowledgements are read, held and released."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sild.kernel import home as homes
from sild.kernel.actor import Actor, Role
from sild.kernel.page import offer_undo, page
from sild.kernel.post import post_office
from sild.kernel.refusals import Refused
from sild.wings.intake.actions.receipts import hold_receipt, release_receipt
from sild.wings.intake.actions.replies import confirm_reply, dismiss_reply
from sild.wings.intake.pages.words import inert
from sild.wings.intake.reads.correspondence import receipts, replies
from sild.wings.intake.rules import ReceiptState, Why

OFFICERS = frozenset({Role.OFFICER})
WORDS = {
    "received": noop("received, no more than that"),
    "accept": noop("accepted"),
    "commit": noop("committed"),
    "decline": noop("declined"),
}
STATES = {
    ReceiptState.QUEUED: noop("waits to be sent"),
    ReceiptState.HELD: noop("held"),
    ReceiptState.SENDING: noop("is being sent"),
    ReceiptState.SENT: noop("sent"),
    ReceiptState.FAILED: noop("failed"),
}
WHY = {
    Why.EXERCISE: noop("an exercise sends nothing"),
    Why.NOISE: noop("nothing was asked or offered"),
    Why.FORGED: noop("the receiving servers doubt the sender"),
    Why.OLD: noop("the message is older than a week"),
    Why.HOURLY: noop("another one went to this address within the hour"),
    Why.OFFICER: noop("an officer holds it"),
    Why.BROKEN_OFF: noop("its sending was broken off; it may have gone"),
}


@page("intake.correspondence", "inbox/correspondence/", roles=OFFICERS)
def show_correspondence(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Answers that wait, then acknowledgements, the newest first."""
    said = [
        {
            "reply": one,
            "word": _(WORDS[one.word]) if one.word in WORDS else inert(one.word),
            "evidence": inert(one.evidence),
            "sender": inert(one.sender),
            "servers": [inert(text) for text in one.authentication],
            "subject": inert(one.subject),
        }
        for one in replies(actor)
    ]
    told = [
        {
            "receipt": one,
            "to": inert(one.to),
            "state": _(STATES[ReceiptState(one.state)]),
            "why": _(WHY[Why(one.why)]) if one.why else "",
            "may_go": one.state in (ReceiptState.HELD, ReceiptState.FAILED) and one.why != Why.EXERCISE,
            "may_be_held": one.state == ReceiptState.QUEUED,
        }
        for one in receipts(actor)
    ]
    context = {"replies": said, "receipts": told, "sends": post_office(homes.current()) is not None}
    return render(request, "intake/correspondence.html", context)


REPLY = {"reply": "intake.Reply"}
RECEIPT = {"receipt": "intake.Receipt"}


@page("intake.decide-reply", "inbox/replies/<uuid:reply>/", roles=OFFICERS, methods=("POST",), subjects=REPLY)
def decide_reply(request: HttpRequest, actor: Actor, reply: UUID) -> HttpResponse:
    """Confirm or dismiss what a sender answered."""
    verbs: dict[str, tuple[Callable[..., Any], str]] = {
        "confirm": (confirm_reply, _("The answer is confirmed, and noted beside what it speaks of.")),
        "dismiss": (dismiss_reply, _("The answer is dismissed.")),
    }
    return _done(request, actor, reply, verbs)


@page("intake.decide-receipt", "inbox/receipts/<uuid:receipt>/", roles=OFFICERS, methods=("POST",), subjects=RECEIPT)
def decide_receipt(request: HttpRequest, actor: Actor, receipt: UUID) -> HttpResponse:
    """Release or hold an acknowledgement."""
    verbs: dict[str, tuple[Callable[..., Any], str]] = {
        "release": (release_receipt, _("The acknowledgement is released and will be sent.")),
        "hold": (hold_receipt, _("The acknowledgement is held.")),
    }
    return _done(request, actor, receipt, verbs)


def _done(request: HttpRequest, actor: Actor, key: UUID, verbs: dict[str, tuple[Callable[..., Any], str]]) -> HttpResponse:
    said = request.POST.get("do", "")
    version = request.POST.get("version", "")
    if said not in verbs:
        raise Refused(_("Say what is to be done: {verbs}.").format(verbs=", ".join(verbs)))
    verb, told = verbs[said]
    verb(actor, key, version=int(version) if version.isdecimal() and len(version) < 10 else 0)
    if said == "release":
        messages.success(request, told)
    else:
        offer_undo(request, told)
    return HttpResponseRedirect(reverse("intake.correspondence"))
