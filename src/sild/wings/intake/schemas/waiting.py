"""What waits, as programs are told of it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Shape
from sild.wings.intake.reads.waiting import Kind


class WantedWaiting(Shape):
    """How many of each kind at most."""

    most: Annotated[int, Field(ge=1, le=50)] = 5


class Waiter(Shape):
    """One thing that waits: `model` and `id` name the record; `other` is the second line where a pair is to be ruled."""

    model: str
    id: UUID
    other: UUID | None
    title: str
    detail: str
    urgent: bool


class Waits(Shape):
    """Things of one kind that wait; `more`: there are others."""

    kind: Kind
    items: list[Waiter]
    more: bool
