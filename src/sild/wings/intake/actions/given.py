"""A giver's cleared draft of an offer leaves its house: it comes in as a message of one row, with the giver's own words in its cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from sild.formats.template import TEMPLATE, pasted_sheet
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from sild.kernel.jobs import SERVICE
from sild.kernel.shapes import plain
from sild.values.marking import Marking
from sild.values.reference import spelled
from sild.wings.intake.actions.arriving import receive_for
from sild.wings.intake.rules import Door
from sild.wings.parties.public import mechanism_file
from sild.wings.register.public import GIVERS, DraftView, draft_to_offer, note_offered

LANGUAGE = "en"
"""Of the headings; what stands under them is the giver's."""


@action("intake.offer-draft", roles=GIVERS, stepwise=True, recalled=True)
def offer_draft(actor: Actor, key: UUID, home: Home, *, version: int | None = None) -> str:
    """Send a cleared draft to the secretariat; returns the reference. From then on it is an offer like any other.

    The row is read by its columns, and its line is accepted by an officer as every line is. Sent twice it is one message. Raises
    NotThere, Stale; Refused where it is not cleared.
    """
    draft = draft_to_offer(actor, key, version)
    run = actor_named(mechanism_file(actor).mechanism, SERVICE, started_by=actor.name)
    name = _("offer of {giver}").format(giver=draft.provider)
    received = receive_for(run, f"{name[:200]}.tsv", _sheet(draft), home, Door.SHEET)
    note_offered(actor, key, received.message, received.reference, version=draft.version)
    return spelled(received.reference)


def _sheet(draft: DraftView) -> bytes:
    """The row under the headings of the sheet of offers, always the same for the same draft."""
    told = {
        "item": draft.item,
        "category": TEMPLATE.label("category", draft.category, LANGUAGE) if draft.category else "",
        "quantity": _amount(draft.quantity),
        "unit": draft.unit,
        "provider": draft.provider,
        "beneficiary": draft.beneficiary,
        "available_from": _day(draft.available_from),
        "available_until": _day(draft.available_until),
        "value_amount": _amount(draft.value_amount),
        "value_currency": draft.value_currency,
        "conditions": draft.terms,
        "tlp": Marking(draft.marking).label,
        # two drafts in the same words are two offers
        "reference": str(draft.id),
    }
    row = "\t".join(" ".join(told[column.name].replace('"', "”").split()) for column in TEMPLATE.sheet("offer").columns)
    return pasted_sheet(TEMPLATE, row, "offer", LANGUAGE).data


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else plain(amount)


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d.%m.%Y}"
