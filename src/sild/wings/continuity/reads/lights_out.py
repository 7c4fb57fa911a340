"""What lights-out drills look at and found: the inventory as plain parts, the kept drills, those that are overdue."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.kernel.waiting import WaitingItem, waits
from sild.wings.continuity.models import Dependency, Host, LightsOut, Service, System
from sild.wings.continuity.rules import NEVER, DependencyKind, Fate, Gone, LeanHours, LightsVerdict, Loss, Offered, Stand, fates
from sild.wings.parties.public import desk_day

DRILL = "continuity.LightsOut"
FIELDS = {Loss.TERRITORY: "territories", Loss.CLOUD: "clouds", Loss.VENDOR: "vendors", Loss.CREW: "crews"}


@dataclass(frozen=True, slots=True)
class Standing:
    """The part of the inventory that a drill takes in."""

    systems: tuple[System, ...]
    services: tuple[Service, ...]
    leans: tuple[Dependency, ...]
    hosts: dict[UUID, Host]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drilled:
    """A drill as the reader sees it. `gone` are the names that were taken away, by what they are; `counts` the services by verdict.

    `latest`: no later drill has its name; `overdue`: its day to be done again has passed. `loss` are points an hour of what is gone for
    certain at once, of so many services whose loss was told.
    """

    id: UUID
    version: int
    marking: int
    name: str
    gone: tuple[tuple[Loss, tuple[str, ...]], ...]
    vendor_hours: Decimal | None
    crew_hours: Decimal | None
    rows: tuple[dict[str, Any], ...]
    counts: dict[str, int]
    loss: Decimal
    loss_told: int
    systems: int
    drilled_by: str
    drilled_at: datetime
    again_by: date | None
    lesson: str
    own: bool
    latest: bool
    overdue: bool


def what_stands(actor: Actor, room: UUID | None) -> Standing:
    """The own systems in use outside compartments, and those of `room` where it is one, with what belongs to them. Inside an act."""
    mine = System.objects.filter(owner_id=actor.organisation, retired=False).order_by("code", "id")
    systems = tuple(one for one in mine if one.compartment_id in (None, room))
    keys = {one.id for one in systems}
    services = tuple(Service.objects.filter(owner_id=actor.organisation, system_id__in=keys, retired=False).order_by("name", "id"))
    leans = tuple(Dependency.objects.filter(owner_id=actor.organisation, system_id__in=keys, needs_id__in=keys).order_by("id"))
    hosts = {one.id: one for one in Host.objects.filter(id__in={one.host_id for one in systems if one.host_id is not None})}
    open_to = (None, room)
    inside = tuple(one for one in services if one.compartment_id in open_to), tuple(one for one in leans if one.compartment_id in open_to)
    return Standing(systems, *inside, {key: host for key, host in hosts.items() if host.compartment_id in open_to})


def told_fates(standing: Standing, gone: Gone) -> list[dict[str, Any]]:
    """What becomes of each service, as it is kept: plain words and numbers; a system without services stands for itself."""
    codes = {one.id: one.code for one in standing.systems}
    hosts = standing.hosts
    stands = [Stand(code=one.code, on=_stands_on(one, hosts.get(one.host_id) if one.host_id else None)) for one in standing.systems]
    leans = [
        LeanHours(
            code=codes[one.system_id],
            needs=codes[one.needs_id],
            kind=DependencyKind(one.kind),
            hours=one.hours_without,
            service=str(one.service_id) if one.service_id else "",
        )
        for one in standing.leans
    ]
    services = {str(one.id): one for one in standing.services}
    serving = {one.system_id for one in standing.services}
    offered = [Offered(key=str(one.id), code=codes[one.system_id]) for one in standing.services]
    offered += [Offered(key="", code=one.code) for one in standing.systems if one.id not in serving]
    return [_plain(fate, services.get(fate.key)) for fate in fates(stands, leans, offered, gone)]


@read
def list_drills(actor: Actor) -> list[Drilled]:
    """The drills that the reader sees, the newest first."""
    today, seen, rows = desk_day(actor), set[tuple[UUID, str]](), []
    for one in LightsOut.objects.order_by("-drilled_at", "id"):
        rows.append(_drilled(actor, one, today, latest=(one.owner_id, one.name.casefold()) not in seen))
        seen.add((one.owner_id, one.name.casefold()))
    return rows


@read
def drill_record(actor: Actor, drill_id: UUID) -> Drilled:
    """One drill. Raises NotThere."""
    one: LightsOut = LightsOut.found(drill_id)
    later = LightsOut.objects.filter(owner_id=one.owner_id, name__iexact=one.name, drilled_at__gt=one.drilled_at).exists()
    return _drilled(actor, one, desk_day(actor), latest=not later)


@read
def names_that_can_go(actor: Actor) -> dict[str, list[str]]:
    """Names of territories, clouds, vendors and crews that the own inventory knows: what a form offers."""
    found = {}
    for loss, field in FIELDS.items():
        column = loss.value
        known = System.objects.filter(owner_id=actor.organisation, retired=False).exclude(**{column: ""})
        found[field] = sorted(set(known.order_by().values_list(column, flat=True)))
    return found


@waits("drills", DRILL)
@read
def overdue_drills(actor: Actor, most: int) -> list[WaitingItem]:
    """Own drills whose day to be done again has passed, the oldest day first; nobody repeated them under their name."""
    if actor.roles == {Role.AUDITOR}:
        return []
    late = sorted((one for one in list_drills(actor) if one.overdue and one.own), key=lambda one: (one.again_by or date.max, one.id))
    return [
        WaitingItem(model=DRILL, id=one.id, title=one.name, detail=one.again_by.isoformat() if one.again_by else "", urgent=True)
        for one in late[: most + 1]
    ]


def _stands_on(system: System, host: Host | None) -> dict[Loss, tuple[str, ...]]:
    """What a system stands on today: at home by its own words, at a host by the host's country, cloud and vendor."""
    told: dict[Loss, tuple[str, ...]]
    if system.host_id is None:
        told = {loss: (getattr(system, loss.value),) for loss in Loss}
    else:
        there = (host.country, host.cloud, host.vendor) if host is not None else ("", "", "")
        told = {Loss.TERRITORY: (there[0],), Loss.CLOUD: (there[1],), Loss.VENDOR: (system.vendor, there[2]), Loss.CREW: (system.crew,)}
    return {loss: tuple(name for name in names if name.strip()) for loss, names in told.items()}


