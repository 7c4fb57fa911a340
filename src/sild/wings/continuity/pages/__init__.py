"""Pages of continuity. Importing a module declares its pages."""

from sild.wings.continuity.pages import hosts, importing, parts, systems

__all__ = ["hosts", "importing", "parts", "systems"]
