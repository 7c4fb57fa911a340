"""The front door of planning."""

from sild.wings.planning.actions import PlanMade, import_supplement, make_plan, record_limit
from sild.wings.planning.reads import PlanView, matches, newest_plan
from sild.wings.planning.rules import LimitEntry, SupplementFile
from sild.wings.planning.schemas import read_supplement

__all__ = [
    "LimitEntry",
    "PlanMade",
    "PlanView",
    "SupplementFile",
    "import_supplement",
    "make_plan",
    "matches",
    "newest_plan",
    "read_supplement",
    "record_limit",
]
