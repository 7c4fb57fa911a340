"""Attribution for programs. Importing a module hangs its routes on the router."""

from sild.wings.attribution.routes import cases, dossiers, drafts, evidence, hypotheses, ranking, round, statements, tracks
from sild.wings.attribution.routes.mount import router

__all__ = ["cases", "dossiers", "drafts", "evidence", "hypotheses", "ranking", "round", "router", "statements", "tracks"]
