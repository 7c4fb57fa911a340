"""Consignments, how far needs are and what lapses when, as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Amount, Name, Paging, Reason, Shape, Text, Tlp, Version, Word
from sild.wings.delivery.actions import Packing, Receipt, Told
from sild.wings.delivery.reads import LapseWhy, OfferStateRow
from sild.wings.delivery.rules.consignments import LONGEST_PLACE, MOST_LEGS, ConsignmentDeed, ConsignmentKind, Renewal, Speaker, State
from sild.wings.delivery.rules.legs import Leg
from sild.wings.delivery.rules.offers import OfferPlace, OfferState, OfferStatus
from sild.wings.delivery.rules.status import NeedStatus, Place

Positive = Annotated[Amount, Field(gt=0)]
Least = Annotated[Amount, Field(ge=0)]
PlaceName = Annotated[str, Field(max_length=LONGEST_PLACE, pattern=r"^[^\u0000]*$")]


class WantedConsignments(Paging):
    """Which consignments: `overdue` those that were to be there already, `q` are words."""

    state: Literal[""] | State = ""
    kind: Literal[""] | ConsignmentKind = ""
    category: Word = ""
    body: Name = ""
    giver: Name = ""
    agreement: UUID | None = None
    overdue: bool = False
    q: Name = ""


class Consignment(Shape):
    """A consignment in a list. `rest` is what nobody has answered for; it is as far as `stage` says. `in_use` is the recipient's word,
    `reported` the giver's."""

    id: UUID
    version: int
    agreement_id: UUID
    need_id: UUID
    title: str
    body: str
    giver: str
    category: str
    unit: str
    kind: ConsignmentKind
    quantity: Amount
    accepted: Amount
    disputed: Amount
    returned: Amount
    lost: Amount
    rest: Amount
    arrived: Amount
    state: State
    stage: State
    since: date
    due: date | None
    overdue: bool
    ends_on: date | None
    renewal: Renewal
    renew_on: date | None
    in_use: Amount | None
    reported: Amount | None
    asked_until: date | None
    asked_back: Amount
    mover: str
    marking: Tlp
    created_at: datetime


class ConsignmentLeg(Shape):
    """One part of the way, with its planned day and the days on which it began and ended."""

    start: str
    end: str
    by: str
    planned: date | None
    left: date | None
    came: date | None


class ConsignmentStep(Shape):
    """What was done or said; `told_by` names the officer who wrote it down for a side."""

    on: date
    deed: ConsignmentDeed
    side: Speaker
    by: str
    told_by: str
    amounts: dict[str, Amount]
    said: dict[str, str]
    reason: str


class WholeConsignment(Shape):
    """One consignment with its way, what was done, what you may do now (`mine`), and what does not fit together (`contradictions`).

    `stopped`: in words, what keeps it from going out today, or kept it on the day on which it went.
    """

    consignment: Consignment
    agreement: UUID | None
    legs: list[ConsignmentLeg]
    steps: list[ConsignmentStep]
    mine: list[ConsignmentDeed]
    contradictions: list[str]
    stopped: list[str]


class KeptWord(Shape):
    """A word of an officer that lets something go out although its light fails."""

    id: UUID
    by: str
    on: date
    reason: str


class LettingOn(Shape):
    """What stands against anything of an agreement leaving today, in words, and what officers said to it: for those who keep it alone.

    `needed`: something stands against it for which no word was kept, and for which one can be.
    """

    agreement: UUID
    sentences: list[str]
    words: list[KeptWord]
    needed: bool


class NewLettingOn(Shape):
    """Why it goes out although something stands against it."""

    reason: Reason


class NewLeg(Shape):
    """A leg that is planned."""

    start: PlaceName
    end: PlaceName
    by: PlaceName = ""
    planned: date | None = None


Legs = Annotated[list[NewLeg], Field(max_length=MOST_LEGS)]


class NewConsignment(Shape):
    """What is prepared of an agreement; an officer who writes it down for the giver says where it was said."""

    quantity: Positive
    kind: ConsignmentKind = ConsignmentKind.GOODS
    legs: Legs = []
    due: date | None = None
    ends_on: date | None = None
    on: date | None = None
    reason: Text = ""

    def packing(self) -> Packing:
        """What is prepared, without its reason."""
        legs = [Leg(**leg.model_dump()) for leg in self.legs]
        return Packing(quantity=self.quantity, kind=self.kind, legs=legs, due=self.due, ends_on=self.ends_on, on=self.on)


class NewRoute(Shape):
    """The legs ahead, planned anew."""

    legs: Legs
    due: date | None = None
    version: Version
    reason: Text = ""

    def ahead(self) -> list[Leg]:
        """The legs."""
        return [Leg(**leg.model_dump()) for leg in self.legs]


