"""Public statements: the list with its filters, one whole, those of other wings' questions, and what of them names a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from sild.kernel.access import Audience, audience_of
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.record import RecordQuerySet
from sild.values.country import country_called
from sild.values.marking import Marking
from sild.wings.signals.models import PublicStatement
from sild.wings.signals.reads.lists import NOT_SAID, of_country
from sild.wings.signals.rules import Precision, StatementKind

STATEMENT = "signals.PublicStatement"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFilter:
    """Which statements: exact values ("": all), the State that speaks, one that is spoken of, the year, words."""

    kind: str = ""
    country: str = ""
    about: str = ""
    year: str = ""
    text: str = ""

    def told(self) -> dict[str, str]:
        """What is asked for, by name."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """A statement in a list. `on` is as exact as `precision` says; a withdrawn one counts nowhere."""

    id: UUID
    version: int
    created_at: datetime
    title: str
    kind: StatementKind
    who: str
    office: str
    country: str
    on: date | None
    precision: Precision
    countries: tuple[str, ...]
    actor: str
    languages: tuple[str, ...]
    source: str
    source_on: date | None
    withdrawn: bool
    marking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """A statement with what stands beside it. `own`: the reader's organisation keeps it; `room`: the compartment in which it lies."""

    row: StatementRow
    own: bool
    room: UUID | None
    summary: str
    address: str
    steps: tuple[Mapping[str, str], ...]
    audience: Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """A statement as a row of a file: several values of one cell are parted by semicolons."""

    id: UUID
    day: date | None
    precision: str
    who: str
    office: str
    country: str
    kind: str
    title: str
    countries: str
    actor: str
    languages: str
    source: str
    source_on: date | None
    withdrawn: bool
    marking: str


def statement_row(one: PublicStatement) -> StatementRow:
    """A statement as it stands in a list."""
    plain = (
        "id",
        "version",
        "created_at",
        "title",
        "who",
        "office",
        "country",
        "on",
        "actor",
        "source",
        "source_on",
        "withdrawn",
        "marking",
    )
    return StatementRow(
        kind=StatementKind(one.kind),
        precision=Precision(one.precision),
        countries=tuple(one.countries),
        languages=tuple(one.languages),
        **{name: getattr(one, name) for name in plain},
    )


def statement_line(row: StatementRow) -> StatementLine:
    """A row of the list as a row of a file."""
    plain = ("id", "precision", "who", "office", "country", "kind", "title", "actor", "source", "source_on", "withdrawn")
    return StatementLine(
        day=row.on,
        countries="; ".join(row.countries),
        languages="; ".join(row.languages),
        marking=Marking(row.marking).label,
        **{name: getattr(row, name) for name in plain},
    )


@read
def list_statements(
    actor: Actor, wanted: StatementFilter, *, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[StatementRow], tuple[datetime, UUID] | None]:
    """The statements that the reader may see, written down last first, and the key from which the next slice goes on (None at the end)."""
    found = narrowed_statements(wanted)
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    rows = [statement_row(one) for one in found.order_by("-created_at", "-id")[: limit + 1]]
    return rows[:limit], (rows[limit - 1].created_at, rows[limit - 1].id) if len(rows) > limit else None


def all_statements(actor: Actor, wanted: StatementFilter, *, most: int) -> Iterator[StatementRow]:
    """Up to `most` statements, those written down last first, read in slices."""
    after, left = None, most
    while left > 0:
        rows, after = list_statements(actor, wanted, after=after, limit=min(left, 1000))
        yield from rows
        left -= len(rows)
        if after is None:
            return


@read
def statement_record(actor: Actor, statement_id: UUID) -> StatementView:
    """One statement whole. Raises NotThere."""
    one: PublicStatement = PublicStatement.found(statement_id)
    return StatementView(
        row=statement_row(one),
        own=one.owner_id == actor.organisation,
        room=one.compartment_id,
        summary=one.summary,
        address=one.address,
        steps=tuple(one.steps),
        audience=audience_of(actor, one),
    )


@read
def statements_of(actor: Actor, country: str, *, most: int = 200) -> list[StatementRow]:
    """What a State said, by its code or name, the newest day first, without what was withdrawn; as far as the reader may see it."""
    found = PublicStatement.objects.filter(country=country_called(country) or "-", withdrawn=False)
    return [statement_row(one) for one in found.order_by("-on", "-created_at", "-id")[:most]]


def narrowed_statements(wanted: StatementFilter) -> RecordQuerySet[PublicStatement]:
    """The statements of a filter."""
    found = PublicStatement.objects.all()
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.country:
        found = found.filter(country="" if wanted.country == NOT_SAID else country_called(wanted.country) or "-")
    if wanted.about:
        found = found.filter(countries=[]) if wanted.about == NOT_SAID else found.filter(of_country("countries", wanted.about))
    if wanted.year == NOT_SAID:
        found = found.filter(on=None)
    elif wanted.year:
        year = wanted.year
        found = found.filter(on__year=int(year)) if year.isascii() and year.isdigit() and 0 < int(year[:5]) < 10_000 else found.none()
    if wanted.text.strip():
        said = Q()
        for column in ("title", "who", "office", "actor", "summary", "source"):
            said |= Q(**{f"{column}__icontains": wanted.text.strip()})
        found = found.filter(said)
    return found


@read
def statements_naming(actor: Actor, words: Iterable[str]) -> list[dict[str, Any]]:
    """The organisation's statements in which one of the words stands, as plain data to hand out to whom they name."""
    told = ("title", "who", "office", "actor", "summary", "source", "address")
    said = Q()
    for word in words:
        for column in (*told, "steps_text"):
            said |= Q(**{f"{column}__icontains": word})
    if not said:
        return []
    held = PublicStatement.objects.annotate(steps_text=Cast("steps", TextField()))
    found = held.filter(said, owner_id=actor.organisation).order_by("created_at", "id")
    return [{name: getattr(one, name) for name in (*told, "steps")} for one in found]
