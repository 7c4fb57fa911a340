"""Jobs of continuity. Importing a module declares its jobs."""

from sild.wings.continuity.jobs import evacuation

__all__ = ["evacuation"]
