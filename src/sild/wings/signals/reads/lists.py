"""The list of incidents: filters, slices cut by a key, the whole as rows of a file, and what of them names a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.record import RecordQuerySet
from sild.values.country import spellings
from sild.values.marking import Marking
from sild.wings.signals.models import Incident
from sild.wings.signals.rules import IncidentKind, IncidentState, Odd, Precision, contradictions_in
from sild.wings.signals.rules.incidents import last_of

INCIDENT = "signals.Incident"
NOT_SAID = "-"
"""The value of a filter that finds incidents which say nothing there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFilter:
    """Which incidents: exact values ("": all), one country or sector among theirs, the year in which they began, words."""

    kind: str = ""
    state: str = ""
    sector: str = ""
    country: str = ""
    source: str = ""
    year: str = ""
    text: str = ""

    def told(self) -> dict[str, str]:
        """What is asked for, by name."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident in a list. `begins` and `ends` are as exact as their precision says; `odd` is what contradicts itself in it."""

    id: UUID
    version: int
    created_at: datetime
    title: str
    kind: IncidentKind
    state: IncidentState
    why_not: str
    begins: date | None
    begins_precision: Precision
    ends: date | None
    ends_precision: Precision
    place: str
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    victims: tuple[str, ...]
    odd: tuple[Odd, ...]
    source: str
    source_on: date | None
    key: str
    reading_of: UUID | None
    marking: int


def row_of(one: Incident) -> IncidentRow:
    """An incident as it stands in a list."""
    return IncidentRow(
        id=one.id,
        version=one.version,
        created_at=one.created_at,
        title=one.title,
        kind=IncidentKind(one.kind),
        state=IncidentState(one.state),
        why_not=one.why_not,
        begins=one.begins,
        begins_precision=Precision(one.begins_precision),
        ends=one.ends,
        ends_precision=Precision(one.ends_precision),
        place=one.place,
        countries=tuple(one.countries),
        sectors=tuple(one.sectors),
        victims=tuple(str(victim.get("name", "")) for victim in one.victims),
        odd=tuple(dict.fromkeys(found.what for found in odd_of(one))),
        source=one.source,
        source_on=one.source_on,
        key=one.key,
        reading_of=one.reading_of,
        marking=one.marking,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """An incident as a row of a file: several values of one cell are parted by semicolons."""

    id: UUID
    title: str
    kind: str
    state: str
    why_not: str
    begins: date | None
    begins_precision: str
    ends: date | None
    ends_precision: str
    place: str
    countries: str
    sectors: str
    victims: str
    odd: str
    source: str
    source_on: date | None
    key: str
    marking: str


def line_of(row: IncidentRow) -> IncidentLine:
    """A row of the list as a row of a file."""
    many: dict[str, Any] = {name: "; ".join(getattr(row, name)) for name in ("countries", "sectors", "victims", "odd")}
    rest = [name for name in IncidentLine.__dataclass_fields__ if name not in many and name != "marking"]
    return IncidentLine(marking=Marking(row.marking).label, **many, **{name: getattr(row, name) for name in rest})


def odd_of(one: Incident) -> tuple[Any, ...]:
    """What contradicts itself in an incident."""
    return contradictions_in(one.begins, last_of(one.ends, Precision(one.ends_precision)), one.source_on, one.told, one.attributions)


@read
def list_incidents(
    actor: Actor, wanted: IncidentFilter, *, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[IncidentRow], tuple[datetime, UUID] | None]:
    """The incidents that the reader may see, written down last first, and the key from which the next slice goes on (None at the end)."""
    found = narrowed(wanted)
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    rows = [row_of(one) for one in found.order_by("-created_at", "-id")[: limit + 1]]
    return rows[:limit], (rows[limit - 1].created_at, rows[limit - 1].id) if len(rows) > limit else None


def all_incidents(actor: Actor, wanted: IncidentFilter, *, most: int) -> Iterator[IncidentRow]:
    """Up to `most` incidents, those written down last first, read in slices."""
    after, left = None, most
    while left > 0:
        rows, after = list_incidents(actor, wanted, after=after, limit=min(left, 1000))
        yield from rows
        left -= len(rows)
        if after is None:
            return


@read
def incident_rows(actor: Actor, keys: Iterable[UUID]) -> dict[UUID, IncidentRow]:
    """Those of the incidents named that the reader may see."""
    return {one.id: row_of(one) for one in Incident.objects.filter(id__in=list(keys))}


def narrowed(wanted: IncidentFilter) -> RecordQuerySet[Incident]:
    """The incidents of a filter."""
    found = Incident.objects.all()
    for name in ("kind", "state", "source"):
        value = getattr(wanted, name)
        if value:
            found = found.filter(**{name: "" if value == NOT_SAID else value})
    if wanted.sector:
        found = found.filter(sectors=[]) if wanted.sector == NOT_SAID else found.filter(sectors__contains=[wanted.sector])
    if wanted.country:
        found = found.filter(countries=[]) if wanted.country == NOT_SAID else found.filter(of_country("countries", wanted.country))
    if wanted.year == NOT_SAID:
        found = found.filter(begins=None)
    elif wanted.year:
        year = wanted.year
        found = found.filter(begins__year=int(year)) if year.isascii() and year.isdigit() and 0 < int(year[:5]) < 10_000 else found.none()
    if wanted.text.strip():
        said = Q()
        for column in ("title", "summary", "place", "key", "held"):
            said |= Q(**{f"{column}__icontains": wanted.text.strip()})
        holders = Incident.objects.annotate(held=Cast("victims", TextField())).filter(said)
        found = found.filter(id__in=holders.values("id"))
    return found


def of_country(column: str, name: str) -> Q:
    """Lists of countries that hold this one, by its code or by any of its names."""
    held = Q()
    for spelling in spellings(name):
        held |= Q(**{f"{column}__contains": [spelling]})
    return held


@read
def incidents_naming(actor: Actor, words: Iterable[str]) -> list[dict[str, Any]]:
    """The organisation's incidents in which one of the words stands, as plain data to hand out to whom they name."""
    columns = ("victims", "attributions", "factors", "raw", "steps")
    said = Q()
    for word in words:
        for column in ("title", "summary", "place", "source", *(f"{name}_text" for name in columns)):
            said |= Q(**{f"{column}__icontains": word})
    if not said:
        return []
    held = Incident.objects.annotate(**{f"{name}_text": Cast(name, TextField()) for name in columns})
    found = held.filter(said, owner_id=actor.organisation).order_by("created_at", "id")
    told = ("title", "summary", "place", "victims", "attributions", "source", "steps")
    return [{name: getattr(one, name) for name in told} for one in found]
