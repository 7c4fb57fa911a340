"""The button that lets a giver's cleared draft of an offer out of its house."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel import home as homes
from sild.kernel.actor import Actor
from sild.kernel.page import page
from sild.kernel.sent import read_version
from sild.wings.intake.actions.given import offer_draft
from sild.wings.register.public import GIVERS


@page("intake.offer-draft", "offers/drafts/<uuid:draft>/offer/", roles=GIVERS, methods=("POST",), subjects={"draft": "register.OfferDraft"})
def offer_cleared_draft(request: HttpRequest, actor: Actor, draft: UUID) -> HttpResponse:
    """Send a cleared draft to the secretariat as an offer."""
    reference = offer_draft(actor, draft, homes.current(), version=read_version(request))
    messages.success(request, _("It was offered, and received as {reference}. It is read in a moment.").format(reference=reference))
    return HttpResponseRedirect(reverse("register.offer-draft", args=[draft]))
