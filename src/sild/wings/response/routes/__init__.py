"""Response for programs. Importing a module hangs its routes on the router."""

from sild.wings.response.routes import complaints, listing, norms, precedents, responses
from sild.wings.response.routes.mount import router

__all__ = ["complaints", "listing", "norms", "precedents", "responses", "router"]
