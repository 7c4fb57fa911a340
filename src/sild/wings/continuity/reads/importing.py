"""What would become of a sheet of the inventory, row by row: new, known, changed, or to be mended, with the sentence for each cell.

A row is known again by its names: a system by its code, a dataset or a service by its system and name, a dependency by both of its
ends. A cell that is empty says nothing, and what is not in the file stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.formats.record_book import BookRow
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.continuity.models import Dataset, Dependency, Service, System
from sild.wings.continuity.reads.standing import closed_as, currency_of, refuse_permission
from sild.wings.continuity.rules import Permission
from sild.wings.parties.public import desk_day

SYSTEMS, DATASETS, SERVICES, LEANS = "systems", "datasets", "services", "dependencies"
SHEETS = (SYSTEMS, DATASETS, SERVICES, LEANS)
KINDS: dict[str, Any] = {SYSTEMS: System, DATASETS: Dataset, SERVICES: Service, LEANS: Dependency}
NAMING: dict[str, tuple[str, ...]] = {
    SYSTEMS: ("code",),
    DATASETS: ("system", "name"),
    SERVICES: ("system", "name"),
    LEANS: ("system", "service", "needs"),
}
"""Columns by which a row is known again."""


class RowOutcome(StrEnum):
    """What becomes of a row."""

    FRESH = "fresh"
    KNOWN = "known"
    CHANGED = "changed"
    MEND = "mend"


@dataclass(slots=True, kw_only=True)
class Planned:
    """A row with what becomes of it, the record that it writes (None: to be mended), and sentences by column."""

    row: BookRow
    outcome: RowOutcome
    record: Any = None
    told: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLook:
    """What became of a file, or would: rows by outcome, and the sentences for what is to be mended, by (sheet, row) and column."""

    rows: int
    fresh: int
    known: int
    changed: int
    mend: int
    told: Mapping[tuple[str, int], Mapping[str, str]]
    taken: bool = False


@read
def preview_sheets(actor: Actor, rows: Sequence[BookRow]) -> SheetLook:
    """What would become of the rows. Nothing is written."""
    return look_of(planned(actor, rows))


@read
def inventory_rows(actor: Actor, columns: Mapping[str, Sequence[str]]) -> list[BookRow]:
    """The own inventory in use as rows of its sheets, with the values of the columns named by sheet: what a sheet would say again."""
    own = {"owner_id": actor.organisation}
    systems = {one.id: one for one in System.objects.filter(**own, retired=False).order_by("code", "id")}
    services = {one.id: one for one in Service.objects.filter(**own, retired=False, system_id__in=list(systems))}
    datasets = Dataset.objects.filter(**own, retired=False, system_id__in=list(systems)).order_by("name", "id")
    leans = Dependency.objects.filter(**own, system_id__in=list(systems), needs_id__in=list(systems)).order_by("created_at", "id")
    order = {key: at for at, key in enumerate(systems)}
    told: dict[str, list[Any]] = {
        SYSTEMS: [*systems.values()],
        DATASETS: sorted(datasets, key=lambda one: order[one.system_id]),
        SERVICES: sorted(services.values(), key=lambda one: (order[one.system_id], one.name)),
        LEANS: [one for one in leans if one.service_id is None or one.service_id in services],
    }
    rows = []
    for sheet, records in told.items():
        for number, one in enumerate(records, 2):
            names = {
                "system": systems[one.system_id].code if sheet != SYSTEMS else "",
                "needs": systems[one.needs_id].code if sheet == LEANS else "",
                "service": services[one.service_id].name if sheet == LEANS and one.service_id is not None else "",
            }
            values = {column: names[column] if column in names else getattr(one, column) for column in columns[sheet]}
            values = {column: value for column, value in values.items() if value not in (None, "")}
            rows.append(BookRow(sheet=sheet, number=number, cells={name: str(value) for name, value in values.items()}, values=values))
    return rows


def look_of(plan: Iterable[Planned], *, taken: bool = False) -> SheetLook:
    """The sum of a plan."""
    done = list(plan)
    counts = Counter(one.outcome for one in done)
    return SheetLook(
        rows=len(done),
        **{outcome.value: counts[outcome] for outcome in RowOutcome},
        told={(one.row.sheet, one.row.number): one.told for one in done if one.told},
        taken=taken,
    )


def planned(actor: Actor, rows: Sequence[BookRow]) -> list[Planned]:
    """What becomes of each row, systems first, as the actor sees the inventory. Runs inside a read or an act."""
    book = _Book(actor)
    return [book.plan(row) for sheet in SHEETS for row in rows if row.sheet == sheet]


class _Book:
    """The inventory of an organisation by the names of its parts, with what a file adds to it."""

    def __init__(self, actor: Actor) -> None:
        self.actor, self.today = actor, desk_day(actor)
        self.systems: dict[str, System] = {}
        own = {"owner_id": actor.organisation}
        for one in System.objects.filter(**own).order_by("created_at", "id"):
            self.systems.setdefault(one.code.casefold(), one)
        self.parts: dict[tuple[str, UUID, str], Dataset | Service] = {}
        for kind, model in ((DATASETS, Dataset), (SERVICES, Service)):
            for part in model.objects.filter(**own).order_by("created_at", "id"):
                self.parts.setdefault((kind, part.system_id, part.name.casefold()), part)
        self.leans = {(one.system_id, one.service_id, one.needs_id): one for one in Dependency.objects.filter(**own)}
        self.seen: set[tuple[str, ...]] = set()

    def plan(self, row: BookRow) -> Planned:
        """What becomes of a row; what it makes is there for the rows after it."""
        told = {column: sentence(code) for column, code in row.faults.items()}
        name = (row.sheet, *(str(row.values.get(column, "")).casefold() for column in NAMING[row.sheet]))
        if not told and name in self.seen:
            told[NAMING[row.sheet][-1]] = _("An earlier row of this sheet says the same one. Leave one of them.")
        self.seen.add(name)
        if told:
            return Planned(row=row, outcome=RowOutcome.MEND, told=told)
        values = dict(row.values)
        found = self._found(row, values, told)
        if found is None or told:
            return Planned(row=row, outcome=RowOutcome.MEND, told=told)
        record, fresh = found
        before = None if fresh else record.image()
        for column, value in values.items():
            setattr(record, column, value)
        self._check(row.sheet, record, told)
        if told:
            return Planned(row=row, outcome=RowOutcome.MEND, told=told)
        outcome = RowOutcome.FRESH if fresh else RowOutcome.KNOWN if record.image() == before else RowOutcome.CHANGED
        return Planned(row=row, outcome=outcome, record=record)

    def _found(self, row: BookRow, values: dict[str, Any], told: dict[str, str]) -> tuple[Any, bool] | None:
        """The record of a row, and whether it is new; takes the names out of `values` that are no columns of the table."""
        if row.sheet == SYSTEMS:
            code = str(values["code"]).casefold()
            if code in self.systems:
                # the code stands as it was written first
                values.pop("code")
                return self.systems[code], False
            self.systems[code] = System(**closed_as())
            return self.systems[code], True
        system = self._system(values.pop("system"), "system", told)
        if row.sheet == LEANS:
            return self._lean(system, values, told)
        if system is None:
            return None
        key = (row.sheet, system.id, str(values["name"]).casefold())
        if key in self.parts:
            values.pop("name")
            return self.parts[key], False
        self.parts[key] = KINDS[row.sheet](system_id=system.id, **closed_as(system))
        return self.parts[key], True

    def _lean(self, system: System | None, values: dict[str, Any], told: dict[str, str]) -> tuple[Any, bool] | None:
        needs = self._system(values.pop("needs"), "needs", told)
        name = values.pop("service", "")
        if system is None or needs is None:
            return None
        if system.id == needs.id:
            told["needs"] = _("A system does not lean on itself.")
            return None
        service = self.parts.get((SERVICES, system.id, name.casefold())) if name else None
        if name and service is None:
            told["service"] = _("The system has no service of this name. Write it on the sheet of services.")
            return None
        key = (system.id, service.id if service is not None else None, needs.id)
        if key in self.leans:
            return self.leans[key], False
        try:
            closed = closed_as(system, needs)
        except Refused as fault:
            told["needs"] = str(fault)
            return None
        self.leans[key] = Dependency(system_id=key[0], service_id=key[1], needs_id=key[2], **closed)
        return self.leans[key], True

    def _system(self, code: Any, column: str, told: dict[str, str]) -> System | None:
        system = self.systems.get(str(code).casefold())
        if system is None or not system.code:
            told[column] = _("There is no system with the code {code}. Write it on the sheet of systems.").format(code=str(code)[:60])
            return None
        return system

    def _check(self, sheet: str, record: Any, told: dict[str, str]) -> None:
        """What an act would refuse of a record, as a sentence for its cell."""
        try:
            if sheet == DATASETS:
                on: date | None = record.permission_on
                refuse_permission(Permission(record.permission), record.permission_of, record.permission_act, on, self.today)
        except Refused as fault:
            told["permission"] = str(fault)
        try:
            if sheet == SERVICES:
                record.currency = currency_of(record.currency)
        except Refused as fault:
            told["currency"] = str(fault)


def sentence(code: str) -> str:
    """What is said of a cell that could not be read."""
    return {
        "missing": _("Fill it in."),
        "long": _("The text is too long."),
        "amount": _("This is no amount. Write digits alone, such as 40 or 2.5."),
        "two-numbers": _("This can be read in two ways. Write it without a mark for thousands."),
        "day": _("This is no day. Write it as 2026-12-15."),
        "choice": _("Choose one of the list."),
    }[code]
