"""Evacuation plans, as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Name, Reason, Shape, Text, Tlp, Version
from sild.wings.continuity.rules import MOST_HOURS, MOST_SECONDS, EvacuationState

PerCent = Annotated[int, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=1, le=100_000)]
Codes = Annotated[list[Name], Field(max_length=2000)]


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


class EvacuationToAsk(Shape):
    """A plan that is asked for, and what is supposed: hours in all, chances in per cent that the machines at home are lost, people, work.

    `asked_hour`: the hour by which a permission that was asked is expected; null: nobody knows. `seconds` that are searched.
    """

    name: Name
    hours: Annotated[int, Field(ge=48, le=MOST_HOURS)] = 240
    chance_day: PerCent = 5
    chance_end: PerCent = 60
    people: Count = 6
    people_a_move: Count = 2
    work_hours: Count = 8
    asked_hour: Annotated[int, Field(ge=0, le=MOST_HOURS)] | None = None
    crates_every: Count = 24
    seconds: Annotated[int, Field(ge=1, le=MOST_SECONDS)] = 20
    reason: Text = ""


class PeopleMissing(Shape):
    """How many people of a crew are missing."""

    crew: Name
    people: Count


class EvacuationToAskAgain(Shape):
    """What happened at an hour of a plan, and that it is planned anew: what is done stays, what is under way too unless `anew`."""

    hour: Annotated[int, Field(ge=0, le=MOST_HOURS)]
    lines_cut: Codes = []
    hosts_gone: Codes = []
    missing: Annotated[list[PeopleMissing], Field(max_length=100)] = []
    refused: Codes = []
    anew: bool = False
    reason: Reason


class EvacuationToAdopt(Shape):
    """The version that you saw, and why it is adopted."""

    version: Version
    reason: Reason
