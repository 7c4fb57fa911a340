"""Outlook as programs are told of it, and what they say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Amount, Name, Reason, Shape, Version, Word
from sild.wings.outlook.actions import NewTerm
from sild.wings.outlook.rules import Leaning, Source, TermKind


class WantedBody(Shape):
    """Of which body; without one, all."""

    body: Name = ""


class WantedCategory(Shape):
    """Of which category; without one, all."""

    category: Word = ""


class Month(Shape):
    """A month: `capacity` null is not known; `planned` by the newest plan, of which `committed`; `left` below 0: too much."""

    month: date
    capacity: Decimal | None
    planned: Decimal
    committed: Decimal
    left: Decimal | None
    source: str
    as_of: date | None


class ResourceMonth(Month):
    """A month of a resource; of racks and power `planned` is all that has come by then, and `carried` that the capacity was told of an
    earlier month. `silent`: pieces of which nobody said what one takes."""

    carried: bool
    silent: Decimal


class ResourceOfBody(Shape):
    """What a body has of a resource: people in hours, training in places, racks in rack units, power in watts."""

    name: Literal["people", "training", "racks", "power"]
    months: list[ResourceMonth]


class Capacity(Shape):
    """A body with its next months in pieces and by resource; `undated` is planned for it without a month."""

    body: str
    months: list[Month]
    undated: Decimal
    resources: list[ResourceOfBody]


class Running(Shape):
    """What a body uses until a day. `told_by`: a consignment of the desk, or a term that somebody wrote down; `id` is that one's."""

    id: UUID
    on: date
    kind: str
    title: str
    body: str
    category: str
    giver: str
    unit: str
    quantity: Decimal | None
    in_use: Decimal | None
    told_by: str
    differs: bool


class LapsingTerm(Shape):
    """What lapses; what the plan brings in its place in time and late; `dark` is what is not replaced in time, null: not known."""

    running: Running
    in_time: Decimal
    late: Decimal
    dark: Decimal | None
    again: date | None


class Dependence(Shape):
    """A body that leans on a name for something."""

    body: str
    name: str
    link: Leaning
    category: str
    title: str
    quantity: Decimal | None
    unit: str
    source: Source


class Share(Shape):
    """A part of all that stands in one category and unit."""

    category: str
    unit: str
    quantity: Decimal
    whole: Decimal
    percent: Decimal


class Alternative(Shape):
    """An open offer of the same category from somebody else."""

    offer: UUID
    title: str
    provider: str
    category: str
    quantity: Decimal | None
    unit: str


class Concentration(Shape):
    """A name on which several bodies lean: its shares, the rows that they add up, and the alternatives."""

    name: str
    link: Leaning
    bodies: list[str]
    of_bodies: int
    shares: list[Share]
    rows: list[Dependence]
    alternatives: list[Alternative]


class TermToKeep(Shape):
    """What runs out on a day, for which body, and where that is written."""

    kind: TermKind
    title: Annotated[Name, Field(min_length=1)]
    body: Annotated[Name, Field(min_length=1)]
    ends_on: date
    category: Word = ""
    vendor: Name = ""
    giver: Name = ""
    quantity: Amount | None = None
    unit: Annotated[Word, Field(max_length=60)] = ""
    source: Annotated[Name, Field(min_length=1)]

    def term(self) -> NewTerm:
        """As the action takes it."""
        return NewTerm(**{name: getattr(self, name) for name in type(self).model_fields})


class TermRenewal(Shape):
    """Until which day it was renewed, and who said so."""

    ends_on: date
    version: Version
    reason: Reason


class Ending(Shape):
    """Why it is not needed any more."""

    version: Version
    reason: Reason
