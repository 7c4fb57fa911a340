"""Evacuation plans, as programs are told of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sild.kernel.shapes import Shape, Tlp
from sild.wings.continuity.rules import EvacuationState


class EvacuationSummary(Shape):
    """A plan: what it loses and the proven bound, in points; null while it is worked out. `gap` is a share."""

    id: UUID
    version: int
    marking: Tlp
    name: str
    state: EvacuationState
    asked_by: str
    asked_at: datetime
    loss: float | None
    bound: float | None
    gap: float | None
    goes: int
    stays: int
    hours: int
    happened: str
    adopted_by: str
    adopted_at: datetime | None
    adopted_why: str
    own: bool


class EvacuationList(Shape):
    """The plans, those that lose least first."""

    plans: list[EvacuationSummary]


class EvacuationFate(Shape):
    """What becomes of a system, hours counted from the plan's begin (null: it stays), its expected loss and the reasons."""

    system: str
    goes: bool
    host: str
    way: str
    wave: int | None
    start: int | None
    safe: int | None
    live: int | None
    slack: int | None
    critical: bool
    loss: float
    sum: str
    reasons: str


class EvacuationWhole(EvacuationSummary):
    """A plan with the fate of each system, the critical path, what it supposes, what the check found, what changed."""

    after: UUID | None
    path: list[str]
    changed: list[str]
    supposed: list[str]
    faults: list[str]
    fates: list[EvacuationFate]
