"""How far an offer is, computed from what was agreed, licensed and moved: one pure function that pages, lists and programs share.

Every piece that was offered stands in exactly one place, so that the places add up to what was offered. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sild.wings.delivery.rules.consignments import NOTHING
from sild.wings.delivery.rules.status import Carried, Place, Promise, status_of


class OfferPlace(StrEnum):
    """Where a piece of an offer stands: first what nobody has spoken for, by why; then what is spoken for, in the order of its way."""

    DRAFT = "draft"
    OPEN = "offered"
    TAKEN = "taken-up"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    PROPOSED = "proposed"
    AGREED = "agreed"
    LICENSED = "licensed"
    COMMITTED = "committed"
    UNDER_WAY = "in-delivery"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class OfferState(StrEnum):
    """What an offer is called as a whole: the furthest of its pieces, but for a dispute, which comes first.

    draft: nobody has accepted a line of it yet. accepted: the one who asked accepted all of it, partly-accepted: less than was offered.
    """

    DRAFT = "draft"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly-accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    LICENSED = "licensed"
    COMMITTED = "committed"
    IN_DELIVERY = "in-delivery"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


WAY: dict[Place, OfferPlace] = {
    Place.PROPOSED: OfferPlace.PROPOSED,
    Place.AGREED: OfferPlace.AGREED,
    Place.COMMITTED: OfferPlace.COMMITTED,
    Place.UNDER_WAY: OfferPlace.UNDER_WAY,
    Place.DELIVERED: OfferPlace.DELIVERED,
    Place.ACCEPTED: OfferPlace.CONFIRMED,
    Place.DISPUTED: OfferPlace.DISPUTED,
}
UNSPOKEN: dict[OfferPlace, OfferState] = {
    OfferPlace.DRAFT: OfferState.DRAFT,
    OfferPlace.OPEN: OfferState.OFFERED,
    OfferPlace.TAKEN: OfferState.ACCEPTED,
    OfferPlace.DECLINED: OfferState.DECLINED,
    OfferPlace.EXPIRED: OfferState.EXPIRED,
    OfferPlace.WITHDRAWN: OfferState.WITHDRAWN,
}
"""The places of what nobody has spoken for, and what an offer is called of which nothing is spoken for."""
FURTHEST: tuple[tuple[OfferPlace, OfferState], ...] = (
    (OfferPlace.DISPUTED, OfferState.DISPUTED),
    (OfferPlace.UNDER_WAY, OfferState.IN_DELIVERY),
    (OfferPlace.DELIVERED, OfferState.DELIVERED),
    (OfferPlace.COMMITTED, OfferState.COMMITTED),
    (OfferPlace.LICENSED, OfferState.LICENSED),
)
"""Of what is not yet confirmed, which place gives an offer its name, the first that holds a piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is known of an offer itself. `quantity` None: it does not say how much. `read_only`: nobody has accepted a line of it."""

    quantity: Decimal | None
    answer: str
    withdrawn: bool
    read_only: bool
    available_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPiece:
    """A quantity in its place; without an agreement it is what nobody has spoken for, without a consignment nobody has prepared it."""

    place: OfferPlace
    quantity: Decimal
    agreement: UUID | None = None
    consignment: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferStatus:
    """How far an offer is. `pieces` are the rows behind every sum; together they are what was offered and what is spoken for beyond it."""

    offered: Decimal | None
    pieces: tuple[OfferPiece, ...]
    rest: OfferPlace

    def at(self, place: OfferPlace) -> Decimal:
        """The sum of a place."""
        return sum((piece.quantity for piece in self.pieces if piece.place == place), NOTHING)

    @property
    def spoken_for(self) -> Decimal:
        """All pieces of agreements, wherever they are."""
        return sum((piece.quantity for piece in self.pieces if piece.agreement is not None), NOTHING)

    @property
    def over(self) -> Decimal:
        """What is spoken for beyond what was offered: a part was taken back after it was agreed."""
        return max(self.spoken_for - self.offered, NOTHING) if self.offered is not None else NOTHING

    @property
    def places(self) -> tuple[tuple[OfferPlace, Decimal], ...]:
        """The places that hold something, in their order, each with its sum."""
        return tuple((place, amount) for place in OfferPlace if (amount := self.at(place)))

    @property
    def state(self) -> OfferState:
        """What the offer is called as a whole."""
        for place, state in FURTHEST:
            if self.at(place):
                return state
        if self.at(OfferPlace.CONFIRMED):
            return OfferState.CONFIRMED
        if self.at(OfferPlace.AGREED):
            whole = self.offered is not None and self.at(OfferPlace.AGREED) >= self.offered
            return OfferState.ACCEPTED if whole else OfferState.PARTLY_ACCEPTED
        if self.at(OfferPlace.PROPOSED):
            # what is put to those who asked is offered until they answer
            return OfferState.OFFERED if self.rest in (OfferPlace.OPEN, OfferPlace.DRAFT) else UNSPOKEN[self.rest]
        return UNSPOKEN[self.rest]


def offer_status(given: Given, promises: Iterable[Promise], consignments: Iterable[Carried], *, licensed: bool, today: date) -> OfferStatus:
    """Put every piece of an offer into its place. `licensed`: every line of it has its licences, or needs none."""
    moved = status_of(given.quantity, promises, consignments)
    pieces = [
        OfferPiece(
            place=OfferPlace.LICENSED if licensed and piece.place == Place.AGREED else WAY[piece.place],
            quantity=piece.quantity,
            agreement=piece.agreement,
            consignment=piece.consignment,
        )
        for piece in moved.pieces
    ]
    rest = _rest(given, today)
    if moved.unmatched:
        pieces.append(OfferPiece(place=rest, quantity=moved.unmatched))
    return OfferStatus(offered=given.quantity, pieces=tuple(pieces), rest=rest)


def _rest(given: Given, today: date) -> OfferPlace:
    """Where what nobody has spoken for stands."""
    if given.withdrawn:
        return OfferPlace.WITHDRAWN
    if given.answer == "declined":
        return OfferPlace.DECLINED
    if given.available_until is not None and given.available_until < today:
        return OfferPlace.EXPIRED
    if given.answer == "accepted":
        return OfferPlace.TAKEN
    return OfferPlace.DRAFT if given.read_only else OfferPlace.OPEN
