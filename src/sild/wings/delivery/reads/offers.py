"""How far offers are, computed from what was agreed, licensed and moved: one offer with its rows, many by their identifiers, a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.agreements.public import AgreementRow, AgreementState, agreements_of_offers
from sild.wings.clearance.public import licence_stands
from sild.wings.delivery.models import Consignment
from sild.wings.delivery.reads.needs import PLACES
from sild.wings.delivery.reads.records import ConsignmentRow, row_of
from sild.wings.delivery.rules.offers import Given, OfferState, OfferStatus, offer_status
from sild.wings.delivery.rules.status import Carried, Promise
from sild.wings.parties.public import desk_day
from sild.wings.register.public import Line, LineState, Offer, OfferFilter, OfferRow, list_offers, offer_record

LICENSED = frozenset({"granted", "not-needed"})
MOST_LOOKS = 10
"""How often a list of one state asks for more offers before it answers with fewer than were wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDelivery:
    """An offer with how far it is, and the agreements and consignments behind it, the oldest first."""

    offer: UUID
    title: str
    provider: str
    unit: str
    status: OfferStatus
    agreements: tuple[AgreementRow, ...]
    rows: tuple[ConsignmentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferStateRow:
    """An offer in a list of how far they are; `places` as words and amounts: "committed 60; licensed 40"."""

    id: UUID
    title: str
    provider: str
    beneficiary: str
    category: str
    quantity: Decimal | None
    unit: str
    state: OfferState
    status: OfferStatus
    places: str
    over: Decimal
    available_until: date | None
    marking: int


@read
def delivery_of_offer(actor: Actor, offer_id: UUID) -> OfferDelivery:
    """How far an offer is, as far as the reader sees its agreements and consignments. Raises NotThere."""
    record = offer_record(actor, offer_id)
    today = desk_day(actor)
    agreed = agreements_of_offers(actor, [record.id])
    moving = _moving(agreed)
    return OfferDelivery(
        offer=record.id,
        title=record.title,
        provider=record.provider,
        unit=record.unit,
        status=_statuses(actor, [Offer.found(record.id)], agreed, moving)[record.id],
        agreements=agreed.get(record.id, ()),
        rows=tuple(row_of(one, today) for one in moving.get(record.id, ())),
    )


@read
def statuses_of_offers(actor: Actor, offers: Collection[UUID]) -> dict[UUID, OfferStatus]:
    """How far each of these offers is, as far as the reader sees it; what is not seen is not among them."""
    found = list(Offer.objects.filter(id__in=list(offers)))
    agreed = agreements_of_offers(actor, [offer.id for offer in found]) if found else {}
    return _statuses(actor, found, agreed, _moving(agreed)) if found else {}


@read
def list_offer_states(
    actor: Actor, wanted: OfferFilter, *, state: OfferState | None = None, after: str = "", limit: int = 50
) -> tuple[list[OfferStateRow], str]:
    """The next offers that the reader may see, the newest first, each with how far it is, and the key of the next ones ("" at the end).

    `state`: those alone that are so far. It is reckoned from what the reader sees and kept nowhere, so the offers are gone through: an
    answer may hold fewer than `limit`, or none, and still have a next one.
    """
    rows: list[OfferStateRow] = []
    for _look in range(MOST_LOOKS if state is not None else 1):
        found = list_offers(actor, wanted, after=after, limit=limit - len(rows))
        told = statuses_of_offers(actor, [row.id for row in found.rows])
        rows += [_row(row, told[row.id]) for row in found.rows if row.id in told and state in (None, told[row.id].state)]
        after = found.after
        if not after or len(rows) >= limit:
            break
    return rows, after


def _row(row: OfferRow, status: OfferStatus) -> OfferStateRow:
    same = ("id", "title", "provider", "beneficiary", "category", "quantity", "unit", "available_until", "marking")
    places = "; ".join(f"{place} {amount.normalize():f}" for place, amount in status.places)
    return OfferStateRow(**{name: getattr(row, name) for name in same}, state=status.state, status=status, places=places, over=status.over)


def _moving(agreed: Mapping[UUID, tuple[AgreementRow, ...]]) -> dict[UUID, list[Consignment]]:
    """Consignments by offer: those of its agreements, so that what an agreement does not tell its goods do not tell either."""
    offer_of = {row.id: offer for offer, rows in agreed.items() for row in rows}
    moving: dict[UUID, list[Consignment]] = defaultdict(list)
    for one in Consignment.objects.filter(agreement_id__in=list(offer_of)).order_by("created_at", "id"):
        moving[offer_of[one.agreement_id]].append(one)
    return moving


def _statuses(
    actor: Actor,
    offers: Collection[Offer],
    agreed: Mapping[UUID, tuple[AgreementRow, ...]],
    moving: Mapping[UUID, list[Consignment]],
) -> dict[UUID, OfferStatus]:
    today = desk_day(actor)
    waiting = {offer for offer, rows in agreed.items() if any(row.state == AgreementState.ACCEPTED for row in rows)}
    licensed = _licensed(actor, waiting, today) if waiting else frozenset()
    return {
        offer.id: offer_status(
            Given(
                quantity=offer.quantity,
                answer=offer.answer,
                withdrawn=offer.withdrawn,
                read_only=offer.provisional,
                available_until=offer.available_until,
            ),
            [Promise(id=row.id, quantity=row.standing, place=PLACES.get(row.state)) for row in agreed.get(offer.id, ())],
            [Carried(id=one.id, agreement=one.agreement_id, parts=one.parts) for one in moving.get(offer.id, ())],
            licensed=offer.id in licensed,
            today=today,
        )
        for offer in offers
    }


def _licensed(actor: Actor, offers: Collection[UUID], today: date) -> frozenset[UUID]:
    """The offers of which every line has licence cases, and each is granted and not over, or needs none."""
    lines: dict[UUID, list[UUID]] = defaultdict(list)
    spoken = Line.objects.filter(offer_id__in=list(offers)).exclude(state=LineState.REJECTED).exclude(kind="withdrawal")
    for line, offer in spoken.values_list("id", "offer_id"):
        if offer is not None:
            lines[offer].append(line)
    stands = licence_stands(actor, today)

    def passes(line: UUID) -> bool:
        told = stands.get(line, ())
        return bool(told) and all(one.state in LICENSED and (one.expires is None or one.expires >= today) for one in told)

    return frozenset(offer for offer, found in lines.items() if all(passes(line) for line in found))