def _plain(fate: Fate, service: Service | None) -> dict[str, Any]:
    return {
        "service": service.name if service is not None else "",
        "code": fate.code,
        "verdict": fate.verdict.value,
        "low": _hours(fate.low),
        "high": _hours(fate.high),
        "loss": str(service.loss_per_hour) if service is not None and service.loss_per_hour is not None and not service.currency else None,
        "worse": list(fate.worse),
        "path": [
            {
                "code": step.code,
                "loss": step.loss.value if step.loss else "",
                "name": step.name,
                "needs": step.needs,
                "kind": step.kind.value if step.kind else "",
                "hours": _hours(step.hours),
            }
            for step in fate.path
        ],
    }


def _hours(hours: Decimal | None) -> str | None:
    """Hours as they are kept; None for never, and for unknown."""
    return None if hours is None or hours == NEVER else str(hours)


def _drilled(actor: Actor, one: LightsOut, today: date, *, latest: bool) -> Drilled:
    turn = {
        verdict.value: number
        for number, verdict in enumerate((LightsVerdict.GONE, LightsVerdict.FOR_A_TIME, LightsVerdict.UNKNOWN, LightsVerdict.LIVES))
    }
    rows = sorted(one.fates, key=lambda row: (turn.get(row["verdict"], 9), Decimal(row["low"] or 0), row["service"], row["code"]))
    lost = [Decimal(row["loss"]) for row in rows if row["verdict"] == LightsVerdict.GONE and row["loss"] is not None]
    alike = ("id", "version", "marking", "name", "vendor_hours", "crew_hours", "systems", "drilled_at", "again_by", "lesson")
    return Drilled(
        **{name: getattr(one, name) for name in alike},
        gone=tuple((loss, tuple(getattr(one, field).split("\n"))) for loss, field in FIELDS.items() if getattr(one, field)),
        rows=tuple(rows),
        counts={verdict.value: count for verdict, count in _counted(rows)},
        loss=sum(lost, Decimal(0)),
        loss_told=len(lost),
        drilled_by=one.drilled_by_name,
        own=one.owner_id == actor.organisation,
        latest=latest,
        overdue=latest and one.again_by is not None and one.again_by < today,
    )


def _counted(rows: list[dict[str, Any]]) -> list[tuple[LightsVerdict, int]]:
    found = Counter(row["verdict"] for row in rows)
    return [(verdict, found[verdict.value]) for verdict in LightsVerdict if found[verdict.value]]
