"""Shapes: what JSON of the API is made of. A shape refuses fields that it does not know and text that cannot be kept.

Amounts are decimal strings, days and moments ISO 8601, identifiers UUIDs.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints

from sild.kernel.listing import START
from sild.values.marking import Marking

I = TypeVar("I")  # noqa: E741 - the item of a list

MOST = 200
"""The longest page of a list."""


class Shape(BaseModel):
    """Base of everything that goes in or out. An unknown field is a fault, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


def plain(amount: Decimal) -> str:
    """An amount without an exponent and without trailing zeros: "14", "0.5"."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


Amount = Annotated[Decimal, PlainSerializer(plain, return_type=str), Field(max_digits=18, decimal_places=3)]
"""A decimal number; a string in the answer."""

_KEPT = r"^[^\u0000]*$"
Word = Annotated[str, StringConstraints(max_length=80, pattern=_KEPT)]
"""A code, a state, a name to filter by."""

Name = Annotated[str, StringConstraints(max_length=300, pattern=_KEPT)]
"""A name of a body, or words to look for."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000, pattern=_KEPT)]
"""Words of a person."""

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000, pattern=_KEPT)]
"""Why somebody did something; kept with the act."""

Version = Annotated[int, Field(ge=1, le=2_147_483_647, description="The version that was read; at another one the change is refused.")]


Tlp = Annotated[
    Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"],
    BeforeValidator(lambda marking: Marking(marking).label if isinstance(marking, int) else marking),
]
"""A marking or a ceiling, by its label (TLP 2.0)."""


class Listed(Shape, Generic[I]):
    """A page of a list; `next` is the address of the page after it, null on the last one."""

    items: list[I]
    next: str | None


class Made(Shape):
    """What was made."""

    id: UUID


_CURSOR = r"^([0-9a-f]{1,14}-[0-9a-f]{32})?$"


class Paging(Shape):
    """Which page of a list."""

    after: Annotated[str, StringConstraints(pattern=_CURSOR)] = Field(
        "", description="Where the page before ended, as its `next` says it; empty for the first page."
    )
    limit: int = Field(50, ge=1, le=MOST)

    @property
    def key(self) -> tuple[datetime, UUID] | None:
        """The moment and the identifier where the page before ended; None for the first page."""
        moment, _, identity = self.after.partition("-")
        return (START + timedelta(microseconds=int(moment, 16)), UUID(hex=identity)) if identity else None
