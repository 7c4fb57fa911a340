"""Lights-out drills, as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Amount, Name, Reason, Shape, Text, Tlp, Version
from sild.wings.continuity.rules import DependencyKind, LightsVerdict, Loss
from sild.wings.continuity.schemas.inventory import Told

Names = Annotated[list[Name], Field(max_length=50)]


class DrillToDo(Shape):
    """What is taken away, by name; hours that a system goes on without its vendor or its crew (null: nobody told)."""

    name: Name
    territories: Names = []
    clouds: Names = []
    vendors: Names = []
    crews: Names = []
    vendor_hours: Told | None = None
    crew_hours: Told | None = None
    again_by: date | None = None
    compartment: UUID | None = None
    reason: Reason


class DrillStep(Shape):
    """A step of a path: what of the system is gone (`loss`, by `name`; "" where nobody told it), or on what it leans."""

    code: str
    loss: Loss | None
    name: str
    needs: str
    kind: DependencyKind | None
    hours: Amount | None


class DrillFate(Shape):
    """A service ("": the system itself): it stops not before `low` and not after `high` hours; null: never, as far as anybody told."""

    service: str
    code: str
    verdict: LightsVerdict
    low: Amount | None
    high: Amount | None
    loss_per_hour: Amount | None
    worse: list[str]
    path: list[DrillStep]


class DrillSummary(Shape):
    """A drill: how many services of which verdict; points an hour of what is gone at once, of `loss_told` services."""

    id: UUID
    version: int
    marking: Tlp
    name: str
    counts: dict[LightsVerdict, int]
    loss: Amount
    loss_told: int
    systems: int
    drilled_by: str
    drilled_at: datetime
    again_by: date | None
    overdue: bool
    lesson: str
    own: bool


class DrillWhole(DrillSummary):
    """A drill with what was taken away and what became of each service."""

    gone: dict[Loss, list[str]]
    vendor_hours: Amount | None
    crew_hours: Amount | None
    fates: list[DrillFate]


class DrillList(Shape):
    """The drills, the newest first."""

    drills: list[DrillSummary]


class DrillLesson(Shape):
    """What a drill taught, and by when it is done again."""

    lesson: Text
    again_by: date | None = None
    version: Version
