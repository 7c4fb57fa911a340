"""Attribution for programs. Importing a module hangs its routes on the router."""

from sild.wings.attribution.routes import cases, evidence, hypotheses
from sild.wings.attribution.routes.mount import router

__all__ = ["cases", "evidence", "hypotheses", "router"]
