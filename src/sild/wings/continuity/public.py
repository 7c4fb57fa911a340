"""The front door of continuity."""

from sild.wings.continuity.actions import MoveMade, note_move, redact_continuity
from sild.wings.continuity.reads import continuity_naming
from sild.wings.continuity.rules import StandbyMoveKind

__all__ = [
    "MoveMade",
    "StandbyMoveKind",
    "continuity_naming",
    "note_move",
    "redact_continuity",
]
