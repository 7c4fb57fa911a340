"""Verbs of planning: take in limits and assessments, make a plan and have it checked, share it."""

from sild.wings.planning.actions.adopting import adopt_plan
from sild.wings.planning.actions.assessing import assess_need, override_priority
from sild.wings.planning.actions.closing import close_plans, move_words
from sild.wings.planning.actions.ending import end_search
from sild.wings.planning.actions.erasing import redact_plans
from sild.wings.planning.actions.following import take_back
from sild.wings.planning.actions.limits import import_supplement, record_limit
from sild.wings.planning.actions.plan import PlanMade, make_plan
from sild.wings.planning.actions.scope import take_in
from sild.wings.planning.actions.sharing import recall_plan, share_plan

__all__ = [
    "PlanMade",
    "adopt_plan",
    "assess_need",
    "close_plans",
    "end_search",
    "import_supplement",
    "make_plan",
    "move_words",
    "override_priority",
    "recall_plan",
    "record_limit",
    "redact_plans",
    "share_plan",
    "take_back",
    "take_in",
]
