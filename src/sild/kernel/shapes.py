"""Shapes: what JSON of the API is made of. A shape refuses fields that it does not know and text that cannot be kept.

Amounts are decimal strings, days and moments ISO 8601, identifiers UUIDs.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

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

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000, pattern=_KEPT)]
"""Words of a person."""

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000, pattern=_KEPT)]
"""Why somebody did something; kept with the act."""

Version = Annotated[int, Field(ge=1, le=2_147_483_647, description="The version that was read; at another one the change is refused.")]


class Listed(Shape, Generic[I]):
    """A page of a list; `next` is the address of the page after it, null on the last one."""

    items: list[I]
    next: str | None


class Made(Shape):
    """What was made."""

    id: UUID


_CURSOR = r"^(-?[0-9]{1,16}~[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Key = tuple[datetime, UUID]
"""Where a list was cut: the moment and the identifier of its last item."""


def cursor_of(key: Key | None) -> str:
    """The key as it stands in `after`: microseconds since 1970 and the identifier; empty for none."""
    return "" if key is None else f"{(key[0] - _EPOCH) // timedelta(microseconds=1)}~{key[1]}"


class Paging(Shape):
    """Which page of a list."""

    after: Annotated[str, StringConstraints(pattern=_CURSOR)] = Field(
        "", description="Where the page before ended, as its `next` says it; empty for the first page."
    )
    limit: int = Field(50, ge=1, le=MOST)

    @property
    def key(self) -> Key | None:
        """Where the page before ended; None for the first page."""
        moment, _, identity = self.after.partition("~")
        return (_EPOCH + timedelta(microseconds=int(moment)), UUID(identity)) if identity else None