class NewDeed(Shape):
    """What goes with an act: `quantity` belongs to dispute, settle, return, lose, count-use and ask-back, `until` to extend and
    ask-longer, `to` to hand-over."""

    quantity: Least | None = None
    until: date | None = None
    to: Name = ""
    on: date | None = None
    version: Version
    reason: Reason | Literal[""] = ""

    def told(self, deed: ConsignmentDeed) -> Told:
        """The act."""
        return Told(deed=deed, on=self.on, quantity=self.quantity, until=self.until, to=self.to)


class NewReceipt(Shape):
    """The recipient's answers: `arrived` how many in all by now (null: all), `faulty` how many of the new ones are not as promised."""

    arrived: Least | None = None
    faulty: Least = Decimal(0)
    in_use: Least | None = None
    renewal: Renewal = Renewal.UNKNOWN
    renew_on: date | None = None
    on: date | None = None
    version: Version
    reason: Reason | Literal[""] = ""

    def receipt(self) -> Receipt:
        """The answers."""
        return Receipt(
            arrived=self.arrived,
            faulty=self.faulty,
            in_use=self.in_use,
            renewal=self.renewal,
            renew_on=self.renew_on,
            on=self.on,
        )


class PlacePart(Shape):
    """How much is in a place; `per_cent` of what was asked, null where that is not known."""

    place: Place
    quantity: Amount
    per_cent: int | None


class PieceRow(Shape):
    """A row behind a sum."""

    agreement: UUID
    consignment: UUID | None
    place: Place
    quantity: Amount


class Delivery(Shape):
    """How far a need is. Each piece is in one place; `pieces` are the rows that the sums add up. `lost` and `returned` are owed again."""

    need: UUID
    asked: Amount | None
    unit: str
    places: list[PlacePart]
    unmatched: Amount | None
    over: Amount | None
    lost: Amount
    returned: Amount
    pieces: list[PieceRow]

    @classmethod
    def of(cls, need: UUID, unit: str, status: NeedStatus) -> Delivery:
        """The status of a need as programs read it."""
        places = [PlacePart(place=place, quantity=status.at(place), per_cent=status.share(status.at(place))) for place in Place]
        alike = {name: getattr(status, name) for name in ("asked", "unmatched", "over", "lost", "returned")}
        return cls(need=need, unit=unit, places=places, pieces=[PieceRow.model_validate(one) for one in status.pieces], **alike)


class OfferPlacePart(Shape):
    """How much of an offer is in a place."""

    place: OfferPlace
    quantity: Amount


class OfferPieceRow(Shape):
    """A row behind a sum; without an agreement nobody has spoken for it."""

    place: OfferPlace
    quantity: Amount
    agreement: UUID | None
    consignment: UUID | None


class OfferDelivery(Shape):
    """How far an offer is. Each piece is in one place; the places add up to what was offered, and to `over` beyond it."""

    offer: UUID
    offered: Amount | None
    unit: str
    state: OfferState
    places: list[OfferPlacePart]
    over: Amount
    pieces: list[OfferPieceRow]

    @classmethod
    def of(cls, offer: UUID, unit: str, status: OfferStatus) -> OfferDelivery:
        """The status of an offer as programs read it."""
        return cls(
            offer=offer,
            offered=status.offered,
            unit=unit,
            state=status.state,
            places=[OfferPlacePart(place=place, quantity=amount) for place, amount in status.places],
            over=status.over,
            pieces=[OfferPieceRow.model_validate(one) for one in status.pieces],
        )


class WantedOfferStates(Paging):
    """Which offers."""

    category: Word = ""
    provider: Name = ""
    beneficiary: Name = ""
    text: Name = ""
    state: OfferState | None = None


class OfferWithState(Shape):
    """An offer in a list with how far it is."""

    id: UUID
    title: str
    provider: str
    beneficiary: str
    category: str
    quantity: Amount | None
    unit: str
    state: OfferState
    places: list[OfferPlacePart]
    over: Amount
    available_until: date | None
    marking: Tlp

    @classmethod
    def of(cls, row: OfferStateRow) -> OfferWithState:
        """A row as programs read it."""
        names = ("id", "title", "provider", "beneficiary", "category", "quantity", "unit", "state", "over", "available_until", "marking")
        places = [OfferPlacePart(place=place, quantity=amount) for place, amount in row.status.places]
        return cls.model_validate({**{name: getattr(row, name) for name in names}, "places": places})


class WantedRenewals(Shape):
    """Up to which day."""

    until: date


class Lapse(Shape):
    """A day on which something ends or has to be renewed; `differs`: giver and recipient name different days."""

    on: date
    why: LapseWhy
    consignment: UUID
    agreement: UUID
    title: str
    body: str
    giver: str
    category: str
    kind: ConsignmentKind
    unit: str
    quantity: Amount
    in_use: Amount | None
    differs: bool


class Renewals(Shape):
    """What lapses, the earliest first; `unknown`: of how many consignments nobody has said when they lapse."""

    lapses: list[Lapse]
    unknown: int
