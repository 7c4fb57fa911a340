"""Listing: one declaration of a list, and slices of it: newest first, cut by a key, never counted.

A list costs the same at a thousand records and at a million: the newest come from the reader's own index, filters and words from
the list's gate function (kernel.finding). The same rows become a page, JSON and CSV.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from sild.kernel.actor import current_actor
from sild.kernel.finding import NEWEST
from sild.kernel.refusals import Refused
from sild.kernel.words import asked_for

R = TypeVar("R")

MOST_ROWS = 200
MOST_IN_A_FILE = 10_000
START = datetime(1970, 1, 1, tzinfo=UTC)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the start of a cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[R]):
    """A list of the records of a table: `row` is the frozen dataclass of what is shown, each of its `columns` one of the table's."""

    table: str
    row: type[R]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reader asks a list for; empty for the newest of all.

    `facets` are exact values by name; `any_of` are groups of name=value of which one must hold; `text` is what was typed into the
    search, all of its words wanted; `via` are records that the words were found beside; `only` the records that come into question.
    """

    facets: Mapping[str, str] = field(default_factory=dict)
    any_of: tuple[tuple[str, ...], ...] = ()
    text: str = ""
    via: tuple[UUID, ...] = ()
    only: frozenset[UUID] | None = None

    @property
    def nothing(self) -> bool:
        """Whether all records are asked for."""
        return not (any(self.facets.values()) or self.any_of or self.text.strip() or self.only is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice(Generic[R]):
    """Some rows of a list, newest first; `after` is the key of the next slice, empty where there is none."""

    rows: tuple[R, ...]
    after: str


def slice_of(listing: Listing[R], asked: Asked, *, after: str = "", limit: int = 50) -> Slice[R]:
    """The next rows that the actor may see. Raises Refused for a key that is none. Runs inside a read."""
    limit = max(1, min(limit, MOST_ROWS))
    place = _place(after)
    columns = ", ".join(dict.fromkeys(("id", "created_at", *listing.columns)))
    if asked.nothing:
        sql, values = _newest(listing.table, columns, place, limit + 1)
    else:
        sql, values = _found(listing.table, columns, asked, place, limit + 1)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    shown, more = found[:limit], len(found) > limit
    rows = tuple(listing.row(**{name: row[name] for name in listing.columns}) for row in shown)
    return Slice(rows=rows, after=key_of(shown[-1]["created_at"], shown[-1]["id"]) if more else "")


def _newest(table: str, columns: str, place: tuple[datetime, UUID] | None, many: int) -> tuple[str, list[Any]]:
    """The newest of the own records and of those shown to the actor, merged; each side has its own index."""
    actor = current_actor()
    below, shown_below, key = "", "", []
    if place is not None:
        below, key = " and (created_at, id) < (%s, %s)", [*place]
        shown_below = " and (shown.created_at, shown.record_id) < (%s, %s)"
    sql = (
        f"select {columns} from ("
        f"(select * from {table} where owner_id = %s{below} {NEWEST} limit %s) union all "
        f"(select record.* from {table}_shown shown join {table} record on record.id = shown.record_id"
        f" where shown.reader_id = %s{shown_below} order by shown.created_at desc, shown.record_id desc limit %s)"
        f") found {NEWEST} limit %s"
    )
    return sql, [actor.organisation, *key, many, actor.organisation, *key, many, many]


def _found(table: str, columns: str, asked: Asked, place: tuple[datetime, UUID] | None, many: int) -> tuple[str, list[Any]]:
    facets = [f"{name}={value}" for name, value in asked.facets.items() if value]
    either = [" ".join(group) for group in asked.any_of]
    groups = [" ".join(forms) for forms in asked_for(asked.text)]
    if asked.text.strip() and not groups:
        # signs alone are no word: nothing is found by them
        groups = [" "]
    sql = f"select {columns} from gate.found_{table}(%s::text[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s, %s, %s) {NEWEST}"
    only = sorted(asked.only) if asked.only is not None else None
    at, key = place if place is not None else (None, None)
    return sql, [facets, either, groups, list(asked.via), only, at, key, many]


def key_of(created_at: datetime, identity: UUID) -> str:
    """Where a slice ends, as text for an address."""
    return f"{(created_at - START) // timedelta(microseconds=1):x}-{identity.hex}"


def _place(after: str) -> tuple[datetime, UUID] | None:
    if not after:
        return None
    moment, _dash, identity = after.partition("-")
    try:
        return START + timedelta(microseconds=int(moment, 16)), UUID(hex=identity)
    except (ValueError, OverflowError) as fault:
        raise Refused(_("The list has no such place: {after}. Start at its newest record.").format(after=after[:80])) from fault


def plain(row: object) -> dict[str, Any]:
    """A row as JSON carries it: days and moments as ISO text, amounts and identifiers as text."""
    told: dict[str, Any] = {}
    for column in fields(row):  # type: ignore[arg-type]  # every row is a dataclass, which the type of a row cannot say
        value = getattr(row, column.name)
        told[column.name] = value if value is None or isinstance(value, bool | int | str) else _told(value)
    return told


def _told(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value) if isinstance(value, UUID) else value


def as_csv(rows: Iterable[object], heads: Sequence[tuple[str, str]]) -> bytes:
    """The rows as CSV that spreadsheets open: UTF-8 with its mark, no cell a formula. `heads` are (column, its heading)."""
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow([head for _column, head in heads])
    for row in rows:
        values = plain(row)
        sheet.writerow([harmless(values.get(column)) for column, _head in heads])
    return "\ufeff".encode() + text.getvalue().encode()


def harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA) and not _is_number(value) else value


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdigit()
