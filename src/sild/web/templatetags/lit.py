"""The deliverability light of an agreement, on whatever page the agreement is: the wings below planning cannot ask it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse

from sild.kernel.page import PAGES
from sild.wings.planning.public import light_of_agreement

register = template.Library()


@register.inclusion_tag("planning/parts/light.html", takes_context=True)
def agreement_light(context: dict[str, Any], agreement: UUID | None, need: UUID | None) -> dict[str, Any]:
    """The light of an agreement as the reader may know it, with the way to the page of its need's (`need`: where they see it)."""
    actor = context["request"].actor
    if agreement is None or not actor.roles & PAGES["planning.gate"].roles:
        return {"row": None, "hidden": False}
    row = light_of_agreement(actor, agreement)
    return {
        "row": row,
        "hidden": row is None,
        "gate_url": reverse("planning.gate", args=[need]) if need is not None else "",
        "tells": bool(actor.roles & PAGES["clearance.tell_licence"].roles),
        "csrf_token": context.get("csrf_token"),
    }
