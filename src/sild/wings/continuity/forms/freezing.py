"""What people send about freeze points, destroyed copies and the way home. Moments are UTC, as the pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.wings.continuity.actions import NewDestruction, NewFreeze, NewHomeStep


def moment_sent(text: str) -> datetime:
    """A moment as forms send it, in UTC. Raises Refused."""
    try:
        told = datetime.fromisoformat(text.strip())
        return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise Refused(_("{moment} is no moment. Write it as 2026-12-15T08:30, in UTC.").format(moment=text.strip()[:40])) from fault


def freeze_of(told: Mapping[str, str]) -> NewFreeze:
    """A freeze point that a form writes down. Raises Refused."""
    return NewFreeze(
        since=moment_sent(told.get("since", "")),
        decided_by=told.get("decided_by", ""),
        act=told.get("act", ""),
        territory=told.get("territory", ""),
    )


def destruction_of(told: Mapping[str, str]) -> NewDestruction:
    """A destroyed copy that a form writes down; without a moment it could not be destroyed. Raises Refused."""
    at = told.get("destroyed_at", "").strip()
    return NewDestruction(
        what=told.get("what", ""),
        method=told.get("method", ""),
        destroyed_at=moment_sent(at) if at else None,
        first_witness=told.get("first_witness", ""),
        second_witness=told.get("second_witness", ""),
    )


def home_step_of(told: Mapping[str, str]) -> NewHomeStep:
    """A step of the way home that a form writes down."""
    return NewHomeStep(**{name: told.get(name, "") for name in ("what", "doer", "changed_abroad", "to_reconcile")})
