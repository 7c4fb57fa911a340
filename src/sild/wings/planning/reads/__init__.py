"""Questions to planning: what limits a plan, the problem that the register poses, the plans that were made and how people read them."""

from sild.wings.planning.reads.capacity import Stated, stated_capacities, stated_capacity, uses_of_offers
from sild.wings.planning.reads.changes import PlanChange, RefreshState, plan_changes, refresh_state
from sild.wings.planning.reads.plans import PlanView, matches, newest_plan
from sild.wings.planning.reads.problem import Posed, posed_problem
from sild.wings.planning.reads.resting import needs_in_the_plan, offers_in_the_plan, planned_needs, used_offers
from sild.wings.planning.reads.sheet import PlanRow, PlanSheet, plan_sheet

__all__ = [
    "PlanChange",
    "PlanRow",
    "PlanSheet",
    "PlanView",
    "Posed",
    "RefreshState",
    "Stated",
    "matches",
    "needs_in_the_plan",
    "newest_plan",
    "offers_in_the_plan",
    "plan_changes",
    "plan_sheet",
    "planned_needs",
    "posed_problem",
    "refresh_state",
    "stated_capacities",
    "stated_capacity",
    "used_offers",
    "uses_of_offers",
]
