"""Pages of continuity. Importing a module declares its pages."""

<<<<<<< HEAD
from sild.wings.continuity.pages import evacuation, freezing, hosts, importing, lights_out, parts, standby, systems

__all__ = ["evacuation", "freezing", "hosts", "importing", "lights_out", "parts", "standby", "systems"]
=======
from sild.wings.continuity.pages import custody, freezing, hosts, importing, lights_out, parts, standby, systems

__all__ = ["custody", "freezing", "hosts", "importing", "lights_out", "parts", "standby", "systems"]
>>>>>>> a3711543 (Custody: the desk keeps receipts of copies that others hold, and nags until one was restored)
