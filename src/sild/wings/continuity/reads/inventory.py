"""The inventory as its readers see it: the board of systems, and one system whole with what belongs to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.history_reads import HistoryEntry, history_of
from sild.wings.continuity.models import Dataset, Dependency, Host, Service, System
from sild.wings.continuity.reads.leaning import FallRow, LeanRow, falls_of, leaning_of
from sild.wings.continuity.rules import (
    LETS_GO,
    MOVER_OF,
    ORDER,
    Dongle,
    KeyCustody,
    Layer,
    Permission,
    PermissionMover,
    Portability,
)

SYSTEM, DATASET, SERVICE, DEPENDENCY = "continuity.System", "continuity.Dataset", "continuity.Service", "continuity.Dependency"
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which systems: words of code or name, a layer, how it can be moved, datasets that wait for whose move; `retired` those out of use."""

    text: str = ""
    layer: str = ""
    portability: str = ""
    waits: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemRow:
    """A system on the board. `size` sums the GB that are known; of `unsized` datasets nobody told, of `waiting` none may leave yet.

    `loss` sums the points an hour that are known; of `untold` services nobody told, `money` counts those told in a currency.
    """

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
    size: Decimal
    unsized: int
    waiting: int
    ours: int
    services: int
    loss: Decimal
    untold: int
    money: int
    host: UUID | None
    retired: bool
    marking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The systems that were asked for, layer by layer, as many as fit (`cut`: there are more), with what stands out among them."""

    rows: tuple[SystemRow, ...]
    cut: bool
    all: int
    immovable: int
    unmoved: int
    waiting: int
    unsized: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetRow:
    """A dataset: `size` in GB, `change` in GB a day, `rpo` and `rto` in hours, `loss_if_gone` in points; None: unknown."""

    id: UUID
    version: int
    name: str
    data_owner: str
    size: Decimal | None
    change: Decimal | None
    rpo: Decimal | None
    rto: Decimal | None
    loss_if_gone: Decimal | None
    permission: Permission
    permission_of: str
    permission_act: str
    permission_on: date | None
    custody: KeyCustody
    note: str
    retired: bool

    @property
    def mover(self) -> PermissionMover:
        """Whose move the permission is."""
        return MOVER_OF[self.permission]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """A service: its loss for each hour of standing still, in points or in `currency`; `rto` in hours."""

    id: UUID
    version: int
    name: str
    users: str
    loss_per_hour: Decimal | None
    currency: str
    rto: Decimal | None
    note: str
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemView:
    """A system whole. `own`: the reader's organisation keeps it. `falls`: what falls if it goes, `circle`: the ring that it stands in."""

    row: SystemRow
    own: bool
    purpose: str
    operator: str
    territory: str
    cloud: str
    vendor: str
    crew: str
    racks: Decimal | None
    kilowatts: Decimal | None
    effort_hours: Decimal | None
    note: str
    host_name: str
    datasets: tuple[DatasetRow, ...]
    services: tuple[ServiceRow, ...]
    needs: tuple[LeanRow, ...]
    needed_by: tuple[LeanRow, ...]
    falls: tuple[FallRow, ...]
    circle: tuple[str, ...]
    history: tuple[HistoryEntry, ...]


@read
def system_board(actor: Actor, wanted: Wanted | None = None, *, limit: int = 300) -> Board:
    """The systems of a filter, layer by layer in the order of setting up again, then by code."""
    rows = [row for row in rows_of(_found(wanted or Wanted())) if not (wanted and wanted.waits) or _waits(row, wanted.waits)]
    order = {layer: at for at, layer in enumerate(ORDER)}
    rows.sort(key=lambda row: (order.get(row.layer, len(order)), row.code.casefold(), str(row.id)))
    return Board(
        rows=tuple(rows[:limit]),
        cut=len(rows) > limit,
        all=len(rows),
        immovable=sum(row.portability == Portability.IMMOVABLE for row in rows),
        unmoved=sum(row.portability == Portability.UNKNOWN for row in rows),
        waiting=sum(row.waiting for row in rows),
        unsized=sum(row.unsized for row in rows),
    )


@read
def list_systems(
    actor: Actor, wanted: Wanted | None = None, *, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[SystemRow], tuple[datetime, UUID] | None]:
    """The systems that the reader may see, the newest first, and the key from which the next slice goes on (None at the end)."""
    found = _found(wanted or Wanted())
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    kept = list(found.order_by("-created_at", "-id")[: limit + 1])
    rows = rows_of(kept[:limit])
    return rows, (rows[-1].created_at, rows[-1].id) if len(kept) > limit else None


