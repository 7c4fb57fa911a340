"""Systems, datasets, services and dependencies as programs are told of them, and what they may send. An amount of null is unknown."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from sild.kernel.shapes import Amount, Name, Paging, Reason, Shape, Text, Tlp, Version, Word
from sild.wings.continuity.actions import DatasetFacts, DependencyFacts, PermissionWord, ServiceFacts, SystemFacts
from sild.wings.continuity.rules import (
    DependencyKind,
    Dongle,
    FallKind,
    KeyCustody,
    Layer,
    Permission,
    PermissionMover,
    Portability,
)

Told = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,14}(\.[0-9]{1,3})?$")]
"""An amount that a program tells, as a decimal string."""


def amounts(told: dict[str, Any]) -> dict[str, Any]:
    """What was told, with its amounts as numbers. No field but an amount may be left out as null."""
    return {name: Decimal(value) if name in AMOUNTS and value is not None else value for name, value in told.items()}


AMOUNTS = frozenset(
    {
        "racks",
        "kilowatts",
        "effort_hours",
        "size",
        "change",
        "rpo",
        "rto",
        "loss_if_gone",
        "loss_per_hour",
        "hours_without",
        "free",
        "link",
        "shipping_days",
        "shipment",
    }
)


class WantedSystems(Paging):
    """Which systems: words of code or name, a layer, a way of moving, those out of use."""

    text: Name = ""
    layer: Word = ""
    portability: Word = ""
    retired: bool = False


class SystemItem(Shape):
    """A system in a list. `size` sums the GB that are known, `unsized` counts datasets of which nobody told; so `loss` and `untold`."""

    id: UUID
    version: int
    created_at: datetime
    code: str
    name: str
    layer: Layer
    portability: Portability
    custody: KeyCustody
    dongle: Dongle
    datasets: int
    size: Amount
    unsized: int
    waiting: int
    services: int
    loss: Amount
    untold: int
    host: UUID | None
    retired: bool
    marking: Tlp


class DatasetOf(Shape):
    """A dataset: GB, GB a day, hours, points. `mover`: whose move the permission to leave the country is."""

    id: UUID
    version: int
    name: str
    data_owner: str
    size: Amount | None
    change: Amount | None
    rpo: Amount | None
    rto: Amount | None
    loss_if_gone: Amount | None
    permission: Permission
    permission_of: str
    permission_act: str
    permission_on: date | None
    mover: PermissionMover
    custody: KeyCustody
    note: str
    retired: bool


class ServiceOf(Shape):
    """A service: points lost for each hour of standing still, or money where `currency` says so."""

    id: UUID
    version: int
    name: str
    users: str
    loss_per_hour: Amount | None
    currency: str
    rto: Amount | None
    note: str
    retired: bool


class LeanOf(Shape):
    """That a system, or one service of it, leans on another. `odd`: on a layer that is set up after its own."""

    id: UUID
    version: int
    system: UUID
    service: UUID | None
    needs: UUID
    kind: DependencyKind
    hours: Amount | None
    note: str
    odd: bool


class FallOf(Shape):
    """What becomes of a system or service, and by which way; `told` false: it may be later, hours on the way are not known."""

    id: UUID
    system: UUID
    words: str
    service: bool
    kind: FallKind
    hours: Amount
    told: bool
    path: list[str]


class WholeSystem(Shape):
    """A system with what belongs to it, what it leans on, what leans on it, and what falls if it goes."""

    system: SystemItem
    purpose: str
    operator: str
    territory: str
    cloud: str
    vendor: str
    crew: str
    racks: Amount | None
    kilowatts: Amount | None
    effort_hours: Amount | None
    note: str
    datasets: list[DatasetOf]
    services: list[ServiceOf]
    needs: list[LeanOf]
    needed_by: list[LeanOf]
    falls: list[FallOf]
    ring: list[str]


class SystemToMend(Shape):
    """All that is said of a system, anew; an amount that is left out is unknown."""

    code: Annotated[Word, Field(min_length=1, max_length=60)]
    name: Annotated[Name, Field(min_length=1)]
    purpose: Text = ""
    operator: Name = ""
    layer: Layer = Layer.UNKNOWN
    portability: Portability = Portability.UNKNOWN
    custody: KeyCustody = KeyCustody.UNKNOWN
    dongle: Dongle = Dongle.UNKNOWN
    territory: Name = ""
    cloud: Name = ""
    vendor: Name = ""
    crew: Name = ""
    racks: Told | None = None
    kilowatts: Told | None = None
    effort_hours: Told | None = None
    host: UUID | None = None
    note: Text = ""
    version: Version | None = None
    reason: Text = ""

    def facts(self) -> SystemFacts:
        """As the act takes it."""
        told = {name: getattr(self, name) for name in SystemFacts.__dataclass_fields__ if name != "host_id"}
        return SystemFacts(**amounts(told), host_id=self.host)


class SystemToRecord(SystemToMend):
    """A system to write down. Everything of the inventory is AMBER+STRICT at least."""

    marking: Tlp = "TLP:AMBER+STRICT"
    compartment: UUID | None = None


class RetiredOrNot(Shape):
    """Whether something is out of use, and why."""

    retired: bool = True
    version: Version | None = None
    reason: Reason


class DatasetToSay(Shape):
    """All that is said of a dataset, anew, but for its permission."""

    name: Annotated[Name, Field(min_length=1)]
    data_owner: Name = ""
    size: Told | None = None
    change: Told | None = None
    rpo: Told | None = None
    rto: Told | None = None
    loss_if_gone: Told | None = None
    custody: KeyCustody = KeyCustody.UNKNOWN
    note: Text = ""
    version: Version | None = None
    reason: Text = ""

    def facts(self) -> DatasetFacts:
        """As the act takes it."""
        return DatasetFacts(**amounts({name: getattr(self, name) for name in DatasetFacts.__dataclass_fields__}))


class PermissionToSay(Shape):
    """Where the permission for a dataset stands: whose it is, by which act, on which day."""

    permission: Permission
    of: Name = ""
    act: Name = ""
    on: date | None = None
    version: Version | None = None
    reason: Reason

    def word(self) -> PermissionWord:
        """As the act takes it."""
        return PermissionWord(permission=self.permission, of=self.of, act=self.act, on=self.on)


class ServiceToSay(Shape):
    """All that is said of a service, anew."""

    name: Annotated[Name, Field(min_length=1)]
    users: Name = ""
    loss_per_hour: Told | None = None
    currency: Annotated[Word, Field(max_length=3)] = ""
    rto: Told | None = None
    note: Text = ""
    version: Version | None = None
    reason: Text = ""

    def facts(self) -> ServiceFacts:
        """As the act takes it."""
        return ServiceFacts(**amounts({name: getattr(self, name) for name in ServiceFacts.__dataclass_fields__}))


class LeanToSay(Shape):
    """On which system something leans, for all of it or for one service, and how much."""

    needs: UUID
    service: UUID | None = None
    kind: DependencyKind = DependencyKind.UNKNOWN
    hours_without: Told | None = None
    note: Text = ""
    reason: Text = ""

    def facts(self) -> DependencyFacts:
        """As the act takes it."""
        told = {name: getattr(self, name) for name in ("kind", "hours_without", "note")}
        return DependencyFacts(needs_id=self.needs, service_id=self.service, **amounts(told))


class LeanToMend(Shape):
    """How much something leans, anew; on what it leans stays."""

    kind: DependencyKind = DependencyKind.UNKNOWN
    hours_without: Told | None = None
    note: Text = ""
    version: Version | None = None
    reason: Text = ""

    def facts(self, needs: UUID) -> DependencyFacts:
        """As the act takes it."""
        told = {name: getattr(self, name) for name in ("kind", "hours_without", "note")}
        return DependencyFacts(needs_id=needs, **amounts(told))


class LeanToRemove(Shape):
    """Why something does not lean on another after all."""

    version: Version | None = None
    reason: Reason


class GoneSystems(Shape):
    """Which systems are thought to be gone."""

    gone: Annotated[list[UUID], Field(min_length=1, max_length=200)]


class WhatFalls(Shape):
    """What falls, may fall or runs worse, the surest first, then the soonest."""

    falls: list[FallOf]
