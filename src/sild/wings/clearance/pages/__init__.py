"""Pages of clearance."""

from sild.wings.clearance.pages import board, cases, conditions, donations, handovers, library, objections, papers

__all__ = ["board", "cases", "conditions", "donations", "handovers", "library", "objections", "papers"]
