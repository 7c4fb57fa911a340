"""What of the newest plan rests on a need or an offer: told before somebody joins, splits or rules on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal
from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.resting import Resting, counts, rests_on
from sild.wings.planning.models import NEWEST_PLAN, Match, Plan


@rests_on("register.Need")
def needs_in_the_plan(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, tuple[Resting, ...]]:
    """How much of which needs the newest plan covers. Runs inside a read."""
    return _in_the_plan("need_id", keys)


@rests_on("register.Offer")
def offers_in_the_plan(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, tuple[Resting, ...]]:
    """How much of which offers the newest plan uses. Runs inside a read."""
    return _in_the_plan("offer_id", keys)


@counts("register.Need")
def planned_needs(actor: Actor) -> Collection[UUID]:
    """Every need that the newest plan covers, in part or whole. Runs inside a read."""
    return _planned("need_id")


@counts("register.Offer")
def used_offers(actor: Actor) -> Collection[UUID]:
    """Every offer that the newest plan uses. Runs inside a read."""
    return _planned("offer_id")


def _planned(column: str) -> Collection[UUID]:
    plan = _newest()
    return set(Match.objects.filter(plan_id=plan).values_list(column, flat=True)) if plan is not None else set()


def _newest() -> UUID | None:
    found: UUID | None = Plan.objects.order_by(*NEWEST_PLAN).values_list("id", flat=True).first()
    return found


def _in_the_plan(column: str, keys: Collection[UUID]) -> dict[UUID, tuple[Resting, ...]]:
    plan = _newest()
    if plan is None or not keys:
        return {}
    amounts: dict[UUID, list[tuple[Decimal, str]]] = defaultdict(list)
    for key, quantity, unit in Match.objects.filter(plan_id=plan, **{f"{column}__in": list(keys)}).values_list(column, "quantity", "unit"):
        amounts[key].append((quantity, unit))
    return {
        key: (Resting(kind="plan", many=len(matched), quantity=sum((one for one, _unit in matched), Decimal(0)), unit=matched[0][1]),)
        for key, matched in amounts.items()
    }
