"""The front door of planning."""

from sild.wings.planning.actions import (
    PlanMade,
    adopt_plan,
    close_plans,
    import_supplement,
    make_plan,
    recall_plan,
    record_limit,
    redact_plans,
    share_plan,
)
from sild.wings.planning.reads import (
    PlanChange,
    PlanSheet,
    PlanView,
    RefreshState,
    Stated,
    matches,
    newest_plan,
    plan_changes,
    plan_sheet,
    refresh_state,
    stated_capacity,
)
from sild.wings.planning.reads.gate import Keep, MatchLight, NeedLights, lights_of, lights_of_need
from sild.wings.planning.reads.pictures import picture_of_supply
from sild.wings.planning.rules import REFRESH, Check, Condition, GateMover, GateVerdict, Light, LimitEntry, SupplementFile
from sild.wings.planning.schemas import read_supplement

__all__ = [
    "REFRESH",
    "Check",
    "Condition",
    "GateMover",
    "GateVerdict",
    "Keep",
    "Light",
    "LimitEntry",
    "MatchLight",
    "NeedLights",
    "PlanChange",
    "PlanMade",
    "PlanSheet",
    "PlanView",
    "RefreshState",
    "Stated",
    "SupplementFile",
    "adopt_plan",
    "close_plans",
    "import_supplement",
    "lights_of",
    "lights_of_need",
    "make_plan",
    "matches",
    "newest_plan",
    "picture_of_supply",
    "plan_changes",
    "plan_sheet",
    "read_supplement",
    "recall_plan",
    "record_limit",
    "redact_plans",
    "refresh_state",
    "share_plan",
    "stated_capacity",
]
