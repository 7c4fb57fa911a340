"""From scored pairs to clusters: a bar for a stated error, connected components, and what people ruled apart never together."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from sild.cores.linkage.columns.blocking import Rows
from sild.cores.linkage.columns.model import Floats
from sild.cores.linkage.columns.table import BadTable

Labels = NDArray[np.int32]
RowPair = tuple[int, int]


def probability(bits: Floats) -> Floats:
    """The chance that a pair is of one need, by its score."""
    chance: Floats = 1.0 / (1.0 + np.exp2(-np.clip(bits, -1000.0, 1000.0)))
    return chance


def bar_for_error(bits: Floats, error: float) -> float:
    """The lowest score at which the pairs at and above it are, by the model, wrong in no more than a share `error`; infinity if none is."""
    if not 0.0 < error < 1.0:
        raise BadTable(f"an error of {error} cannot be kept: state a share between 0 and 1")
    ordered = np.sort(bits)[::-1]
    if not len(ordered):
        return float("inf")
    wrong = np.cumsum(1.0 - probability(ordered)) / np.arange(1, len(ordered) + 1)
    last_of_score = np.concatenate((ordered[1:] != ordered[:-1], [True]))
    good = np.flatnonzero((wrong <= error) & last_of_score)
    return float(ordered[good[-1]]) if len(good) else float("inf")


def clusters(size: int, left: Rows, right: Rows, bits: Floats, together: Iterable[RowPair] = (), apart: Iterable[RowPair] = ()) -> Labels:
    """For each of `size` rows the first row of its cluster, by pairs that may join and by what people ruled.

    Pairs ruled `together` stand in one cluster. Clusters that would hold a pair ruled `apart` are built again pair by pair, best score
    first (then by row), and no step that would bring such a pair together is taken. Raises BadTable where rulings contradict each other.
    """
    ruled, banned = sorted({_ordered(pair) for pair in together}), sorted({_ordered(pair) for pair in apart})
    joined = np.array(ruled, dtype=np.int64).reshape(-1, 2)
    label = _components(size, np.concatenate((left, joined[:, 0])), np.concatenate((right, joined[:, 1])))
    torn = np.unique([label[one] for one, other in banned if label[one] == label[other]]).astype(np.int64)
    if len(torn):
        bad = np.zeros(size, dtype=bool)
        bad[torn] = True
        again = np.flatnonzero(bad[label[left]])
        order = again[np.lexsort((right[again], left[again], -bits[again]))]
        links = list(zip(left[order].tolist(), right[order].tolist(), strict=True))
        rows = np.flatnonzero(bad[label])
        label[rows] = _constrained(rows.tolist(), [pair for pair in ruled if bad[label[pair[0]]]], links, banned)
    return label


def _ordered(pair: RowPair) -> RowPair:
    one, other = pair
    if one == other:
        raise BadTable(f"row {one} was ruled against itself: name two rows")
    return (one, other) if one < other else (other, one)


def _components(size: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> Labels:
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(size, size))
    _, found = connected_components(graph, directed=False)
    first = np.full(int(found.max(initial=-1)) + 1, size, dtype=np.int64)
    np.minimum.at(first, found, np.arange(size))
    label: Labels = first[found].astype(np.int32)
    return label


def _constrained(rows: list[int], ruled: list[RowPair], links: list[RowPair], banned: list[RowPair]) -> list[int]:
    """The first row of the cluster of each of `rows`: rulings first, then links in the order given, none across a ban."""
    root = {row: row for row in rows}
    barred: dict[int, set[int]] = {row: set() for row in rows}

    def find(row: int) -> int:
        while root[row] != row:
            root[row] = root[root[row]]
            row = root[row]
        return row

    def join(one: int, other: int) -> None:
        a, b = sorted((find(one), find(other)))
        if a != b and b not in barred[a]:
            root[b] = a
            for enemy in barred.pop(b):
                barred[enemy].discard(b)
                barred[enemy].add(a)
                barred[a].add(enemy)

    for one, other in ruled:
        join(one, other)
    for one, other in banned:
        if one in root and other in root:
            a, b = find(one), find(other)
            if a == b:
                raise BadTable(f"rows {one} and {other} were ruled apart and also, directly or by a chain, together: withdraw a ruling")
            barred[a].add(b)
            barred[b].add(a)
    for one, other in links:
        join(one, other)
    return [find(row) for row in rows]
