"""Who speaks in an agreement: which organisations ask, which give, and to whom an agreement goes by rule."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from sild.kernel.actor import Actor, Role
from sild.wings.agreements.rules import AgreementSide
from sild.wings.register.public import Offer, audiences_of

GIVERS = frozenset({Role.DONOR, Role.COMPANY})
REQUESTERS = frozenset({Role.RECIPIENT})
SECRETARIAT = frozenset({Role.OFFICER})


class Between(Protocol):
    """What stands between two sides: an agreement, or what hangs on one."""

    owner_id: UUID
    body: str
    offer_id: UUID


def requesters(actor: Actor, body: str) -> frozenset[UUID]:
    """The organisations that answer for a body: its own, those of the parties above it, and the front office for all."""
    audiences = audiences_of(actor)
    return audiences.concerned(body) | audiences.front_offices


def givers(actor: Actor, provider: str) -> frozenset[UUID]:
    """The organisations that speak for a giver; none where it has no seat here."""
    return audiences_of(actor).givers.get(provider, frozenset())


def agreement_readers(actor: Actor, body: str, provider: str) -> frozenset[UUID]:
    """To whom an agreement goes besides its owner, whatever its marking: see released_to for what stays behind."""
    return requesters(actor, body) | givers(actor, provider)


def sides_of(actor: Actor, agreement: Between) -> frozenset[AgreementSide]:
    """The sides that the actor speaks for; a giver's seat sees the offer that is its own, so its name is asked there."""
    found = set()
    if actor.roles & SECRETARIAT and agreement.owner_id == actor.organisation:
        found.add(AgreementSide.SECRETARIAT)
    if actor.roles & REQUESTERS and actor.organisation in requesters(actor, agreement.body):
        found.add(AgreementSide.REQUESTER)
    if actor.roles & GIVERS:
        offer = Offer.objects.filter(id=agreement.offer_id).first()
        if offer is not None and actor.organisation in givers(actor, offer.provider):
            found.add(AgreementSide.GIVER)
    return frozenset(found)
