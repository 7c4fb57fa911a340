"""Pages of clearance."""

from sild.wings.clearance.pages import board, cases, library

__all__ = ["board", "cases", "library"]
