"""What a plan does for each need, in quantities: the part of a plan that can be shown without who gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from sild.wings.planning.models import Match, Outcome, Plan
from sild.wings.register.public import NeedView


def outcomes_of(plan: Plan, asked: Sequence[NeedView], matches: Iterable[Match], arrived: Mapping[UUID, Decimal]) -> list[Outcome]:
    """One outcome for each need that the register holds: how much of it has arrived or is reached by the plan's matches, and when."""
    of_need: dict[UUID, list[Match]] = {}
    for match in matches:
        of_need.setdefault(match.need_id, []).append(match)
    plannable = {row["need"] for row in plan.answer["plan"]["matches"]} | set(plan.answer["plan"]["weights"])
    return [_outcome(plan, need, of_need.get(need.id, []), str(need.id) in plannable, arrived.get(need.id, Decimal(0))) for need in asked]


def _outcome(plan: Plan, need: NeedView, matches: Sequence[Match], plannable: bool, arrived: Decimal) -> Outcome:
    planned = sum((match.quantity for match in matches), arrived)
    months = [match.month for match in matches if match.month is not None]
    state = "not-plannable"
    if plannable or arrived:
        # quantities are planned in whole pieces: the last part of a piece is no gap
        missing = (need.quantity or Decimal(0)) - planned
        state = "covered" if missing <= 0 else "partly" if planned else "unmet"
    return Outcome(
        plan=plan,
        need_id=need.id,
        asked=need.quantity,
        planned=planned,
        unit=need.unit,
        state=state,
        first_month=min(months, default=None),
        last_month=max(months, default=None),
        marking=max([need.marking, *(match.marking for match in matches)]),
    )
