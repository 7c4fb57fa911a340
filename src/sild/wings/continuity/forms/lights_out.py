"""What people send about lights-out drills."""

from __future__ import annotations

from collections.abc import Mapping

from sild.kernel.sent import amount_of, day_of
from sild.wings.continuity.actions import Drill


def drill_of(told: Mapping[str, str]) -> Drill:
    """A drill that a form asks for: one name a line. Raises Refused."""
    return Drill(
        name=told.get("name", ""),
        **{field: tuple(told.get(field, "").splitlines()) for field in ("territories", "clouds", "vendors", "crews")},
        vendor_hours=amount_of(told.get("vendor_hours", "")),
        crew_hours=amount_of(told.get("crew_hours", "")),
        again_by=day_of(told.get("again_by", "")),
    )
