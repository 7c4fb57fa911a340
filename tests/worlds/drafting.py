"""Drafts of offers in the base world: each giver keeps one at every stage that does not leave its house."""

from __future__ import annotations

from decimal import Decimal

from sild.kernel.actor import Actor
from sild.wings.register.actions import move_offer_draft, write_offer_draft
from sild.wings.register.rules import DraftStep, DraftWords

WAYS = (
    (),
    (DraftStep.SENT,),
    (DraftStep.SENT, DraftStep.CLEARED),
    (DraftStep.SENT, DraftStep.SENT_BACK),
    (DraftStep.DROPPED,),
)


def draft_offers(givers: list[Actor]) -> None:
    """Write the drafts, and take each as far as its way goes."""
    for giver in givers:
        for number, way in enumerate(WAYS):
            words = DraftWords(
                item=f"Firewalls of the worlds {number}", category="network-security", quantity=Decimal(number + 3), unit="pieces"
            )
            key = write_offer_draft(giver, words)
            for step in way:
                move_offer_draft(giver, key, step, words="for the worlds")
