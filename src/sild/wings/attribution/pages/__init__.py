"""Pages of attribution."""

from sild.wings.attribution.pages import cases, dossiers, evidence, hypotheses

__all__ = ["cases", "dossiers", "evidence", "hypotheses"]
