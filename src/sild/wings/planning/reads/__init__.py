"""Questions to planning: what limits a plan, the problem that the register poses, the plans that were made."""

from sild.wings.planning.reads.plans import PlanView, matches, newest_plan
from sild.wings.planning.reads.problem import Posed, posed_problem

__all__ = ["PlanView", "Posed", "matches", "newest_plan", "posed_problem"]
