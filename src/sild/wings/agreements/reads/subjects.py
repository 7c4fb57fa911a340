"""The agreements of one need: what is spoken for, what is left, and which offers could still be put to those who asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.agreements.models import Agreement
from sild.wings.agreements.reads.records import AgreementRow, rows_of
from sild.wings.agreements.rules import SpokenFor, spoken_for
from sild.wings.register.public import Answer, NeedState, Offer, all_joined_into, final_ones, need_record

MOST_CANDIDATES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An offer of the need's category; `left` is what no agreement has spoken for, None where its quantity is not known."""

    id: UUID
    title: str
    provider: str
    quantity: Decimal | None
    unit: str
    left: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedAgreements:
    """A need with its agreements, oldest first, their sums, and the offers that could be proposed to those who asked."""

    need: UUID
    title: str
    body: str
    category: str
    quantity: Decimal | None
    unit: str
    version: int
    own: bool
    rows: tuple[AgreementRow, ...]
    sums: SpokenFor
    candidates: tuple[Candidate, ...]
    may_propose: bool


@read
def agreements_of_need(actor: Actor, need_id: UUID) -> NeedAgreements:
    """What was agreed for a need, as far as the reader sees it. Raises NotThere."""
    record = need_record(actor, need_id)
    found = list(Agreement.objects.filter(need_id__in=list(all_joined_into(actor, "need", [record.id]))).order_by("created_at", "id"))
    may = record.beside.own and record.joined_into is None and record.state == NeedState.ENDORSED and record.channel == "civil"
    return NeedAgreements(
        need=record.id,
        title=record.title,
        body=record.beneficiary,
        category=record.category,
        quantity=record.quantity,
        unit=record.unit,
        version=record.version,
        own=record.beside.own,
        rows=tuple(rows_of(found)),
        sums=spoken_for(record.quantity, [one.spoken for one in found]),
        candidates=_candidates(actor, record.category) if may else (),
        may_propose=may,
    )


@read
def agreements_by_need(actor: Actor) -> dict[UUID, tuple[AgreementRow, ...]]:
    """Every agreement that the reader may see by its need, or what that was joined into; of each need the oldest first."""
    found = list(Agreement.objects.order_by("created_at", "id"))
    ends = final_ones(actor, "need", {one.need_id for one in found})
    told: dict[UUID, list[AgreementRow]] = {}
    for one, row in zip(found, rows_of(found), strict=True):
        told.setdefault(ends[one.need_id], []).append(row)
    return {need: tuple(rows) for need, rows in told.items()}


@read
def agreements_of_offers(actor: Actor, offers: Collection[UUID]) -> dict[UUID, tuple[AgreementRow, ...]]:
    """The agreements on these offers, and on those that were joined into them, as far as the reader sees them; the oldest first.

    An agreement whose giver is not named is among them for who keeps it and who gives: beside its offer it would be named to anybody.
    """
    ends = all_joined_into(actor, "offer", list(offers))
    told: dict[UUID, list[AgreementRow]] = {}
    for row in rows_of(list(Agreement.objects.filter(offer_id__in=list(ends)).order_by("created_at", "id"))):
        if row.offer_id is not None:
            told.setdefault(ends[row.offer_id], []).append(row)
    return {offer: tuple(rows) for offer, rows in told.items()}


def _candidates(actor: Actor, category: str) -> tuple[Candidate, ...]:
    fits = Offer.objects.filter(category=category, withdrawn=False, joined_into=None, owner_id=actor.organisation)
    offers = list(fits.exclude(answer=Answer.DECLINED).order_by("first_offered", "id")[:MOST_CANDIDATES])
    taken = taken_of(actor, [offer.id for offer in offers])
    return tuple(
        Candidate(
            id=offer.id,
            title=offer.title,
            provider=offer.provider,
            quantity=offer.quantity,
            unit=offer.unit,
            left=None if offer.quantity is None else max(offer.quantity - taken[offer.id], Decimal(0)),
        )
        for offer in offers
    )


def taken_of(actor: Actor, offers: list[UUID]) -> dict[UUID, Decimal]:
    """How much of each offer agreements have spoken for, those of offers that were joined into it among them."""
    ends = all_joined_into(actor, "offer", offers)
    taken = dict.fromkeys(offers, Decimal(0))
    for one in Agreement.objects.filter(offer_id__in=list(ends)):
        taken[ends[one.offer_id]] += one.spoken.standing
    return taken
