"""What lapses when: the days that givers said something ends on, and those on which recipients said that it has to be renewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.delivery.models import Consignment
from sild.wings.delivery.rules.consignments import NOTHING, ConsignmentKind, Renewal


class LapseWhy(StrEnum):
    """LapseWhy a day stands in the calendar."""

    ENDS = "ends"
    RENEW = "renew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """A day on which something that was given ends or has to be renewed. `quantity` is what stands with the recipient or is on its way;
    `in_use` what the recipient said is used, None: not said; `differs`: giver and recipient name different days."""

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
    quantity: Decimal
    in_use: Decimal | None
    differs: bool


@read
def renewals(actor: Actor, until: date, *, since: date | None = None) -> list[Lapse]:
    """What lapses up to the end of a day, those that lapsed before among them (from `since` on, where it is said), the earliest first.

    A consignment on which giver and recipient name different days stands there twice: the earlier one is the one to plan by.
    """
    days = {"ends_on": LapseWhy.ENDS, "renew_on": LapseWhy.RENEW}
    wanted = Q()
    for column in days:
        wanted |= Q(**{f"{column}__lte": until})
    found: list[Lapse] = []
    for one in Consignment.objects.filter(wanted).order_by("created_at", "id"):
        left = one.parts.carries
        if left <= NOTHING:
            continue
        said = {getattr(one, column): why for column, why in reversed(days.items()) if getattr(one, column) is not None}
        found += [
            _lapse(one, on, why, left, differs=len(said) > 1) for on, why in said.items() if on <= until and (since is None or on >= since)
        ]
    return sorted(found, key=lambda lapse: (lapse.on, lapse.title, lapse.consignment))


@read
def renewals_unknown(actor: Actor) -> int:
    """Of how many consignments that were taken over nobody has said when they lapse."""
    return Consignment.objects.filter(accepted__gt=0, ends_on=None, renewal=Renewal.UNKNOWN).count()


def _lapse(one: Consignment, on: date, why: LapseWhy, quantity: Decimal, *, differs: bool) -> Lapse:
    alike = ("title", "body", "giver", "category", "unit", "in_use")
    return Lapse(
        on=on,
        why=why,
        consignment=one.id,
        agreement=one.agreement_id,
        **{name: getattr(one, name) for name in alike},
        kind=ConsignmentKind(one.kind),
        quantity=quantity,
        differs=differs,
    )
