"""The front door of continuity."""

from sild.wings.continuity.actions import redact_continuity
from sild.wings.continuity.reads import continuity_naming

__all__ = ["continuity_naming", "redact_continuity"]
