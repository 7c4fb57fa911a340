"""How far a need is, computed from quantities: one pure function that pages, programs and reports share.

Every piece that is spoken for stands in exactly one place; each sum lists the rows that it adds up. Nothing is stored: it cannot be stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sild.wings.delivery.rules.consignments import NOTHING, THERE, Parts, State


class Place(StrEnum):
    """Where a piece stands, in the order of its way."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    COMMITTED = "committed"
    UNDER_WAY = "under-way"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What stands of an agreement: its quantity, and how far the word is (one of the first three places; None: it has ended)."""

    id: UUID
    quantity: Decimal
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A consignment of an agreement."""

    id: UUID
    agreement: UUID
    parts: Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A quantity in its place. `consignment` None: nobody has prepared it yet."""

    agreement: UUID
    consignment: UUID | None
    place: Place
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedStatus:
    """How far a need is. `pieces` are the rows behind every sum; `unmatched` and `over` are None where it is not known how much was asked.

    `lost` and `returned` stand beside the sums: they are owed again, or were given up. `beyond` names the agreements of which more is
    carried than stands committed: recalled on paper, and yet on the road.
    """

    asked: Decimal | None
    pieces: tuple[Piece, ...]
    lost: Decimal
    returned: Decimal
    beyond: tuple[UUID, ...]

    def at(self, place: Place) -> Decimal:
        """The sum of a place."""
        return sum((piece.quantity for piece in self.pieces if piece.place == place), NOTHING)

    @property
    def spoken_for(self) -> Decimal:
        """All pieces, wherever they are."""
        return sum((piece.quantity for piece in self.pieces), NOTHING)

    @property
    def unmatched(self) -> Decimal | None:
        """What nobody has spoken for."""
        return None if self.asked is None else max(self.asked - self.spoken_for, NOTHING)

    @property
    def over(self) -> Decimal | None:
        """What is spoken for beyond what was asked."""
        return None if self.asked is None else max(self.spoken_for - self.asked, NOTHING)

    @property
    def done(self) -> bool:
        """Whether all that was asked was accepted, and nothing else is on its way or disputed."""
        return bool(self.asked) and self.at(Place.ACCEPTED) == self.spoken_for and self.at(Place.ACCEPTED) >= (self.asked or NOTHING)

    def share(self, amount: Decimal) -> int | None:
        """An amount in per cent of what was asked, cut down to a whole number; None where nothing or nothing known was asked."""
        return int(amount * 100 // self.asked) if self.asked else None


def status_of(asked: Decimal | None, promises: Iterable[Promise], consignments: Iterable[Carried]) -> NeedStatus:
    """Put every piece of the promises and of the consignments that carry them into its place.

    A consignment of an agreement that is not among the promises counts by itself: what is on the road is on the road.
    """
    carried: dict[UUID, list[Carried]] = {}
    for one in consignments:
        carried.setdefault(one.agreement, []).append(one)
    standing = {one.id: one for one in promises}
    pieces: list[Piece] = []
    beyond: list[UUID] = []
    for agreement in dict.fromkeys([*standing, *carried]):
        moving = carried.get(agreement, [])
        taken = sum((one.parts.carries for one in moving), NOTHING)
        promise = standing.get(agreement)
        stands = promise.quantity if promise is not None and promise.place is not None else NOTHING
        if promise is not None and promise.place is not None and stands > taken:
            pieces.append(Piece(agreement=agreement, consignment=None, place=promise.place, quantity=stands - taken))
        if taken > stands:
            beyond.append(agreement)
        for one in moving:
            pieces += _pieces(one)
    every = [one.parts for rows in carried.values() for one in rows]
    return NeedStatus(
        asked=asked,
        pieces=tuple(pieces),
        lost=sum((parts.lost for parts in every), NOTHING),
        returned=sum((parts.returned for parts in every), NOTHING),
        beyond=tuple(beyond),
    )


def _pieces(one: Carried) -> list[Piece]:
    parts = one.parts
    if parts.stage == State.CALLED_OFF:
        return []
    rest = Place.DELIVERED if parts.stage in THERE else Place.UNDER_WAY if parts.stage == State.UNDER_WAY else Place.COMMITTED
    amounts = ((rest, parts.rest), (Place.ACCEPTED, parts.accepted), (Place.DISPUTED, parts.disputed))
    return [Piece(agreement=one.agreement, consignment=one.id, place=place, quantity=amount) for place, amount in amounts if amount > 0]
