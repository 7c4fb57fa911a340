"""A giver's own drafts of offers: the list, one draft, and what its house does with it. Offering it is a page of intake."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.page import page
from sild.kernel.sent import read_version, reason_of
from sild.kernel.shapes import plain
from sild.values.marking import Marking
from sild.values.reference import spelled
from sild.wings.parties.public import mechanism_file
from sild.wings.register.actions import GIVERS, change_offer_draft, move_offer_draft, write_offer_draft
from sild.wings.register.forms import draft_step_of, draft_words_of
from sild.wings.register.pages.acts import done
from sild.wings.register.reads import offer_draft, offer_drafts
from sild.wings.register.rules import CATEGORIES, WITH_WORDS, DraftStep

DRAFT = {"draft": "register.OfferDraft"}
BY_FORM = (DraftStep.SENT, DraftStep.CLEARED, DraftStep.SENT_BACK, DraftStep.DROPPED, DraftStep.TAKEN_UP)
"""Steps that are a button, with a field for the words where there are any."""


@page("register.offer-drafts", "offers/drafts/", roles=GIVERS)
def drafts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The drafts of the reader's own organisation, and a form for a new one."""
    return render(request, "register/drafts.html", {"rows": offer_drafts(actor), **_choices(actor)})


@page("register.write-offer-draft", "offers/drafts/new/", roles=GIVERS, methods=("POST",))
def write_draft(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Begin a draft."""
    key = write_offer_draft(actor, draft_words_of(request.POST.dict()))
    return done(request, _("The draft was written. Nobody outside your organisation sees it."), reverse("register.offer-draft", args=[key]))


@page("register.offer-draft", "offers/drafts/<uuid:draft>/", roles=GIVERS, subjects=DRAFT)
def draft(request: HttpRequest, actor: Actor, draft: UUID) -> HttpResponse:
    """One draft: its words, what was done with it, and what may follow."""
    record = offer_draft(actor, draft)
    context = {
        "record": record,
        "moves": [(step, step in WITH_WORDS) for step in BY_FORM if step in record.moves],
        "may_change": DraftStep.CHANGED in record.moves,
        "may_offer": DraftStep.OFFERED in record.moves,
        "written": {
            "quantity": plain(record.quantity) if record.quantity is not None else "",
            "value": plain(record.value_amount) if record.value_amount is not None else "",
            "reference": spelled(record.reference),
        },
    }
    return render(request, "register/draft.html", context | _choices(actor))


@page("register.change-offer-draft", "offers/drafts/<uuid:draft>/change/", roles=GIVERS, methods=("POST",), subjects=DRAFT)
def change_draft(request: HttpRequest, actor: Actor, draft: UUID) -> HttpResponse:
    """Write a draft anew."""
    change_offer_draft(actor, draft, draft_words_of(request.POST.dict()), version=read_version(request))
    return done(request, _("The draft was changed."), reverse("register.offer-draft", args=[draft]))


@page("register.move-offer-draft", "offers/drafts/<uuid:draft>/step/", roles=GIVERS, methods=("POST",), subjects=DRAFT)
def move_draft(request: HttpRequest, actor: Actor, draft: UUID) -> HttpResponse:
    """Send a draft to clearance, clear it, send it back, drop it or take it up again."""
    step = draft_step_of(request.POST.dict())
    move_offer_draft(actor, draft, step, version=read_version(request), words=reason_of(request).replace("\x00", ""))
    return done(request, _("It is written down."), reverse("register.offer-draft", args=[draft]))


def _choices(actor: Actor) -> dict[str, Any]:
    return {
        "categories": tuple(sorted(CATEGORIES)),
        "markings": [one for one in Marking if one <= Marking.AMBER],
        "two_people": mechanism_file(actor).offer_clearance == "two-people",
    }
