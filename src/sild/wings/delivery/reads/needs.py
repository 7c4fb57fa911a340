"""How far needs are, computed from what was agreed and what moves: for one need with its rows, for many by their identifiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.wings.agreements.public import AgreementState, agreed_quantities, agreements_of_need
from sild.wings.delivery.models import Consignment
from sild.wings.delivery.reads.records import ConsignmentRow, row_of
from sild.wings.delivery.rules.status import Carried, NeedStatus, Place, Promise, status_of
from sild.wings.parties.public import desk_day
from sild.wings.register.public import Need, NeedState, all_joined_into

PLACES = {
    AgreementState.PROPOSED: Place.PROPOSED,
    AgreementState.ACCEPTED: Place.AGREED,
    AgreementState.COMMITTED: Place.COMMITTED,
}
"""How far the word of an agreement is that stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDelivery:
    """A need with how far it is and the consignments behind it, the oldest first.

    `closing` is the version of the need where the reader may close it, since all that was asked was accepted; else None.
    """

    need: UUID
    title: str
    body: str
    unit: str
    status: NeedStatus
    rows: tuple[ConsignmentRow, ...]
    closing: int | None = None


@read
def delivery_of_need(actor: Actor, need_id: UUID) -> NeedDelivery:
    """How far a need is, as far as the reader sees its agreements and consignments. Raises NotThere."""
    agreed = agreements_of_need(actor, need_id)
    today = desk_day(actor)
    promises = [Promise(id=row.id, quantity=row.standing, place=PLACES.get(row.state)) for row in agreed.rows]
    ends = list(all_joined_into(actor, "need", [agreed.need]))
    found = list(Consignment.objects.filter(need_id__in=ends).order_by("created_at", "id"))
    status = status_of(agreed.quantity, promises, [_carried(one) for one in found])
    return NeedDelivery(
        need=agreed.need,
        title=agreed.title,
        body=agreed.body,
        unit=agreed.unit,
        status=status,
        rows=tuple(row_of(one, today) for one in found),
        closing=_closing(actor, agreed.need, status),
    )


def _closing(actor: Actor, need_id: UUID, status: NeedStatus) -> int | None:
    """The version of a need that is done and that the actor may close."""
    need = Need.objects.filter(id=need_id, owner_id=actor.organisation, state=NeedState.ENDORSED).first()
    may = need is not None and Role.OFFICER in actor.roles and status.done
    return need.version if may and need is not None else None


@read
def statuses_of(actor: Actor, needs: Collection[UUID]) -> dict[UUID, NeedStatus]:
    """How far each of these needs is, as far as the reader sees it; what is not seen or was joined away is not among them."""
    asked: dict[UUID, Decimal | None] = dict(Need.objects.filter(id__in=list(needs)).values_list("id", "quantity"))
    promises: dict[UUID, list[Promise]] = defaultdict(list)
    for one in agreed_quantities(actor):
        if one.need in asked:
            promises[one.need].append(Promise(id=one.id, quantity=one.quantity, place=PLACES[one.state]))
    ends = all_joined_into(actor, "need", list(asked))
    carried: dict[UUID, list[Carried]] = defaultdict(list)
    for moving in Consignment.objects.filter(need_id__in=list(ends)).order_by("created_at", "id"):
        carried[ends[moving.need_id]].append(_carried(moving))
    return {need: status_of(quantity, promises[need], carried[need]) for need, quantity in asked.items()}


def _carried(one: Consignment) -> Carried:
    return Carried(id=one.id, agreement=one.agreement_id, parts=one.parts)
