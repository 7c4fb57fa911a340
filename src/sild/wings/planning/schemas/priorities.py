"""A need's priority as programs are told of it, and what people say of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, WithJsonSchema

from sild.kernel.shapes import Amount, Name, Reason, Shape, Word
from sild.wings.planning.schemas.answers import Priority

Degree = Annotated[
    Decimal,
    Field(ge=0, le=1, max_digits=4, decimal_places=3),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1, "multipleOf": 0.001},
                {"type": "string", "pattern": r"^(0(\.[0-9]{1,3})?|1(\.0{1,3})?)$"},
            ]
        },
        mode="validation",
    ),
]
"""How much of a criterion, from 0 to 1, to the thousandth; the document says which texts are numbers too."""
Height = Annotated[
    Decimal,
    Field(ge=0, le=10, max_digits=4, decimal_places=2),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 10, "multipleOf": 0.01},
                {"type": "string", "pattern": r"^([0-9](\.[0-9]{1,2})?|10(\.0{1,2})?)$"},
            ]
        },
        mode="validation",
    ),
]
"""A priority from 0 to 10, to the hundredth."""


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
    value: Degree
    source: Annotated[Name, StringConstraints(strip_whitespace=True, min_length=1)]
    reason: Reason


class Overriding(Shape):
    """A priority from 0 to 10 that counts instead of the arithmetic, or null to let the arithmetic count again, and why."""

    value: Height | None
    reason: Reason
