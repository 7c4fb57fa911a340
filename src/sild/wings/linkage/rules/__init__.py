"""What people may rule about two lines, as data."""

from __future__ import annotations

REFRESH = "planning.refresh"
"""The job that links the whole register, and plans, after a person's act (planning declares it; a test holds the two names together)."""

LOOK_ALIKE = "look-alike"
"""Kept on a pair that looks alike and was kept apart by the desk; a person may rule either way."""
