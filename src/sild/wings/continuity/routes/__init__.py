"""Continuity for programs. Importing a module hangs its routes on the router."""

from sild.wings.continuity.routes import custody, evacuation, freezing, hosts, importing, inventory, lights_out, standby
from sild.wings.continuity.routes.mount import router

__all__ = ["custody", "evacuation", "freezing", "hosts", "importing", "inventory", "lights_out", "router", "standby"]
