"""Verbs of planning: take in limits and assessments, make a plan and have it checked."""

from sild.wings.planning.actions.limits import import_supplement, record_limit
from sild.wings.planning.actions.plan import PlanMade, make_plan

__all__ = ["PlanMade", "import_supplement", "make_plan", "record_limit"]
