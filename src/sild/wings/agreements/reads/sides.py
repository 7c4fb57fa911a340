"""Who speaks in an agreement: which organisations ask, which give, and to whom an agreement goes by rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sild.kernel.access import Granted, grants_on
from sild.kernel.actor import Actor, Role
from sild.kernel.history_reads import acted_on
from sild.wings.agreements.rules import AgreementSide, Word
from sild.wings.register.public import Channel, Need, Offer, audiences_of, final_ones

GIVERS = frozenset({Role.DONOR, Role.COMPANY})
REQUESTERS = frozenset({Role.RECIPIENT})
SECRETARIAT = frozenset({Role.OFFICER})


class Between(Protocol):
    """What stands between two sides: an agreement, or what hangs on one."""

    owner_id: UUID
    body: str
    offer_id: UUID


NOBODY: frozenset[UUID] = frozenset()
AGREEMENT = "agreements.Agreement"
SAID = frozenset(f"agreements.{word}" for word in Word if word != Word.PROPOSE)
"""The acts by which a side speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a record hangs on: a need, an offer, an agreement, where there are such."""

    need: UUID | None
    offer: UUID | None
    agreement: UUID | None = None


class Hearing:
    """To whom what hangs on needs, offers and agreements goes, for one owner; reads who sits where, and what is kept from whom, once.

    An organisation from whom people withheld the need or the offer does not hear of it here, nor one that a ruling keeps away from the
    need (what is not civil goes to those who asked alone), unless it spoke in the agreement itself: its own words stay with it.
    """

    def __init__(self, actor: Actor, about: Iterable[About]) -> None:
        told = list(about)
        self._audiences = audiences_of(actor)
        needs = final_ones(actor, "need", {one.need for one in told if one.need is not None})
        offers = final_ones(actor, "offer", {one.offer for one in told if one.offer is not None})
        agreements = {one.agreement for one in told if one.agreement is not None}
        self._ends = needs | offers
        self._withheld: dict[UUID, frozenset[UUID]] = {}
        for label, keys in (("register.Need", _both(needs)), ("register.Offer", _both(offers)), (AGREEMENT, agreements)):
            self._withheld |= {key: told.withheld for key, told in grants_on(label, keys).items()} if keys else {}
        ruled = Need.objects.filter(id__in=_both(needs)).exclude(channel=Channel.CIVIL) if needs else ()
        self._ruled_out = {need.id: self._audiences.concerned(need.beneficiary) for need in ruled}
        self._spoke = acted_on(agreements, SAID) if agreements else {}

    def requesters(self, body: str) -> frozenset[UUID]:
        """The organisations that answer for a body: its own, those of the parties above it, and the front office for all."""
        return self._audiences.concerned(body) | self._audiences.front_offices

    def givers(self, provider: str) -> frozenset[UUID]:
        """The organisations that speak for a giver; none where it has no seat here."""
        return self._audiences.givers.get(provider, NOBODY)

    def of_agreement(self, about: About, body: str, provider: str) -> frozenset[UUID]:
        """To whom an agreement, or what moves of it, goes besides its owner, whatever its marking: released_to says what stays behind."""
        sides = self.requesters(body) | self.givers(provider)
        spoke = self._spoke.get(about.agreement, NOBODY) if about.agreement is not None else NOBODY
        return self.among(sides, about) | (sides & spoke)

    def among(self, readers: frozenset[UUID], about: About, *, own: frozenset[UUID] = NOBODY) -> frozenset[UUID]:
        """Those of the readers who may hear of it. `own`: whose matter it is whatever the need is ruled, unless people withheld it."""
        for key in self._chain(about.need) | self._chain(about.offer):
            readers -= self._withheld.get(key, NOBODY)
        for key in self._chain(about.need):
            readers &= self._ruled_out.get(key, readers) | own
        return readers

    def kept_from(self, agreement: UUID | None) -> frozenset[UUID]:
        """From whom people withheld an agreement: what hangs on it is not shown to them either."""
        return self._withheld.get(agreement, NOBODY) if agreement is not None else NOBODY

    def _chain(self, key: UUID | None) -> frozenset[UUID]:
        """A need or an offer, and what it was joined into."""
        return frozenset({key, self._ends.get(key, key)}) if key is not None else frozenset()


def among_sides(granted: Granted | None, sides: frozenset[UUID], *, quiet: bool) -> Granted | None:
    """To whom people released it; of a `quiet` contribution only those who are its sides hear, whomever somebody released it to."""
    if granted is None or not quiet:
        return granted
    return Granted(to=granted.to & sides, withheld=granted.withheld)


def _both(ends: dict[UUID, UUID]) -> Collection[UUID]:
    return {*ends, *ends.values()}


def requesters(actor: Actor, body: str) -> frozenset[UUID]:
    """The organisations that answer for a body: its own, those of the parties above it, and the front office for all."""
    audiences = audiences_of(actor)
    return audiences.concerned(body) | audiences.front_offices


def givers(actor: Actor, provider: str) -> frozenset[UUID]:
    """The organisations that speak for a giver; none where it has no seat here."""
    return audiences_of(actor).givers.get(provider, frozenset())


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
