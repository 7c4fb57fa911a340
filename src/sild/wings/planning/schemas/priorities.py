"""A need's priority as programs are told of it, and what people say of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from sild.kernel.shapes import Amount, Name, Reason, Shape, Word
from sild.wings.planning.schemas.answers import Priority


class SaidOfNeed(Shape):
    """What a person said of a need. `criterion` empty: a priority from 0 to 10 set over the arithmetic, a `value` of null took it back.

    `stands`: nobody said another thing of it later.
    """

    criterion: str
    value: Amount | None
    by: str
    on: date
    source: str
    reason: str
    stands: bool


class NeedPriority(Shape):
    """A need's priority, told from what you may see; `criteria` are those by which you may say something of it."""

    need: UUID
    title: str
    body: str
    priority: Priority
    said: list[SaidOfNeed]
    criteria: list[str]
    may_override: bool


class Assessed(Shape):
    """How much of a criterion a need has, from 0 (not at all) to 1 (as much as there can be), what that rests on, and why."""

    criterion: Word
    value: Annotated[Decimal, Field(ge=0, le=1, max_digits=4, decimal_places=3)]
    source: Annotated[Name, StringConstraints(strip_whitespace=True, min_length=1)]
    reason: Reason


class Overriding(Shape):
    """A priority from 0 to 10 that counts instead of the arithmetic, or null to let the arithmetic count again, and why."""

    value: Annotated[Decimal, Field(ge=0, le=10, max_digits=4, decimal_places=2)] | None
    reason: Reason
