"""Pages of continuity. Importing a module declares its pages."""

from sild.wings.continuity.pages import hosts, parts, systems

__all__ = ["hosts", "parts", "systems"]
