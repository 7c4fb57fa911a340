"""Who speaks of a consignment: the sides of its agreement; a giver speaks for the carrier that it sends too."""

from __future__ import annotations

from uuid import UUID

from sild.kernel.actor import Actor
from sild.wings.agreements.public import About, AgreementSide, Hearing, sides_of
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


def about_of(one: Consignment) -> About:
    """What a consignment hangs on."""
    return About(need=one.need_id, offer=one.offer_id, agreement=one.agreement_id)


def readers_of(hearing: Hearing, one: Consignment, provider: str) -> frozenset[UUID]:
    """To whom a consignment goes besides its owner: to the sides of its agreement, but for those from whom that is withheld."""
    return hearing.of_agreement(about_of(one), one.body, provider) - hearing.kept_from(one.agreement_id)
