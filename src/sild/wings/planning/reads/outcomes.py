"""What a plan does for each need, in quantities: the part of a plan that can be shown without who gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from sild.wings.planning.models import Match, Outcome, Plan
from sild.wings.register.public import NeedView


def outcomes_of(plan: Plan, asked: Sequence[NeedView], matches: Iterable[Match]) -> list[Outcome]:
    """One outcome for each need that the register holds: how much of it the plan's matches reach, and when."""
    of_need: dict[UUID, list[Match]] = {}
    for match in matches:
        of_need.setdefault(match.need_id, []).append(match)
    plannable = {row["need"] for row in plan.answer["plan"]["matches"]} | set(plan.answer["plan"]["weights"])
    return [_outcome(plan, need, of_need.get(need.id, []), str(need.id) in plannable) for need in asked]


def _outcome(plan: Plan, need: NeedView, matches: Sequence[Match], plannable: bool) -> Outcome:
    planned = sum((match.quantity for match in matches), Decimal(0))
    months = [match.month for match in matches if match.month is not None]
    state = "not-plannable"
    if plannable:
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
