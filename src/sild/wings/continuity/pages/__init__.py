"""Pages of continuity. Importing a module declares its pages."""

from sild.wings.continuity.pages import custody, evacuation, freezing, hosts, importing, lights_out, parts, standby, systems

__all__ = ["custody", "evacuation", "freezing", "hosts", "importing", "lights_out", "parts", "standby", "systems"]
