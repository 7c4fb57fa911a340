"""What stands with lines (conditions, open objections), on whatever page the lines are: the wings below clearance cannot ask it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse

from sild.kernel.page import PAGES
from sild.wings.clearance.public import handed_over, line_conditions, open_objections

register = template.Library()


@register.inclusion_tag("clearance/parts/standing.html", takes_context=True)
def standing(context: dict[str, Any], lines: Any) -> dict[str, Any]:
    """The conditions on a line or several (things with an `id`), and the open objections to them, as far as the reader sees both."""
    actor = context["request"].actor
    keys = [one if isinstance(one, UUID) else one.id for one in (lines if isinstance(lines, Iterable) else [lines])]
    if not actor.roles & PAGES["clearance.objections"].roles:
        return {"conditions": [], "objections": [], "objections_url": ""}
    conditions, objections = line_conditions(actor, keys), open_objections(actor, keys)
    return {
        "conditions": [one for line in keys for one in conditions.get(line, ())],
        "objections": [row for line in keys for row in objections.get(line, ())],
        "objections_url": reverse("clearance.line_objections", args=keys) if len(keys) == 1 else "",
        "handovers": handed_over(actor, keys).values(),
        "handover_url": reverse("clearance.line_handover", args=keys) if len(keys) == 1 else "",
        "donations_url": reverse("clearance.line_donations", args=keys) if len(keys) == 1 else "",
    }
