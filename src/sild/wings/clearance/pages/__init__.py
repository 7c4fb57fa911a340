"""Pages of clearance."""

from sild.wings.clearance.pages import board, cases, library, objections, papers

__all__ = ["board", "cases", "library", "objections", "papers"]
