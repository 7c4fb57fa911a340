"""What was agreed, for those who reckon with it: quantities that are spoken for, pairs that somebody refused, words that name a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere
from sild.wings.agreements.models import Agreement
from sild.wings.agreements.rules import REFUSED_FOR_GOOD, STANDING, AgreementState
from sild.wings.register.public import final_ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A quantity that is spoken for, with the need and the offer that its own were joined into since, where they were.

    `arrived`: what has been taken over of it already.
    """

    id: UUID
    need: UUID
    offer: UUID
    state: AgreementState
    quantity: Decimal
    unit: str
    month: date | None
    marking: int
    arrived: Decimal = Decimal(0)


@read
def agreed_quantities(actor: Actor) -> list[Agreed]:
    """Every agreement that stands, the earliest first."""
    return _agreed(actor, list(Agreement.objects.filter(state__in=STANDING).order_by("created_at", "id")))


@read
def arrived_quantities(actor: Actor) -> list[Agreed]:
    """Every agreement of which something has arrived, whether or not it still stands, the earliest first."""
    return _agreed(actor, list(Agreement.objects.filter(arrived__gt=0).order_by("created_at", "id")))


def _agreed(actor: Actor, found: list[Agreement]) -> list[Agreed]:
    needs = final_ones(actor, "need", {one.need_id for one in found})
    offers = final_ones(actor, "offer", {one.offer_id for one in found})
    return [
        Agreed(
            id=one.id,
            need=needs[one.need_id],
            offer=offers[one.offer_id],
            state=AgreementState(one.state),
            quantity=one.spoken.standing,
            unit=one.unit,
            month=one.month,
            marking=one.marking,
            arrived=one.arrived,
        )
        for one in found
    ]


@read
def lines_agreed(actor: Actor) -> dict[UUID, tuple[UUID, ...]]:
    """By agreement the lines that it was made on, wherever they were put since."""
    return {key: tuple(lines) for key, lines in Agreement.objects.values_list("id", "lines")}


@read
def agreement_between(actor: Actor, needs: Collection[UUID], offers: Collection[UUID]) -> UUID:
    """The agreement on one of these needs and one of these offers that was proposed last. Raises NotThere."""
    found = Agreement.objects.filter(need_id__in=list(needs), offer_id__in=list(offers)).order_by("-created_at", "-id").first()
    if found is None:
        raise NotThere(_("There is no agreement between them."))
    return found.id


@read
def refused_pairs(actor: Actor) -> frozenset[tuple[UUID, UUID]]:
    """(need, offer) of which somebody said no last: what was proposed anew since does not count."""
    last: dict[tuple[UUID, UUID], str] = {}
    rows = list(Agreement.objects.order_by("created_at", "id").values_list("need_id", "offer_id", "state"))
    needs = final_ones(actor, "need", {need for need, _offer, _state in rows})
    offers = final_ones(actor, "offer", {offer for _need, offer, _state in rows})
    for need, offer, state in rows:
        last[needs[need], offers[offer]] = state
    return frozenset(pair for pair, state in last.items() if state in REFUSED_FOR_GOOD)


@read
def agreements_naming(actor: Actor, words: Iterable[str]) -> list[dict[str, Any]]:
    """The organisation's agreements in which one of the words stands, as plain data to hand out to whom they name."""
    said = Q()
    for word in words:
        for column in ("title", "body", "giver", "told", "agreed"):
            said |= Q(**{f"{column}__icontains": word})
    if not said:
        return []
    agreements = Agreement.objects.annotate(told=Cast("steps", TextField()), agreed=Cast("conditions", TextField()))
    found = agreements.filter(said, owner_id=actor.organisation).order_by("created_at", "id")
    return [{"title": one.title, "body": one.body, "giver": one.giver, "conditions": one.conditions, "steps": one.steps} for one in found]
