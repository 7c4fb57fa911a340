"""Continuity for programs. Importing a module hangs its routes on the router."""

<<<<<<< HEAD
from sild.wings.continuity.routes import evacuation, freezing, hosts, importing, inventory, lights_out, standby
from sild.wings.continuity.routes.mount import router

__all__ = ["evacuation", "freezing", "hosts", "importing", "inventory", "lights_out", "router", "standby"]
=======
from sild.wings.continuity.routes import custody, freezing, hosts, importing, inventory, lights_out, standby
from sild.wings.continuity.routes.mount import router

__all__ = ["custody", "freezing", "hosts", "importing", "inventory", "lights_out", "router", "standby"]
>>>>>>> a3711543 (Custody: the desk keeps receipts of copies that others hold, and nags until one was restored)
