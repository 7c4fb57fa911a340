"""Listing: one declaration of a list, and slices of it: newest first, cut by a key, never counted.

A list costs the same at a thousand records and at a million: the newest, and what filters and words find, come from the list's two
functions in the database (kernel.finding). The same rows become a page, JSON and CSV.
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

from sild.kernel.finding import NEWEST
from sild.kernel.refusals import Refused
from sild.kernel.words import asked_for

R = TypeVar("R")

MOST_ROWS = 200
MOST_IN_A_FILE = 10_000
START = datetime(1970, 1, 1, tzinfo=UTC)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the start of a cell."""
NO_TERM = "="
"""What no record has: a word has no signs, and a value has a name."""
LONGEST_TERM = 2046
"""Bytes of a lexeme; the limit of the database."""


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
    columns = ", ".join(dict.fromkeys(("id", "created_at", *listing.columns)))
    sql, values = _asking(listing.table, columns, asked, read_key(after), limit + 1)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    shown, more = found[:limit], len(found) > limit
    rows = tuple(listing.row(**{name: row[name] for name in listing.columns}) for row in shown)
    return Slice(rows=rows, after=key_of(shown[-1]["created_at"], shown[-1]["id"]) if more else "")


def named_by(listing: Listing[Any], column: str, text: str, many: int) -> tuple[UUID, ...]:
    """What a column names in the newest `many` records that say all words of a text, as far as the actor sees them; each once."""
    if not asked_for(text):
        return ()
    sql, values = _asking(listing.table, f"{column}, id, created_at", Asked(text=text), None, many)
    with connection.cursor() as cursor:
        cursor.execute(f"select distinct {column} from ({sql}) newest where {column} is not null", values)
        return tuple(row[0] for row in cursor.fetchall())


def _asking(table: str, columns: str, asked: Asked, place: tuple[datetime, UUID] | None, many: int) -> tuple[str, list[Any]]:
    """The statement for the newest `many` records of what is asked, after a place: the functions of kernel.finding, merged."""
    below = [*place] if place is not None else [None, None]
    end = f"{NEWEST} limit %s"
    if asked.nothing:
        return f"select {columns} from newest_{table}(%s, %s, %s) {end}", [*below, many, many]
    values = [(f"{name}={value}",) for name, value in asked.facets.items() if value]
    words = asked_for(asked.text)
    if asked.text.strip() and not words:
        # signs alone are no word: nothing is found by them
        words = [(NO_TERM,)]
    rest = [*values, *asked.any_of]
    only = sorted(asked.only) if asked.only is not None else None
    # without words nothing is found beside them
    via = list(asked.via) if words else []
    sql = f"select {columns} from gate.found_{table}(%s::tsquery, %s::uuid[], %s::tsquery, %s::uuid[], %s, %s, %s) {end}"
    return sql, [_query([*rest, *words]), via, _query(rest), only, *below, many, many]


def _query(groups: Sequence[Sequence[str]]) -> str | None:
    """The text of a tsquery that wants of each group one member, whatever signs they have; None for no groups."""
    return " & ".join(f"({' | '.join(_lexeme(term) for term in group)})" for group in groups) or None


def _lexeme(term: str) -> str:
    if len(term.encode()) > LONGEST_TERM:
        # no record has it: the database keeps none so long
        term = NO_TERM
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def key_of(created_at: datetime, identity: UUID) -> str:
    """Where a slice ends, as text for an address."""
    return f"{(created_at - START) // timedelta(microseconds=1):x}-{identity.hex}"


def read_key(after: str) -> tuple[datetime, UUID] | None:
    """Where a slice begins, from the text of an address; None for the beginning. Raises Refused."""
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
