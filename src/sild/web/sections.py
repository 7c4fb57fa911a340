"""The sections of the desk, in the order of the work, each for the roles that its page is for."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sild.kernel.actor import Actor
from sild.kernel.page import PAGES

SECTIONS = (
    ("web.waiting", gettext_noop("Waiting for me")),
    ("intake.inbox", gettext_noop("Inbox")),
    ("register.needs", gettext_noop("Needs")),
    ("register.offers", gettext_noop("Offers")),
    ("linkage.links", gettext_noop("Links")),
    ("register.gates", gettext_noop("Gates")),
    ("clearance.board", gettext_noop("Licences")),
    ("screening.parties", gettext_noop("Screening")),
    ("planning.plan", gettext_noop("Plan")),
    ("agreements.list", gettext_noop("Agreements")),
    ("delivery.list", gettext_noop("Consignments")),
    ("money.list", gettext_noop("Money")),
    ("parties.people", gettext_noop("People")),
    ("web.ledger", gettext_noop("Ledger")),
)
"""Page name and label."""


def sections_for(actor: Actor, path: str) -> list[dict[str, Any]]:
    """What the navigation shows to the actor: label, url, whether it is the current one."""
    shown = []
    for name, label in SECTIONS:
        declared = PAGES.get(name)
        if declared is None or not actor.roles & declared.roles:
            continue
        url = reverse(name)
        current = path == url or (url != "/" and path.startswith(url))
        shown.append({"label": _(label), "url": url, "current": current, "count": None})
    return shown
