"""What people send about complaints."""

from __future__ import annotations

from collections.abc import Mapping

from sild.wings.response.actions import NewComplaint


def complaint_of(told: Mapping[str, str]) -> NewComplaint:
    """A complaint that a form writes."""
    return NewComplaint(forum=told.get("forum", ""), asked=told.get("asked", ""), norms=told.get("norms", ""))
