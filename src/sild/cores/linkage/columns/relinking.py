"""A whole register linked anew: candidate pairs, scores, a bar for a stated error, clusters. Partitions can be scored anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sild.cores.linkage.columns.blocking import WHOLE, Part, Rows, pieces
from sild.cores.linkage.columns.joining import Labels, RowPair, bar_for_error, clusters
from sild.cores.linkage.columns.model import Floats, Model
from sild.cores.linkage.columns.scoring import Scorer
from sild.cores.linkage.columns.table import Table

FLOOR = -6.0  # bits; pairs below it are one need once in sixty-four or less, and are not kept


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs of rows, left < right, ascending, with their scores in bits; and how many pairs were looked at."""

    left: Rows
    right: Rows
    bits: Floats
    compared: int


@dataclass(frozen=True, slots=True)
class Relinked:
    """What a relinking found: all pairs above the floor, the bar that keeps the stated error, and for each row the first of its cluster."""

    scored: Scored
    bar: float
    labels: Labels


def score(table: Table, model: Model, part: Part = WHOLE, floor: float = FLOOR) -> Scored:
    """The pairs of one partition of the keys that score at least `floor`. Partitions are disjoint and add up to the whole."""
    scorer = Scorer(table, model)
    found, compared = [], 0
    for rule, left, right in pieces(table, model.plan.rules, part, model.plan.across):
        compared += len(left)
        found.append(scorer.above(rule, floor, left, right))
    return _ordered(found, compared)


def gathered(parts: Iterable[Scored]) -> Scored:
    """The scored pairs of several partitions as one; the order of the partitions does not matter."""
    given = list(parts)
    return _ordered([(one.left, one.right, one.bits) for one in given], sum(one.compared for one in given))


def _ordered(found: list[tuple[Rows, Rows, Floats]], compared: int) -> Scored:
    left, right, bits = (
        (np.concatenate([one[place] for one in found]) if found else np.zeros(0, dtype=kind))
        for place, kind in enumerate((np.int32, np.int32, np.float64))
    )
    order = np.argsort(left.astype(np.int64) << 32 | right)
    return Scored(left[order], right[order], bits[order], compared)


def settle(table: Table, scored: Scored, error: float, together: Iterable[RowPair] = (), apart: Iterable[RowPair] = ()) -> Relinked:
    """Clusters of the pairs at or above the bar that keeps the stated error; `together` and `apart` are rows that people ruled."""
    bar = bar_for_error(scored.bits, error)
    kept = scored.bits >= bar
    labels = clusters(len(table), scored.left[kept], scored.right[kept], scored.bits[kept], together, apart)
    return Relinked(scored, bar, labels)
