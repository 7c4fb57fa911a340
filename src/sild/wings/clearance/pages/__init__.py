"""Pages of clearance."""

from sild.wings.clearance.pages import board, cases, library, papers

__all__ = ["board", "cases", "library", "papers"]
