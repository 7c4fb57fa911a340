"""Pages of continuity. Importing a module declares its pages."""

from sild.wings.continuity.pages import freezing, hosts, importing, lights_out, parts, standby, systems

__all__ = ["freezing", "hosts", "importing", "lights_out", "parts", "standby", "systems"]
