"""Pages of planning: the plan and its lights, what weighs in a need, what limits a plan."""

from sild.wings.planning.pages import limits, plan, priority

__all__ = ["limits", "plan", "priority"]
