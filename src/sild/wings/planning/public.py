"""The front door of planning."""

from sild.wings.planning.actions import PlanMade, import_supplement, make_plan, recall_plan, record_limit, share_plan
from sild.wings.planning.reads import PlanSheet, PlanView, matches, newest_plan, plan_sheet
from sild.wings.planning.rules import LimitEntry, SupplementFile
from sild.wings.planning.schemas import read_supplement

__all__ = [
    "LimitEntry",
    "PlanMade",
    "PlanSheet",
    "PlanView",
    "SupplementFile",
    "import_supplement",
    "make_plan",
    "matches",
    "newest_plan",
    "plan_sheet",
    "read_supplement",
    "recall_plan",
    "record_limit",
    "share_plan",
]
