"""Pages of clearance."""

from sild.wings.clearance.pages import board, cases, donations, handovers, library, objections, papers

__all__ = ["board", "cases", "donations", "handovers", "library", "objections", "papers"]
