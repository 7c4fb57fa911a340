"""Pages of attribution."""

from sild.wings.attribution.pages import cases, evidence

__all__ = ["cases", "evidence"]
