"""Pages of attribution."""

from sild.wings.attribution.pages import cases

__all__ = ["cases"]
