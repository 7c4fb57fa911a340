"""The sections of the desk, in the order of the work, each for the roles that its page is for; those that belong together in a group."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sild.kernel.actor import Actor
from sild.kernel.page import PAGES

SECTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("", (("web.waiting", gettext_noop("Waiting for me")),)),
    ("", (("intake.inbox", gettext_noop("Inbox")),)),
    (
        gettext_noop("Register"),
        (
            ("register.needs", gettext_noop("Needs")),
            ("register.offers", gettext_noop("Offers")),
            ("register.offer-drafts", gettext_noop("Own drafts of offers")),
            ("linkage.links", gettext_noop("Links")),
            ("register.gates", gettext_noop("Gates")),
        ),
    ),
    (
        gettext_noop("Clearance"),
        (
            ("clearance.board", gettext_noop("Licences")),
            ("clearance.objections", gettext_noop("Objections")),
            ("clearance.donations", gettext_noop("Dual-use decisions")),
            ("clearance.handovers", gettext_noop("Hand-overs")),
            ("screening.parties", gettext_noop("Screening")),
        ),
    ),
    (
        gettext_noop("Plan"),
        (
            ("planning.plan", gettext_noop("Plan")),
            ("planning.lights", gettext_noop("Deliverability")),
            ("planning.limits", gettext_noop("Limits")),
            ("agreements.list", gettext_noop("Agreements")),
            ("delivery.list", gettext_noop("Consignments")),
            ("outlook.absorption", gettext_noop("Absorption")),
            ("outlook.sustainment", gettext_noop("What lapses")),
            ("outlook.concentration", gettext_noop("Dependence")),
        ),
    ),
    ("", (("money.list", gettext_noop("Money")),)),
    (
        gettext_noop("Diplomacy"),
        (
            ("diplomacy.norms", gettext_noop("Norms")),
            ("diplomacy.measures", gettext_noop("Confidence-building measures")),
            ("diplomacy.topics", gettext_noop("Positions")),
            ("diplomacy.treaties", gettext_noop("Treaties")),
        ),
    ),
    (
        gettext_noop("Attribution"),
        (
            ("attribution.list", gettext_noop("Cases")),
            ("response.list", gettext_noop("Responses")),
        ),
    ),
    (
        gettext_noop("Continuity"),
        (
            ("continuity.board", gettext_noop("Systems")),
            ("continuity.hosts", gettext_noop("Hosts")),
            ("continuity.custody-board", gettext_noop("Custody")),
            ("continuity.evacuations", gettext_noop("Evacuation")),
            ("continuity.lights-out", gettext_noop("Lights out")),
            ("continuity.way-home", gettext_noop("Way home")),
            ("continuity.standby", gettext_noop("Standby")),
        ),
    ),
    (
        gettext_noop("Signals"),
        (
            ("signals.incidents", gettext_noop("Incidents")),
            ("signals.statements", gettext_noop("Said in public")),
            ("signals.studies", gettext_noop("Does an attack follow?")),
            ("signals.notices", gettext_noop("Before we speak")),
        ),
    ),
    ("", (("disclosure.list", gettext_noop("Reports")),)),
    ("", (("parties.people", gettext_noop("People")),)),
    ("", (("web.ledger", gettext_noop("Ledger")),)),
)
"""Groups, each with a label ("" where it is one section) and its sections: page name and label."""

BELONGS: dict[str, tuple[str, ...]] = {
    "outlook.absorption": ("outlook.deliveries",),
    "diplomacy.measures": ("diplomacy.contacts",),
    "diplomacy.topics": ("diplomacy.draft",),
}
"""Pages under other addresses that stand in a section."""


def sections_for(actor: Actor, path: str) -> list[dict[str, Any]]:
    """What the navigation shows to the actor: label, url, whether it is the current one, and the sections inside of the current group."""
    shown = []
    for label, sections in SECTIONS:
        inside = [_shown(name, words, path) for name, words in sections if _is_for(actor, name)]
        if not inside:
            continue
        first, current = inside[0], any(section["current"] for section in inside)
        shown.append(
            {
                "label": _(label) if len(inside) > 1 else first["label"],
                "url": first["url"],
                "current": current,
                "count": None,
                "inside": inside if current and len(inside) > 1 else [],
            }
        )
    return shown


def _is_for(actor: Actor, name: str) -> bool:
    declared = PAGES.get(name)
    return declared is not None and bool(actor.roles & declared.roles)


def _shown(name: str, label: str, path: str) -> dict[str, Any]:
    inside = _addresses(name, get_script_prefix())
    return {"label": _(label), "url": inside[0], "current": any(path == one or (one != "/" and path.startswith(one)) for one in inside)}


@cache
def _addresses(name: str, _prefix: str) -> tuple[str, ...]:
    """The section's own address, then those of the pages that stand in it; under a prefix they are others."""
    return tuple(reverse(one) for one in (name, *BELONGS.get(name, ())))
