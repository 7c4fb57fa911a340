"""What people may rule about two lines, as data."""

from __future__ import annotations

LOOK_ALIKE = "look-alike"
"""Kept on a pair that looks alike and was kept apart by the desk; a person may rule either way."""
