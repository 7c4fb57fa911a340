"""Which pairs of rows are compared: those that agree in all columns of a rule. Every pair comes once, under the first rule that finds it.

Pairs come in pieces of bounded size, and a partition gives the pairs of the keys that hash into it: partitions are disjoint, and together
they are all pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sild.cores.linkage.columns.table import UNKNOWN, BadTable, Column, Table

PIECE = 2_000_000  # pairs handed out at once; memory grows with this, not with the register
MOST_PAIRS = 2_000_000_000  # a rule that finds more than this is a mistake in the rule
ROOM = 2**62

Rule = tuple[str, ...]
Ints = NDArray[np.int64]
Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Part:
    """One of `of` disjoint hash partitions of the keys."""

    number: int = 0
    of: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.number < self.of:
            raise BadTable(f"partition {self.number} of {self.of}: number them from 0")


WHOLE = Part()


@dataclass(frozen=True, slots=True)
class _Keys:
    """The key of every entry, ascending; an entry is a row, or a row under one member of its set."""

    keys: Ints
    rows: Rows
    members: Rows | None = None


def _combined(first: Ints, second: Ints) -> Ints:
    """One key for two, exact: equal where both are; -1 where either is."""
    high, low = int(first.max(initial=0)) + 1, int(second.max(initial=0)) + 1
    if high * low >= ROOM:
        first = np.unique(first, return_inverse=True)[1].reshape(-1) - int((first < 0).any())
        high = int(first.max(initial=0)) + 1
    if high * low >= ROOM:
        raise BadTable(f"keys of {high} by {low} values are too many to tell apart: split the rule")
    return np.where((first < 0) | (second < 0), UNKNOWN, first * low + second)


def _row_keys(table: Table, rule: Rule) -> Ints:
    """The key of each row by the columns of a rule that hold one value a row."""
    key: Ints | None = None
    for name in rule:
        column = table.column(name)
        if column.kind != "set":
            own = column.codes.astype(np.int64)
            key = own if key is None else _combined(key, own)
    return np.zeros(len(table), dtype=np.int64) if key is None else key


def _set_of(table: Table, rule: Rule) -> Column | None:
    found = [table.column(name) for name in rule if table.column(name).kind == "set"]
    if len(found) > 1:
        raise BadTable(f"rule {' + '.join(rule)} joins on two sets: one at most")
    return found[0] if found else None


def _hashed(keys: Ints) -> NDArray[np.uint64]:
    """The finishing steps of SplitMix64: keys spread evenly, the same on every machine."""
    spread = keys.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    spread = (spread ^ (spread >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    spread = (spread ^ (spread >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return spread ^ (spread >> np.uint64(31))


def _entries(table: Table, rule: Rule, part: Part) -> _Keys:
    """The rows of one partition that have a key, in order of keys and then of rows."""
    if not rule:
        raise BadTable("a rule without columns would pair every row with every other: name at least one column")
    keys = _row_keys(table, rule)
    rows = np.arange(len(table), dtype=np.int32)
    held, members = _set_of(table, rule), None
    if held is not None and held.starts is not None and held.members is not None:
        sizes, members = np.diff(held.starts), held.members
        rows = np.repeat(rows, sizes)
        keys = _combined(np.repeat(keys, sizes), members.astype(np.int64))
    wanted = keys >= 0
    if part.of > 1:
        wanted &= _hashed(keys) % np.uint64(part.of) == np.uint64(part.number)
    keys, rows = keys[wanted], rows[wanted]
    order = np.argsort(keys, kind="stable")
    return _Keys(keys[order], rows[order], None if members is None else members[wanted][order])


def _ranks(keys: Ints) -> Ints:
    """The place of each entry among those of its key, from 0."""
    places = np.arange(len(keys), dtype=np.int64)
    starts = np.concatenate(([True], keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, dtype=bool)
    return places - np.maximum.accumulate(np.where(starts, places, 0)) if len(keys) else places


def count(table: Table, rule: Rule, part: Part = WHOLE) -> int:
    """How many pairs a rule finds by itself, before pairs of other rules are left out."""
    return int(_ranks(_entries(table, rule, part).keys).sum())


def shared(column: Column, left: Rows, right: Rows) -> tuple[Ints, Ints]:
    """For each pair of rows how many members their sets share, and the least of them (-1 for none)."""
    if column.starts is None or column.members is None:
        raise BadTable("a column of single values has no members to share")
    width = len(column.values)
    one, other = (_spread(column.starts, column.members, rows, width) for rows in (left, right))
    both = np.intersect1d(one, other, assume_unique=True)
    pair = both // max(1, width)
    number = np.bincount(pair, minlength=len(left)).astype(np.int64)
    least = np.full(len(left), UNKNOWN, dtype=np.int64)
    firsts, at = np.unique(pair, return_index=True)
    least[firsts] = both[at] % max(1, width)
    return number, least


def _spread(starts: Ints, members: Rows, rows: Rows, width: int) -> Ints:
    """Every member of the set of every row, numbered by the place of the row and the member."""
    begins = starts[rows]
    sizes = starts[rows.astype(np.int64) + 1] - begins
    place = np.repeat(np.arange(len(rows), dtype=np.int64), sizes)
    offset = np.arange(len(place), dtype=np.int64) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    told: Ints = place * width + members[np.repeat(begins, sizes) + offset]
    return told


class _Finder:
    """Whether a pair agrees in a rule: told from the keys of its two rows."""

    def __init__(self, table: Table, rule: Rule) -> None:
        self._keys = _row_keys(table, rule)
        self._held = _set_of(table, rule)

    def finds(self, left: Rows, right: Rows) -> NDArray[np.bool_]:
        """True for each pair that the rule finds."""
        key = self._keys[left]
        same: NDArray[np.bool_] = (key >= 0) & (key == self._keys[right])
        if self._held is not None and same.any():
            at = np.flatnonzero(same)
            same[at] = shared(self._held, left[at], right[at])[0] > 0
        return same


def pieces(table: Table, rules: Sequence[Rule], part: Part = WHOLE, across: str | None = None) -> Iterator[tuple[int, Rows, Rows]]:
    """All pairs (left, right) with left < right that agree in a rule, each once, at most about `PIECE` at a time.

    Every piece holds pairs of one rule, whose place among the rules stands first. `across` names a column: only rows that differ in it
    are paired (two registers, each without repetitions of its own). Raises BadTable for a rule that finds more than `MOST_PAIRS`.
    """
    for place in range(len(rules)):
        for left, right in pieces_of(table, rules, place, part, across):
            yield place, left, right


def pieces_of(
    table: Table, rules: Sequence[Rule], place: int, part: Part = WHOLE, across: str | None = None
) -> Iterator[tuple[Rows, Rows]]:
    """The pairs that one rule is the first to find."""
    rule = rules[place]
    entries, held = _entries(table, rule, part), _set_of(table, rule)
    earlier = [_Finder(table, one) for one in rules[:place]]
    source = None if across is None else table.column(across).codes
    for early, late in _of_rule(entries, rule):
        left, right = entries.rows[early], entries.rows[late]
        kept = np.ones(len(left), dtype=bool) if source is None else source[left] != source[right]
        if held is not None and entries.members is not None:  # a pair that shares several members is found under the least of them
            kept &= shared(held, left, right)[1] == entries.members[late]
        for one in earlier:
            kept &= ~one.finds(left, right)
        yield left[kept], right[kept]


def first_rule(table: Table, rules: Sequence[Rule], left: Rows, right: Rows) -> NDArray[np.int64]:
    """For each pair the place of the first rule that finds it, -1 where none does."""
    first = np.full(len(left), UNKNOWN, dtype=np.int64)
    for place in reversed(range(len(rules))):
        first[_Finder(table, rules[place]).finds(left, right)] = place
    return first


def _of_rule(entries: _Keys, rule: Rule) -> Iterator[tuple[Ints, Ints]]:
    """The pairs of one rule, as places among its entries: each entry with all before it under its key."""
    ranks = _ranks(entries.keys)
    ends = np.cumsum(ranks)
    total = int(ends[-1]) if len(ends) else 0
    if total > MOST_PAIRS:
        widest = int(ranks.max()) + 1
        raise BadTable(f"rule {' + '.join(rule)} finds {total} pairs, its widest key {widest} rows: add a column to the rule")
    start = 0
    while start < len(ranks):
        base = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, base + PIECE, side="right")))
        some = ranks[start:stop]
        late = np.repeat(np.arange(start, stop, dtype=np.int64), some)
        offset = np.arange(len(late), dtype=np.int64) - np.repeat(ends[start:stop] - some - base, some)
        early = late - np.repeat(some, some) + offset
        yield early, late
        start = stop
