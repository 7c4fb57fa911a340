"""How far a need is, on whatever page the need is: the wings below delivery cannot ask it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse

from sild.kernel.page import PAGES
from sild.wings.delivery.public import NeedStatus, Place, delivery_of_need

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
