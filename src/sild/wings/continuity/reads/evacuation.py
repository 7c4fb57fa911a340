"""Evacuation plans: the problem that inventory and hosts pose, the plans side by side, one whole with picture and table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores import evacuation as core
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.continuity.models import Dataset, Dependency, EvacuationPlan, Host, Service, System
from sild.wings.continuity.reads.standing import closed_as
from sild.wings.continuity.rules import (
    HOURS_OF_DAY,
    UNITS_OF_RACK,
    Circumstances,
    DependencyKind,
    HostState,
    Permission,
    Portability,
    hardest,
    summed,
    whole,
)

PLAN = "continuity.EvacuationPlan"
CREW = "movers"
POINT = 1_000_000


@dataclass(frozen=True, slots=True)
class PosedEvacuation:
    """A problem, what it supposes where nobody told it, and how closed what answers it begins."""

    problem: core.EvacuationProblem
    supposed: tuple[str, ...]
    closed: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EvacuationTask:
    """What the job needs: the state, the problem, seconds, and whether it is planned anew after a disruption."""

    state: str
    problem: core.EvacuationProblem
    seconds: int
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FateRow:
    """What becomes of a system, hours as they are counted from the plan's begin; None where it stays. `loss` in points."""

    system: str
    goes: bool
    host: str
    way: str
    wave: int | None
    start: int | None
    safe: int | None
    live: int | None
    slack: int | None
    critical: bool
    loss: float
    sum: str
    reasons: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A plan among others. `loss` and `bound` in points, `gap` a share; None while it is worked out."""

    id: UUID
    version: int
    marking: int
    name: str
    state: str
    asked_by: str
    asked_at: datetime
    loss: float | None
    bound: float | None
    gap: float | None
    goes: int
    stays: int
    hours: int
    happened: str
    adopted_by: str
    adopted_at: datetime | None
    adopted_why: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRecord:
    """A plan whole. `changed` are systems whose move is not as in the plan before `after`; lines, hosts, crews can be told as disrupted."""

    row: PlanRow
    fates: tuple[FateRow, ...]
    path: tuple[str, ...]
    changed: tuple[str, ...]
    supposed: tuple[str, ...]
    faults: tuple[str, ...]
    after: UUID | None
    stopped: str
    seconds: float
    bound_by: str
    now: int
    lines: tuple[str, ...]
    hosts: tuple[str, ...]
    crews: tuple[str, ...]


def posed_evacuation(actor: Actor, told: Circumstances) -> PosedEvacuation:
    """What the own inventory and hosts outside compartments pose. Raises core.BadProblem. Inside an act."""
    open_ones = {"owner_id": actor.organisation, "compartment_id": None}
    systems = list(System.objects.filter(**open_ones, retired=False).order_by("code", "id"))
    keys = [one.id for one in systems]
    inside = {**open_ones, "system_id__in": keys}
    datasets = _by_system(Dataset.objects.filter(**inside, retired=False).order_by("id"))
    services = _by_system(Service.objects.filter(**inside, retired=False).order_by("id"))
    ties = _by_system(Dependency.objects.filter(**inside, needs_id__in=keys).order_by("id"))
    hosts = list(Host.objects.filter(**open_ones).exclude(state=HostState.CLOSED).order_by("name", "id"))
    if not systems or not hosts:
        raise core.BadProblem(_("it needs a system in use and a host that is not closed"))
    names = {one.id: one.code for one in systems}
    supposed: list[str] = [
        _("Systems and hosts in compartments are left out, and so is money."),
        _("Hosts reach each other, and none reaches home."),
    ]
    posed = tuple(_system(one, datasets[one.id], services[one.id], (ties[one.id], names), told, supposed) for one in systems)
    stood, lines, crates = _places(hosts, told, supposed)
    problem = core.EvacuationProblem(
        hours=told.hours,
        hazard=((0, 0), (HOURS_OF_DAY, told.chance_day * 10_000), (told.hours, told.chance_end * 10_000)),
        systems=posed,
        hosts=stood,
        crews=(core.Crew(id=CREW, people=told.people),),
        lines=lines,
        departures=crates,
    )
    belonging = [one for many in (*datasets.values(), *services.values(), *ties.values()) for one in many]
    return PosedEvacuation(problem, tuple(supposed), closed_as(*systems, *hosts, *belonging))


def _by_system(records: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for one in records:
        found[one.system_id].append(one)
    return found


def _system(
    one: System,
    datasets: list[Dataset],
    services: list[Service],
    leaning: tuple[list[Dependency], dict[UUID, str]],
    told: Circumstances,
    supposed: list[str],
) -> core.System:
    ties, names = leaning
    size = summed([data.size for data in datasets])
    points = [service for service in services if not service.currency]
    for missing, words in (
        (one.effort_hours is None, _("{code}: {hours} hours of work, nobody told them")),
        (
            not points or any(each.loss_per_hour is None for each in points),
            _("{code}: losses that nobody told; it counts one point an hour at least"),
        ),
        (one.racks is None or one.kilowatts is None, _("{code}: racks or power that nobody told count as none")),
        (any(data.change is None for data in datasets), _("{code}: changes that nobody told count as none")),
        (
            any(tie.kind == DependencyKind.UNKNOWN for tie in ties),
            _("{code}: what it leans on without anybody knowing how much is not waited for"),
        ),
    ):
        if missing:
            supposed.append(words.format(code=one.code, hours=told.work_hours))
    return core.System(
        id=one.code,
        gb=None if size is None else whole(size),
        points_per_hour=max(1, whole(sum((each.loss_per_hour or Decimal(0) for each in points), Decimal(0)))),
        change_mb_per_hour=-(-whole(sum((data.change or Decimal(0) for data in datasets), Decimal(0)), 1000) // HOURS_OF_DAY),
        points_if_lost=sum(whole(data.loss_if_gone) for data in datasets),
        rack_units=whole(one.racks, UNITS_OF_RACK),
        watts=whole(one.kilowatts, 1000),
        ways=_ways(one, told),
        permission=_permission(datasets, told),
        needs=tuple(dict.fromkeys(names[tie.needs_id] for tie in ties if tie.kind == DependencyKind.STOPS)),
        stays_because=_("nobody told whether it can be moved") if one.portability == Portability.UNKNOWN else _("it cannot be moved"),
    )


def _ways(one: System, told: Circumstances) -> tuple[core.Way, ...]:
    work = max(1, whole(one.effort_hours) if one.effort_hours is not None else told.work_hours)
    alike = {"crew": CREW, "people": told.people_a_move, "work_hours": work}
    if one.portability in (Portability.CLOUD, Portability.REHOST):
        line = core.Way(kind="line", settle_hours=2, still_hours=1, **alike)  # type: ignore[arg-type]  # a row of words and numbers
        media = core.Way(kind="media", copy_hours=4, settle_hours=6, still_hours=6, **alike)  # type: ignore[arg-type]  # the same
        return (line, media)
    if one.portability == Portability.SPECIAL_HARDWARE:
        return (core.Way(kind="machine", settle_hours=HOURS_OF_DAY, still_hours=None, **alike),)  # type: ignore[arg-type]  # the same
    return ()


def _permission(datasets: list[Dataset], told: Circumstances) -> core.Permission:
    state = hardest([Permission(data.permission) for data in datasets])
    whose = ", ".join(dict.fromkeys(data.permission_of or data.data_owner for data in datasets if data.permission == state))
    if state == Permission.REFUSED:
        return core.Permission(state="refused", whose=whose)
    if state == Permission.ASKED and told.asked_hour is not None:
        return core.Permission(state="expected", hour=told.asked_hour, whose=whose)
    if state in (Permission.ASKED, Permission.UNKNOWN):
        return core.Permission(state="unknown", whose=whose)
    return core.Permission()


def _places(
    hosts: list[Host], told: Circumstances, supposed: list[str]
) -> tuple[tuple[core.Host, ...], tuple[core.Line, ...], tuple[core.Departure, ...]]:
    names = [f"{one.name} ({at + 1})" if [other.name for other in hosts].count(one.name) > 1 else one.name for at, one in enumerate(hosts)]
    stood, lines, crates = [], [], []
    for name, one in zip(names, hosts, strict=True):
        reaches = tuple(other for other in names if other != name)
        units, watts = whole(one.racks, UNITS_OF_RACK, down=True), whole(one.kilowatts, 1000, down=True)
        stood.append(
            core.Host(id=name, country=one.country, gb=whole(one.free, 1000, down=True), rack_units=units, watts=watts, reaches=reaches)
        )
        if one.link:
            lines.append(core.Line(id=name, hosts=(name,), mbit_s=whole(one.link, down=True)))
        if one.shipment and one.shipping_days:
            travel = max(1, whole(one.shipping_days, HOURS_OF_DAY))
            for hour in range(told.crates_every, told.hours - travel, told.crates_every):
                gb = whole(one.shipment, 1000, down=True)
                departure = core.Departure(
                    id=f"{name} h{hour}", host=name, hour=hour, arrives_hour=hour + travel, crates=1, gb_per_crate=gb, machine_places=1
                )
                crates.append(departure)
        if None in (one.free, one.racks, one.kilowatts):
            supposed.append(_("{name}: room that nobody told counts as none").format(name=name))
    return tuple(stood), tuple(lines), tuple(crates)


@read
def evacuation_to_work(_actor: Actor, plan_id: UUID) -> EvacuationTask:
    """What the job works out. Raises NotThere."""
    one: EvacuationPlan = EvacuationPlan.found(plan_id)
    return EvacuationTask(one.state, core.problem_from(one.posed), one.seconds, one.after_id is not None)


@read
def list_evacuations(actor: Actor) -> list[PlanRow]:
    """The plans that the reader sees: those worked out by what they lose, least first, then those that wait."""
    rows = [_row(actor, one) for one in EvacuationPlan.objects.order_by("-asked_at", "id")]
    return sorted(rows, key=lambda row: (row.loss is None, row.loss or 0.0))


@read
def evacuation_record(actor: Actor, plan_id: UUID) -> PlanRecord:
    """One plan whole. Raises NotThere."""
    one: EvacuationPlan = EvacuationPlan.found(plan_id)
    problem = core.problem_from(one.posed)
    answer = core.answer_from(one.answer) if one.answer else None
    return PlanRecord(
        row=_row(actor, one),
        fates=tuple(_fate(fate) for fate in answer.fates) if answer else (),
        path=answer.path if answer else (),
        changed=tuple(change.system for change in answer.changes) if answer else (),
        supposed=tuple(one.supposed),
        faults=tuple(one.faults),
        after=one.after_id,
        stopped=answer.stopped if answer else "",
        seconds=answer.seconds if answer else 0.0,
        bound_by=answer.bound_by if answer else "",
        now=problem.now_hour,
        lines=tuple(line.id for line in problem.lines),
        hosts=tuple(host.id for host in problem.hosts),
        crews=tuple(crew.id for crew in problem.crews),
    )


def _row(actor: Actor, one: EvacuationPlan) -> PlanRow:
    told = one.answer or {}
    cost, bound = told.get("charged"), told.get("bound")
    goes = sum(fate["move"] is not None for fate in told.get("fates", ()))
    alike = ("id", "version", "marking", "name", "state", "asked_at", "happened", "adopted_at", "adopted_why")
    return PlanRow(
        **{name: getattr(one, name) for name in alike},
        asked_by=one.asked_by_name,
        adopted_by=one.adopted_by_name,
        loss=told["loss"] / POINT if told else None,
        bound=bound / POINT if bound is not None else None,
        gap=max(0.0, (cost - bound) / cost) if cost and bound is not None else None,
        goes=goes,
        stays=len(told.get("fates", ())) - goes,
        hours=one.posed.get("hours", 0),
        own=one.owner_id == actor.organisation,
    )


def _fate(fate: core.Fate) -> FateRow:
    move = fate.move
    return FateRow(
        system=fate.system,
        goes=move is not None,
        host=move.host if move else "",
        way=move.kind if move else "",
        wave=fate.wave,
        start=move.start if move else None,
        safe=move.safe if move else None,
        live=move.live if move else None,
        slack=fate.slack_hours,
        critical=fate.critical,
        loss=fate.loss.total / POINT,
        sum=fate.loss.sentence,
        reasons="; ".join(reason.sentence for reason in fate.reasons),
        causes=tuple(reason.cause for reason in fate.reasons),
    )
