"""The whole register at once, as the actor may see it: what the cores link and plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.register.models import GateRuling, Line, Need, Offer
from sild.wings.register.rules import waits_for_ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """A need with its lines and the languages that they are in. `taken_back`: a letter takes it back, and nobody has ruled on that yet.

    `endorsed_on`: when the last gate passed it, None where it did not.
    """

    id: UUID
    title: str
    category: str
    beneficiary: str
    quantity: Decimal | None
    unit: str
    needed_by: date | None
    channel: str
    urgency: str
    state: str
    taken_back: bool
    endorsed_on: date | None
    provisional: bool
    first_asked: datetime | None
    lines: tuple[UUID, ...]
    messages: tuple[str, ...]
    marking: int
    releasable_to: tuple[UUID, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """An offer with its lines."""

    id: UUID
    title: str
    category: str
    provider: str
    beneficiary: str
    quantity: Decimal | None
    unit: str
    value_amount: Decimal | None
    value_currency: str
    available_from: date | None
    available_until: date | None
    conditions: tuple[dict[str, str], ...]
    withdrawn: bool
    answer: str
    provisional: bool
    first_offered: datetime | None
    lines: tuple[UUID, ...]
    messages: tuple[str, ...]
    marking: int
    releasable_to: tuple[UUID, ...]


@read
def lines(actor: Actor) -> list[Line]:
    """Every line that the actor may see, in order of time, then of the message."""
    return list(Line.objects.order_by("sent_at", "message_name", "position", "id"))


@read
def needs(actor: Actor) -> list[NeedView]:
    """Every need that lines speak of, or did until they were rejected, the first asked first; not those that were joined into others."""
    members = _members("need_id")
    return [_need_view(need, members.get(need.id, [])) for need in Need.objects.filter(joined_into=None).order_by("first_asked", "id")]


@read
def offers(actor: Actor) -> list[OfferView]:
    """Every offer, the first told first; not those that were joined into others."""
    members = _members("offer_id")
    return [
        _offer_view(offer, members.get(offer.id, [])) for offer in Offer.objects.filter(joined_into=None).order_by("first_offered", "id")
    ]


@read
def hold_readers(actor: Actor, side: str, keys: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """To whom own needs (or offers, by `side`) are released, by identifier; within an act they stay so until its transaction is over."""
    kind: Any = {"need": Need, "offer": Offer}[side]
    held = kind.objects.filter(id__in=list(keys)).order_by("id").select_for_update()
    return dict(held.values_list("id", "releasable_to"))


@read
def rulings(actor: Actor) -> dict[UUID, list[tuple[str, bool, str, str]]]:
    """Gate rulings by need: (gate, passed, by, reason), oldest first."""
    by_need: dict[UUID, list[tuple[str, bool, str, str]]] = {}
    for ruling in GateRuling.objects.order_by("created_at"):
        by_need.setdefault(ruling.need_id, []).append((ruling.gate, ruling.passed, ruling.ruled_by, ruling.reason))
    return by_need


def _members(column: str) -> dict[UUID, list[dict[str, Any]]]:
    members: dict[UUID, list[dict[str, Any]]] = {}
    rows = Line.objects.filter(**{f"{column}__isnull": False}).order_by("sent_at", "message_name", "position")
    for row in rows.values("id", column, "message_name", "language"):
        members.setdefault(row[column], []).append(row)
    return members


def _need_view(need: Need, members: list[dict[str, Any]]) -> NeedView:
    return NeedView(
        id=need.id,
        title=need.title,
        category=need.category,
        beneficiary=need.beneficiary,
        quantity=need.quantity,
        unit=need.unit,
        needed_by=need.needed_by,
        channel=need.channel,
        urgency=need.urgency,
        state=need.state,
        taken_back=waits_for_ruling(need.taken_back, need.state),
        endorsed_on=need.endorsed_on,
        provisional=need.provisional,
        first_asked=need.first_asked,
        lines=tuple(row["id"] for row in members),
        messages=tuple(row["message_name"] for row in members),
        marking=need.marking,
        releasable_to=tuple(need.releasable_to),
        languages=tuple(sorted({row["language"] for row in members if row["language"]})),
    )


def _offer_view(offer: Offer, members: list[dict[str, Any]]) -> OfferView:
    return OfferView(
        id=offer.id,
        title=offer.title,
        category=offer.category,
        provider=offer.provider,
        beneficiary=offer.beneficiary,
        quantity=offer.quantity,
        unit=offer.unit,
        value_amount=offer.value_amount,
        value_currency=offer.value_currency,
        available_from=offer.available_from,
        available_until=offer.available_until,
        conditions=tuple(offer.conditions),
        withdrawn=offer.withdrawn,
        answer=offer.answer,
        provisional=offer.provisional,
        first_offered=offer.first_offered,
        lines=tuple(row["id"] for row in members),
        messages=tuple(row["message_name"] for row in members),
        marking=offer.marking,
        releasable_to=tuple(offer.releasable_to),
    )