@read
def system_record(actor: Actor, system_id: UUID) -> SystemView:
    """A system whole. Raises NotThere."""
    one: System = System.found(system_id)
    [row] = rows_of([one])
    datasets = list(Dataset.objects.filter(system_id=one.id).order_by("retired", "name", "id"))
    services = list(Service.objects.filter(system_id=one.id).order_by("retired", "name", "id"))
    leaning = leaning_of(one.owner_id)
    alike = ("purpose", "operator", "territory", "cloud", "vendor", "crew", "racks", "kilowatts", "effort_hours", "note")
    host = Host.objects.filter(id=one.host_id).first() if one.host_id is not None else None
    ties = [lean.id for lean in leaning.rows if one.id in (lean.system, lean.needs)]
    return SystemView(
        row=row,
        own=one.owner_id == actor.organisation,
        **{name: getattr(one, name) for name in alike},
        host_name=host.name if host is not None else "",
        datasets=tuple(dataset_row(each) for each in datasets),
        services=tuple(service_row(each) for each in services),
        needs=tuple(lean for lean in leaning.rows if lean.system == one.id),
        needed_by=tuple(lean for lean in leaning.rows if lean.needs == one.id),
        falls=falls_of(leaning, [one.id]),
        circle=leaning.circle_of(one.id),
        history=history_of(actor, [one.id, *(each.id for each in datasets), *(each.id for each in services), *ties]),
    )


@read
def dataset_record(actor: Actor, dataset_id: UUID) -> tuple[UUID, DatasetRow]:
    """A dataset, and its system. Raises NotThere."""
    one: Dataset = Dataset.found(dataset_id)
    return one.system_id, dataset_row(one)


@read
def service_record(actor: Actor, service_id: UUID) -> tuple[UUID, ServiceRow]:
    """A service, and its system. Raises NotThere."""
    one: Service = Service.found(service_id)
    return one.system_id, service_row(one)


@read
def system_of_dependency(actor: Actor, dependency_id: UUID) -> UUID:
    """The system that leans. Raises NotThere."""
    one: Dependency = Dependency.found(dependency_id)
    return one.system_id


@read
def systems_named(actor: Actor, keys: Collection[UUID] | None = None) -> dict[UUID, str]:
    """Code and name of the own systems in use, by id, in the order of their codes."""
    found = System.objects.filter(owner_id=actor.organisation, retired=False)
    if keys is not None:
        found = found.filter(id__in=list(keys))
    return {one.id: f"{one.code}: {one.name}" for one in found.order_by("code", "id")}


def rows_of(kept: Iterable[System]) -> list[SystemRow]:
    """Systems as they stand on the board."""
    systems = list(kept)
    keys = [one.id for one in systems]
    datasets: dict[UUID, list[tuple[Decimal | None, str]]] = defaultdict(list)
    for key, size, permission in Dataset.objects.filter(system_id__in=keys, retired=False).values_list("system_id", "size", "permission"):
        datasets[key].append((size, permission))
    services: dict[UUID, list[tuple[Decimal | None, str]]] = defaultdict(list)
    for key, loss, currency in Service.objects.filter(system_id__in=keys, retired=False).values_list(
        "system_id", "loss_per_hour", "currency"
    ):
        services[key].append((loss, currency))
    return [_row(one, datasets[one.id], services[one.id]) for one in systems]


def _row(one: System, data: list[tuple[Decimal | None, str]], gives: list[tuple[Decimal | None, str]]) -> SystemRow:
    alike = ("id", "version", "created_at", "code", "name", "retired", "marking")
    return SystemRow(
        **{name: getattr(one, name) for name in alike},
        layer=Layer(one.layer),
        portability=Portability(one.portability),
        custody=KeyCustody(one.custody),
        dongle=Dongle(one.dongle),
        datasets=len(data),
        size=sum((size for size, _permission in data if size is not None), NOTHING),
        unsized=sum(size is None for size, _permission in data),
        waiting=sum(Permission(permission) not in LETS_GO for _size, permission in data),
        ours=sum(MOVER_OF[Permission(permission)] == PermissionMover.OURS for _size, permission in data),
        services=len(gives),
        loss=sum((loss for loss, currency in gives if loss is not None and not currency), NOTHING),
        untold=sum(loss is None for loss, _currency in gives),
        money=sum(loss is not None and bool(currency) for loss, currency in gives),
        host=one.host_id,
    )


def _found(wanted: Wanted) -> Any:
    """The systems that a filter asks for, but for what their datasets wait for."""
    found = System.objects.filter(retired=wanted.retired)
    if wanted.layer:
        found = found.filter(layer=wanted.layer)
    if wanted.portability:
        found = found.filter(portability=wanted.portability)
    for word in wanted.text.split()[:8]:
        found = found.filter(Q(code__icontains=word) | Q(name__icontains=word))
    return found


def _waits(row: SystemRow, waits: str) -> bool:
    """Whether a dataset of the system waits for our move, or for that of whoever gives the permission."""
    return bool(row.ours if waits == PermissionMover.OURS else row.waiting - row.ours)


def dataset_row(one: Dataset) -> DatasetRow:
    """A dataset as it is shown."""
    plain = [name for name in DatasetRow.__dataclass_fields__ if name not in ("permission", "custody")]
    told = {name: getattr(one, name) for name in plain}
    return DatasetRow(**told, permission=Permission(one.permission), custody=KeyCustody(one.custody))


def service_row(one: Service) -> ServiceRow:
    """A service as it is shown."""
    return ServiceRow(**{name: getattr(one, name) for name in ServiceRow.__dataclass_fields__})
