"""Pages of continuity. Importing a module declares its pages."""

from sild.wings.continuity.pages import evacuation, freezing, hosts, importing, lights_out, parts, standby, systems

__all__ = ["evacuation", "freezing", "hosts", "importing", "lights_out", "parts", "standby", "systems"]
