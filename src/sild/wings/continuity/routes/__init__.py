"""Continuity for programs. Importing a module hangs its routes on the router."""

from sild.wings.continuity.routes import hosts, importing, inventory
from sild.wings.continuity.routes.mount import router

__all__ = ["hosts", "importing", "inventory", "router"]
