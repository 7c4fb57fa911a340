"""Limits as programs state them and are told of them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints, ValidationError

from sild.kernel.refusals import Refused
from sild.kernel.shapes import Name, Paging, Reason, Shape
from sild.wings.planning.rules import LimitEntry, LimitKind, LimitState, Waived

Code = Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\u0000]*$")]
Named = Annotated[Name, StringConstraints(strip_whitespace=True, min_length=1)]


class WantedLimits(Paging):
    """Which limits: of a kind, of a body, donor or provider by its whole name."""

    kind: Literal["", LimitKind] = ""
    subject: Name = ""


class KnownLimit(Shape):
    """A limit as it was stated; `month` is the first day of the month it speaks of, `detail` what its kind needs besides.

    `stands`: nobody said another thing of it later. `differs`: other sources that said another thing before, by name.
    """

    id: UUID
    stated_at: datetime
    kind: LimitKind
    subject: str
    category: str
    month: date | None
    amount: Decimal | None
    currency: str
    detail: dict[str, Any]
    source: str
    as_of: date
    stands: bool
    differs: list[str]


class NewLimit(Shape):
    """A limit to state, as in a supplement's file: what its fields mean stands there."""

    kind: LimitKind
    subject: Named
    category: Code = ""
    month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = None
    amount: Annotated[str, Field(pattern=r"^[0-9]{1,16}(\.[0-9]{1,2})?$")] | None = None
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    state: LimitState = ""
    authority: Name = ""
    bodies: Annotated[list[Name], Field(max_length=200)] = []
    sectors: Annotated[list[Name], Field(max_length=200)] = []
    visibility: Literal["", "named", "amount-only", "anonymous", "secret"] = ""
    parts: Annotated[dict[Code, int], Field(max_length=20)] = {}
    accepts: Annotated[dict[Code, Annotated[str, Field(pattern=r"^(0(\.[0-9]{1,3})?|1(\.0{1,3})?)$")]], Field(max_length=20)] = {}
    uses: Annotated[list[Named], Field(max_length=20)] = []
    place: Name = ""
    waives: Annotated[list[Waived], Field(max_length=2)] = []
    note: Annotated[str, StringConstraints(max_length=2_000, pattern=r"^[^\u0000]*$")] = ""
    source: Named
    as_of: date
    reason: Reason

    def entry(self) -> LimitEntry:
        """The limit without the reason for stating it. Raises Refused where its fields do not fit its kind."""
        try:
            return LimitEntry.model_validate(self.model_dump(exclude={"reason"}))
        except ValidationError as fault:
            why = fault.errors()[0]["msg"].removeprefix("Value error, ")
            raise Refused(_("The limit does not fit its kind: {why}.").format(why=why)) from fault


class Stated(Shape):
    """Whether the limit is news; the same words were there already where not."""

    new: bool
