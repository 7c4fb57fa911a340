"""Rows as columns: each field is coded once, so that all later work is on integers. Rows stand in the order of their ids.

The same rows in any order give the same table, to the last code: what is estimated from a table, with a seed, does not depend on how
the rows came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

UNKNOWN = -1

Codes = NDArray[np.int32]
Kind = Literal["text", "number", "set"]


class BadTable(ValueError):
    """The rows contradict each other or what is asked of them; the text names the row or column and what to do."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field of all rows.

    `codes` (one a row, -1 where the row does not say) count `values`, which are distinct and sorted: texts, or numbers. Of a set each
    row holds a run of `members`, codes into `values`, from `starts[row]` to `starts[row + 1]`, ascending; its `codes` tell sets apart.
    """

    kind: Kind
    codes: Codes
    values: NDArray[Any]
    starts: NDArray[np.int64] | None = None
    members: Codes | None = None

    def take(self, rows: NDArray[np.int64]) -> Column:
        """The same column with the rows asked for, in that order; values stay."""
        if self.starts is None or self.members is None:
            return Column(self.kind, self.codes[rows], self.values)
        sizes = np.diff(self.starts)[rows]
        starts = np.concatenate(([0], np.cumsum(sizes)))
        places = np.repeat(self.starts[rows] - starts[:-1], sizes) + np.arange(int(starts[-1]))
        return Column(self.kind, self.codes[rows], self.values, starts, self.members[places])


def texts(values: Iterable[str | None]) -> Column:
    """A column of words; None and the empty text say nothing."""
    told = list(values)
    distinct = sorted(set(told) - {None, ""}, key=str)
    place: dict[str | None, int] = {value: code for code, value in enumerate(distinct)}
    place[None] = place[""] = UNKNOWN
    codes = np.fromiter(map(place.__getitem__, told), dtype=np.int32, count=len(told))
    return Column("text", codes, np.array(distinct, dtype=object))


def coded(codes: NDArray[Any], words: Sequence[str]) -> Column:
    """A column of words that the caller has coded already (-1 for none); the words are sorted and the codes follow them."""
    if len(set(words)) != len(words):
        raise BadTable("a coded column names one word twice: give every word one code")
    order = sorted(range(len(words)), key=words.__getitem__)
    place = np.full(len(words) + 1, UNKNOWN, dtype=np.int32)  # the last entry answers to -1
    place[order] = np.arange(len(words), dtype=np.int32)
    return Column("text", place[codes], np.array([words[one] for one in order], dtype=object))


def numbers(values: Iterable[float | None] | NDArray[Any]) -> Column:
    """A column of numbers, or of dates as days; None and NaN say nothing."""
    given = values if isinstance(values, np.ndarray) else np.array([np.nan if value is None else value for value in values], dtype=float)
    told = given.astype(np.float64)
    if np.isinf(told).any():
        raise BadTable(f"row {int(np.flatnonzero(np.isinf(told))[0])} of a column of numbers is infinite: give a number or none")
    known = ~np.isnan(told)
    distinct, inverse = np.unique(told[known], return_inverse=True)
    codes = np.full(len(told), UNKNOWN, dtype=np.int32)
    codes[known] = inverse.astype(np.int32)
    return Column("number", codes, distinct)


def sets(values: Iterable[Iterable[str]]) -> Column:
    """A column of sets of words; an empty set says nothing."""
    told = [frozenset(value) for value in values]
    distinct = sorted(set().union(*told))
    place = {word: code for code, word in enumerate(distinct)}
    runs = [sorted(place[word] for word in value) for value in told]
    starts = np.concatenate(([0], np.cumsum([len(run) for run in runs], dtype=np.int64))).astype(np.int64)
    members = np.array([code for run in runs for code in run], dtype=np.int32)
    kinds = {run: code for code, run in enumerate(sorted({tuple(run) for run in runs if run}))}
    codes = np.array([kinds.get(tuple(run), UNKNOWN) for run in runs], dtype=np.int32)
    return Column("set", codes, np.array(distinct, dtype=object), starts, members)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by their ids, sorted and unique, and their columns. Make one with `table`."""

    ids: Sequence[str]
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, name: str) -> Column:
        """A column by its name."""
        try:
            return self.columns[name]
        except KeyError:
            raise BadTable(f"the table has no column {name!r}; it has {', '.join(sorted(self.columns))}") from None


def table(ids: Iterable[str], columns: Mapping[str, Column]) -> Table:
    """A table of rows in the order of their ids. Raises BadTable where an id comes twice or a column has other rows than the ids."""
    given = list(ids)
    for name, column in columns.items():
        if len(column.codes) != len(given):
            raise BadTable(f"column {name!r} has {len(column.codes)} rows, the ids are {len(given)}: give every row its value or None")
    order = sorted(range(len(given)), key=given.__getitem__)
    named = [given[row] for row in order]
    for one, other in pairwise(named):
        if one == other:
            raise BadTable(f"two rows have the id {one}: ids must be unique")
    rows = np.array(order, dtype=np.int64)
    return Table(named, {name: column.take(rows) for name, column in columns.items()})
