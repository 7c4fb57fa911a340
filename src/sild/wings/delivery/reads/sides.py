"""Who speaks of a consignment: the sides of its agreement; a giver speaks for the carrier that it sends too."""

from __future__ import annotations

from sild.kernel.actor import Actor
from sild.wings.agreements.public import AgreementSide, sides_of
from sild.wings.delivery.models import Consignment
from sild.wings.delivery.rules.consignments import Speaker

SPEAKS_AS = {
    AgreementSide.GIVER: frozenset({Speaker.GIVER, Speaker.CARRIER}),
    AgreementSide.REQUESTER: frozenset({Speaker.RECIPIENT}),
    AgreementSide.SECRETARIAT: frozenset({Speaker.SECRETARIAT}),
}


def speakers_of(actor: Actor, one: Consignment) -> frozenset[Speaker]:
    """As whom the actor speaks."""
    return frozenset(speaker for side in sides_of(actor, one) for speaker in SPEAKS_AS[side])
