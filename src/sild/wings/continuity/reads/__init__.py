"""Questions to continuity."""

from sild.wings.continuity.reads.naming import continuity_naming

__all__ = [
    "continuity_naming",
]
