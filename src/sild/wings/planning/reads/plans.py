"""The plans as they were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.planning.models import NEWEST_PLAN, Match, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan as others read it; `answer` is its JSON form."""

    id: UUID
    made_on: date
    basis: str
    answer: dict[str, Any]
    summary: dict[str, Any]
    findings: tuple[str, ...]


@read
def newest_plan(actor: Actor) -> PlanView | None:
    """The plan that was made last, or None."""
    plan = Plan.objects.order_by(*NEWEST_PLAN).first()
    if plan is None:
        return None
    return PlanView(
        id=plan.id,
        made_on=plan.made_on,
        basis=plan.basis,
        answer=plan.answer,
        summary=plan.summary,
        findings=tuple(plan.findings),
    )


@read
def matches(actor: Actor, plan_id: UUID) -> list[tuple[UUID, UUID, Decimal, str, date | None]]:
    """The matches of a plan: (need, offer, quantity, unit, month)."""
    return list(Match.objects.filter(plan_id=plan_id).values_list("need_id", "offer_id", "quantity", "unit", "month"))
