"""Copies in custody as their readers see them: what is kept where, who opens it, when it was last proved, what is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.kernel.history_reads import HistoryEntry, history_of
from sild.kernel.waiting import WaitingItem, waits
from sild.wings.continuity.models import CustodyCopy, CustodyDeed, Dataset, Host, System
from sild.wings.continuity.rules.custody import CustodyState, ReceiptDeed, drill_due
from sild.wings.parties.public import desk_day

CUSTODY = "continuity.CustodyCopy"
MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyDeedRow:
    """What was done with a copy, as a receipt says."""

    id: UUID
    deed: ReceiptDeed
    began_at: datetime
    ended_at: datetime
    seconds: Decimal
    sound: bool
    found: str
    checked_by: str
    told_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyRow:
    """A copy in a list. `restored_on` is the last day of a sound restore (None: never tried); `drill_by` the day of the next.

    `overdue`: that day, or the end of its keeping (`over`), has passed. `sound`: the last receipt says so; None where none came.
    """

    id: UUID
    version: int
    name: str
    dataset_id: UUID
    dataset: str
    system_id: UUID | None
    system: str
    host_id: UUID | None
    host: str
    keeper: str
    state: CustodyState
    made_at: datetime
    files: int
    size: int
    needed: int
    holders: tuple[str, ...]
    keep_until: date | None
    drill_days: int
    restored_on: date | None
    drill_by: date | None
    overdue: bool
    over: bool
    sound: bool | None
    marking: int
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyView:
    """A copy whole."""

    row: CustodyRow
    copy: str
    manifest: str
    key: str
    seconds: Decimal
    readers: tuple[str, ...]
    written_by: str
    ended_why: str
    ended_at: datetime | None
    ended_by: str
    deeds: tuple[CustodyDeedRow, ...]
    history: tuple[HistoryEntry, ...]


@read
def custody_board(actor: Actor) -> list[CustodyRow]:
    """All copies that the reader sees, those that are overdue first, then the newest."""
    rows = _rows(actor, list(CustodyCopy.objects.order_by("-made_at", "id")[:MOST]))
    return sorted(rows, key=lambda row: (row.state != CustodyState.KEPT, not row.overdue))


@read
def custody_record(actor: Actor, copy_id: UUID) -> CustodyView:
    """One copy whole. Raises NotThere."""
    one: CustodyCopy = CustodyCopy.found(copy_id)
    deeds = list(CustodyDeed.objects.filter(copy_id=one.id).order_by("-ended_at", "id"))
    alike: dict[str, Any] = {name: getattr(one, name) for name in ("copy", "manifest", "key", "seconds", "ended_why", "ended_at")}
    return CustodyView(
        row=_rows(actor, [one])[0],
        **alike,
        readers=tuple(one.readers),
        written_by=one.written_by_name,
        ended_by=one.ended_by_name,
        deeds=tuple(_deed(each) for each in deeds),
        history=tuple(history_of(actor, [one.id, *(each.id for each in deeds)])),
    )


@read
def datasets_to_copy(actor: Actor) -> list[tuple[UUID, str]]:
    """The own data sets, by system and name, for a form."""
    systems = dict(System.objects.filter(owner_id=actor.organisation, retired=False).values_list("id", "code"))
    rows = Dataset.objects.filter(owner_id=actor.organisation, system_id__in=list(systems)).values_list("id", "system_id", "name")
    return sorted(((key, f"{systems[system]}: {name}") for key, system, name in rows), key=lambda pair: pair[1])


@read
def own_hosts(actor: Actor) -> list[tuple[UUID, str]]:
    """The own hosts by name, for a form."""
    return list(Host.objects.filter(owner_id=actor.organisation).order_by("name", "id").values_list("id", "name"))


@waits("drills", CUSTODY)
@read
def copies_to_prove(actor: Actor, most: int) -> list[WaitingItem]:
    """Own copies whose drill or whose end of keeping is overdue, or that were last found damaged; the longest overdue first."""
    if actor.roles == {Role.AUDITOR}:
        return []
    rows = [row for row in custody_board(actor) if row.own and row.state == CustodyState.KEPT and (row.overdue or row.sound is False)]
    rows.sort(key=lambda row: (row.drill_by or date.max, row.id))
    return [
        WaitingItem(model=CUSTODY, id=row.id, title=row.name, detail=(row.drill_by or row.made_at.date()).isoformat(), urgent=True)
        for row in rows[: most + 1]
    ]


def _rows(actor: Actor, copies: list[CustodyCopy]) -> list[CustodyRow]:
    today = desk_day(actor)
    sets = {one.id: one for one in Dataset.objects.filter(id__in=[one.dataset_id for one in copies])}
    systems = {one.id: one for one in System.objects.filter(id__in=[one.system_id for one in sets.values()])}
    hosts = dict(Host.objects.filter(id__in=[one.host_id for one in copies if one.host_id is not None]).values_list("id", "name"))
    deeds: dict[UUID, list[CustodyDeed]] = {one.id: [] for one in copies}
    for deed in CustodyDeed.objects.filter(copy_id__in=list(deeds)).order_by("ended_at", "id"):
        deeds[deed.copy_id].append(deed)
    rows = []
    for one in copies:
        data = sets.get(one.dataset_id)
        system = systems.get(data.system_id) if data is not None else None
        restored = max((each.ended_at.date() for each in deeds[one.id] if each.deed == ReceiptDeed.RESTORED and each.sound), default=None)
        kept = one.state == CustodyState.KEPT
        by = drill_due(restored or one.made_at.date(), one.drill_days) if kept else None
        over = kept and one.keep_until is not None and one.keep_until < today
        rows.append(
            CustodyRow(
                **{name: getattr(one, name) for name in ("id", "version", "name", "dataset_id", "keeper", "made_at", "files", "size")},
                **{name: getattr(one, name) for name in ("needed", "keep_until", "drill_days", "marking")},
                dataset=data.name if data is not None else "",
                system_id=system.id if system is not None else None,
                system=system.code if system is not None else "",
                host_id=one.host_id if one.host_id in hosts else None,
                host=hosts.get(one.host_id, "") if one.host_id is not None else "",
                state=CustodyState(one.state),
                holders=tuple(one.holders),
                restored_on=restored,
                drill_by=by,
                overdue=over or (by is not None and by < today),
                over=over,
                sound=deeds[one.id][-1].sound if deeds[one.id] else None,
                own=one.owner_id == actor.organisation,
            )
        )
    return rows


def _deed(one: CustodyDeed) -> CustodyDeedRow:
    alike: dict[str, Any] = {name: getattr(one, name) for name in ("id", "began_at", "ended_at", "seconds", "sound", "checked_by")}
    return CustodyDeedRow(**alike, found=one.finding, deed=ReceiptDeed(one.deed), told_by=one.told_by_name)
