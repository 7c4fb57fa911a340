"""How far a need is, on whatever page the need is: the wings below delivery cannot ask it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse

from sild.kernel.page import PAGES
from sild.wings.delivery.public import NeedStatus, Place, delivery_of_need, delivery_of_offer, statuses_of_offers
from sild.wings.money.public import flows_of_offer

register = template.Library()


@register.inclusion_tag("delivery/parts/status.html", takes_context=True)
def delivered(context: dict[str, Any], need: UUID) -> dict[str, Any]:
    """How far a need is that the reader sees, with the way to the rows behind each sum."""
    actor = context["request"].actor
    if not actor.roles & PAGES["delivery.need"].roles:
        return {"status": None}
    found = delivery_of_need(actor, need)
    return _table(found.status, found.unit, reverse("delivery.need", args=[need]))


@register.inclusion_tag("delivery/parts/status.html")
def status_table(status: NeedStatus, unit: str) -> dict[str, Any]:
    """The same of a status that was read."""
    return _table(status, unit, "")


def _table(status: NeedStatus, unit: str, url: str) -> dict[str, Any]:
    places = [(place, status.at(place), status.share(status.at(place))) for place in Place]
    return {
        "status": status,
        "unit": unit,
        "url": url,
        "places": places,
        "unmatched_share": status.share(status.unmatched or Decimal(0)) if status.unmatched is not None else None,
    }


@register.inclusion_tag("delivery/parts/offer_status.html", takes_context=True)
def offered(context: dict[str, Any], offer: UUID) -> dict[str, Any]:
    """How far an offer is that the reader sees, with the way to the rows behind each sum."""
    actor = context["request"].actor
    if not actor.roles & PAGES["delivery.offer"].roles:
        return {"status": None}
    found = delivery_of_offer(actor, offer)
    return {"status": found.status, "unit": found.unit, "url": reverse("delivery.offer", args=[offer])}


@register.simple_tag(takes_context=True)
def offer_states(context: dict[str, Any], rows: Iterable[Any]) -> list[tuple[Any, str]]:
    """The rows of a list of offers, each with what the offer is called as a whole; "" for a reader who is not told."""
    actor, rows = context["request"].actor, list(rows)
    if not actor.roles & PAGES["delivery.offer"].roles:
        return [(row, "") for row in rows]
    told = statuses_of_offers(actor, [row.id for row in rows])
    return [(row, told[row.id].state if row.id in told else "") for row in rows]


@register.inclusion_tag("delivery/parts/offer_money.html", takes_context=True)
def offer_money(context: dict[str, Any], offer: UUID) -> dict[str, Any]:
    """The money that was written down for an offer or an agreement on it, as far as the reader sees it and who gives it."""
    actor = context["request"].actor
    may = bool(actor.roles & PAGES["money.flow"].roles)
    return {"may": may, "rows": flows_of_offer(actor, offer) if may else []}
