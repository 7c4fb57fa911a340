"""Pages of attribution."""

from sild.wings.attribution.pages import cases, evidence, hypotheses

__all__ = ["cases", "evidence", "hypotheses"]
