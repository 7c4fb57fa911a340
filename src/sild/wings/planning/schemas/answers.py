"""The plan as programs are told of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sild.kernel.shapes import Amount, Paging, Reason, Shape, Word

State = Literal["covered", "partly", "unmet", "not-plannable"]


class PlanHead(Shape):
    """A plan for its reader: how many needs stand in each state, what is asked for, supposed, left out, and found by the check.

    `whole`: you see all of it; else your part of what was shared. `gap` is how far from the best it can be, as a share.
    """

    plan: UUID
    made_at: datetime
    made_on: date | None
    whole: bool
    checked: bool
    gap: float | None
    shared_by: str
    counts: dict[State, int]
    asks: list[str]
    supposed: list[str]
    left_out: list[tuple[str, str]]
    findings: list[str]


class PlannedGift(Shape):
    """A quantity of one offer in a month; without the offer where you may not see it."""

    offer: UUID | None
    title: str
    provider: str
    quantity: Amount
    month: date | None


class Blocker(Shape):
    """What would let more reach the need, in words, and whose move it is."""

    sentence: str
    owner: str


class Priority(Shape):
    """The arithmetic of a priority, from 0 to 10: the terms are (criterion, weight, value from 0 to 1 or null, source)."""

    value: Decimal
    low: Decimal
    high: Decimal
    terms: list[tuple[str, Decimal, Decimal | None, str]]


class PlannedNeed(Shape):
    """A need in a plan: `planned` of `asked`, who gives, what blocks the rest; `weight` orders what is most wanted."""

    need: UUID
    title: str
    beneficiary: str
    category: str
    asked: Amount | None
    planned: Amount
    unit: str
    state: State
    given: list[PlannedGift]
    blockers: list[Blocker]
    priority: Priority | None
    weight: float


class WantedNeeds(Paging):
    """Which needs of the plan."""

    state: Literal["", "covered", "partly", "unmet", "not-plannable"] = ""
    category: Word = ""


class Sharing(Shape):
    """Why a plan is shared or recalled."""

    reason: Reason


class Travelled(Shape):
    """How many records travel to others now, or came back."""

    records: int
