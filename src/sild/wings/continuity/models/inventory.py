"""Tables of the inventory: systems, their datasets and services, and what leans on what. An amount that nobody told is null, not nought."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.values.marking import Marking
from sild.wings.continuity.rules import DependencyKind, Dongle, KeyCustody, Layer, Permission, Portability


def amount() -> models.DecimalField[Decimal | None, Decimal | None]:
    """A column of an amount; null where nobody told it."""
    return models.DecimalField(max_digits=18, decimal_places=3, null=True)


class System(Record):
    """A system of the State. `code` is the organisation's own short name for it, by which sheets speak of it.

    `territory`, `cloud`, `vendor` and `crew` say on what it stands today, each empty where unknown. `host_id` is where it runs when it
    runs away from home. `effort_hours` are hours of a team to move it once its data are there; `racks` and `kilowatts` what it fills.
    """

    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER_STRICT))
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    purpose = models.TextField(blank=True)
    operator = models.CharField(max_length=300, blank=True)
    layer = models.CharField(max_length=12, default=Layer.UNKNOWN)
    portability = models.CharField(max_length=20, default=Portability.UNKNOWN)
    custody = models.CharField(max_length=12, default=KeyCustody.UNKNOWN)
    dongle = models.CharField(max_length=12, default=Dongle.UNKNOWN)
    territory = models.CharField(max_length=300, blank=True)
    cloud = models.CharField(max_length=300, blank=True)
    vendor = models.CharField(max_length=300, blank=True)
    crew = models.CharField(max_length=300, blank=True)
    racks = amount()
    kilowatts = amount()
    effort_hours = amount()
    host_id = models.UUIDField(null=True, db_index=True)
    note = models.TextField(blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        verbose_name = "system"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["mechanism_id", "owner_id", "code"], name="systems_by_code")]


class Dataset(Record):
    """Data of a system, with whose they are and whether the law lets them go abroad.

    `size` in GB, `change` in GB a day, `rpo` and `rto` in hours, `loss_if_gone` in points of its owner. `permission` is said with whose
    it is to give (`permission_of`), by which act, on which day.
    """

    inherits = (From(of="continuity.System", key="system_id"),)

    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER_STRICT))
    system_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=300)
    data_owner = models.CharField(max_length=300, blank=True)
    size = amount()
    change = amount()
    rpo = amount()
    rto = amount()
    loss_if_gone = amount()
    permission = models.CharField(max_length=12, default=Permission.UNKNOWN)
    permission_of = models.CharField(max_length=300, blank=True)
    permission_act = models.CharField(max_length=300, blank=True)
    permission_on = models.DateField(null=True)
    custody = models.CharField(max_length=12, default=KeyCustody.UNKNOWN)
    note = models.TextField(blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        verbose_name = "dataset"


class Service(Record):
    """What people and bodies get from a system.

    `loss_per_hour` of standing still is in points of its owner, in money where `currency` says so; `rto` in hours.
    """

    inherits = (From(of="continuity.System", key="system_id"),)

    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER_STRICT))
    system_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=300)
    users = models.CharField(max_length=300, blank=True)
    loss_per_hour = amount()
    currency = models.CharField(max_length=3, blank=True)
    rto = amount()
    note = models.TextField(blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        verbose_name = "service"


class Dependency(Record):
    """The system `system_id` leans on the system `needs_id`; one service of it alone where `service_id` is given.

    `hours_without` is how long it goes on when the other is gone; null where nobody told.
    """

    inherits = (From(of="continuity.System", key="system_id"), From(of="continuity.System", key="needs_id"))

    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER_STRICT))
    system_id = models.UUIDField(db_index=True)
    service_id = models.UUIDField(null=True)
    needs_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=12, default=DependencyKind.UNKNOWN)
    hours_without = amount()
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = "dependency"
