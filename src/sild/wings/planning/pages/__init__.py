"""Pages of planning: the plan and its lights, and what weighs in a need."""

from sild.wings.planning.pages import plan, priority

__all__ = ["plan", "priority"]
