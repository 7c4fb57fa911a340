"""Verbs of requesters: accept or decline an offer. The requester decides; a declined offer stays, with the reason."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.wings.register.models import Offer, OfferAnswer
from sild.wings.register.reads.audiences import decides
from sild.wings.register.reads.own import refuse_joined
from sild.wings.register.rules import Answer

REQUESTERS = frozenset({Role.RECIPIENT})


@action("register.answer-offer", roles=REQUESTERS)
def answer_offer(actor: Actor, offer_id: UUID, answer: Answer, *, version: int | None = None, reason: str = "") -> None:
    """Accept or decline an offer; the last answer counts. Raises NotThere, Refused, Stale."""
    offer = Offer.found(offer_id, version=version)
    refuse_joined(offer)
    if not decides(actor, offer.owner_id == actor.organisation, offer.beneficiary):
        raise Refused(_("The offer {title} is shown to you for information: the body that it is for answers it.").format(title=offer.title))
    if answer == Answer.OPEN:
        raise Refused(_("Accept the offer or decline it. Until then it is open."))
    if answer == Answer.DECLINED and not reason.strip():
        raise Refused(_("Say why the offer is declined: the giver reads the reason."))
    if answer == Answer.ACCEPTED and offer.withdrawn:
        raise Refused(_("The offer {title} was withdrawn by its giver and cannot be accepted.").format(title=offer.title))
    if offer.answer == answer:
        return  # said already: an act that is sent twice is one answer
    offer.answer = answer
    offer.save()
    readers = {offer.owner_id, *offer.releasable_to} - {actor.organisation}
    OfferAnswer(
        offer=offer,
        answer=answer,
        answered_by=actor.name,
        reason=reason.strip(),
        answered_on=clock.today(),
        releasable_to=sorted(readers),
        marking=offer.marking,
        compartment_id=offer.compartment_id,
        embargo_until=offer.embargo_until,
    ).save()
