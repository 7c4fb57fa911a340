"""What people may rule about two lines, as data."""

from __future__ import annotations

RELATIONS = ("same-as", "supersedes", "escalates", "part-of", "withdraws", "second-batch", "not-the-same")
"""Relations of a later line to an earlier one (domain: records, Link)."""

LOOK_ALIKE = "look-alike"
"""Kept on a pair that looks alike and was kept apart by the desk; a person may rule either way."""
