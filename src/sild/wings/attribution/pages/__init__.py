"""Pages of attribution."""

from sild.wings.attribution.pages import cases, decision, dossiers, evidence, hypotheses, round, tracks

__all__ = ["cases", "decision", "dossiers", "evidence", "hypotheses", "round", "tracks"]
