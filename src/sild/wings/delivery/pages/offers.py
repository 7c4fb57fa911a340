"""The pages of how far offers are: one with the rows behind its sums, and the list, also as a file."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.downloads import CSV, download
from sild.kernel.listing import MOST_IN_A_FILE, MOST_ROWS, as_csv
from sild.kernel.page import page
from sild.wings.delivery.reads import OfferStateRow, delivery_of_offer, list_offer_states
from sild.wings.delivery.rules.offers import OfferState
from sild.wings.register.public import OfferFilter

READERS = PEOPLE - {Role.AUDITOR}
SHOWN = 40
LONGEST = 300
FILTERS = ("text", "provider", "beneficiary", "category")
COLUMNS = (
    "id",
    "title",
    "provider",
    "beneficiary",
    "category",
    "quantity",
    "unit",
    "state",
    "places",
    "over",
    "available_until",
    "marking",
)
"""What a file of offers holds of each."""


@page("delivery.offer", "offers/<uuid:offer>/delivery/", roles=READERS, subjects={"offer": "register.Offer"})
def of_offer(request: HttpRequest, actor: Actor, offer: UUID) -> HttpResponse:
    """How far an offer is: each sum with the rows behind it."""
    return render(request, "delivery/offer.html", {"found": delivery_of_offer(actor, offer)})


@page("delivery.offers", "offers/delivery/", roles=READERS)
def of_offers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How far the offers are that the reader may see, the newest first; as a file where the address says format=csv."""
    told = {name: text for name in FILTERS if (text := request.GET.get(name, "")[:LONGEST].replace("\x00", "").strip())}
    text, provider, beneficiary, category = (told.get(name, "") for name in FILTERS)
    wanted = OfferFilter(text=text, provider=provider, beneficiary=beneficiary, category=category)
    state = state_of(request.GET.get("state", ""))
    if state is not None:
        told["state"] = state
    if request.GET.get("format") == "csv":
        return _csv(actor, wanted, state)
    rows, after = list_offer_states(actor, wanted, state=state, after=request.GET.get("after", ""), limit=SHOWN)
    here = reverse("delivery.offers")
    context = {
        "rows": rows,
        "told": told,
        "states": tuple(OfferState),
        "clear_url": here,
        "csv_url": f"{here}?{urlencode({**told, 'format': 'csv'})}",
        "next_url": f"{here}?{urlencode({**told, 'after': after})}" if after else "",
    }
    return render(request, "delivery/offers.html", context)


def state_of(text: str) -> OfferState | None:
    """The state that an address names, None where it names none."""
    return OfferState(text) if text in {*OfferState} else None


def _csv(actor: Actor, wanted: OfferFilter, state: OfferState | None) -> HttpResponse:
    """The first ten thousand offers as a file, made whole before it is sent."""
    rows: list[OfferStateRow] = []
    after = ""
    while len(rows) < MOST_IN_A_FILE:
        found, after = list_offer_states(actor, wanted, state=state, after=after, limit=MOST_ROWS)
        rows += found
        if not after:
            break
    return download(as_csv(rows[:MOST_IN_A_FILE], [(name, name) for name in COLUMNS]), "offer-states.csv", CSV)
