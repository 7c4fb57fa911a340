"""Pages of attribution."""

from sild.wings.attribution.pages import cases, catalogue, decision, dossiers, evidence, hypotheses, ranking, round, statement, tracks

__all__ = ["cases", "catalogue", "decision", "dossiers", "evidence", "hypotheses", "ranking", "round", "statement", "tracks"]
