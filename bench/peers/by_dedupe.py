"""dedupe on a set, given the truth of up to 2,000 pairs to learn from (it asks a person for labels; here the truth answers)."""

from __future__ import annotations

import itertools
import warnings
from typing import Any

import dedupe
import numpy as np
from dedupe import variables

from peers.outcome import Clock, judged
from peers.sets import Told

LABELLED = 2000


class _WithoutIndex(variables.String):  # its predicates over an index of words fail with the BTrees of the lock
    _index_predicates = ()


def _rows(told: Told, wanted: Any) -> dict[str, dict[str, Any]]:
    columns = [one.column for one in told.plan.comparisons]
    plain = {name: [None if value != value or value is None else str(value) for value in told.columns[name]] for name in columns}
    return {str(row): {name: plain[name][row] for name in columns} | {"need": str(told.truth[row])} for row in wanted}


def run(told: Told) -> dict[str, Any]:
    """Learn from labelled pairs, then partition."""
    warnings.simplefilter("ignore")
    clock = Clock()
    fields = [_WithoutIndex(one.column, has_missing=True) for one in told.plan.comparisons]
    everything = range(len(told))
    clock.stage("load")
    if told.plan.across is None:
        rows = _rows(told, everything)
        linker = dedupe.Dedupe(fields, num_cores=1)
        linker.prepare_training(rows, sample_size=min(10_000, 5 * len(told)))
        linker.mark_pairs(dedupe.training_data_dedupe(rows, "need", LABELLED))
        linker.train(index_predicates=False)
        clock.stage("train")
        groups = linker.partition(rows, threshold=0.5)
    else:
        sources = np.array(told.columns[told.plan.across])
        first, second = (_rows(told, np.flatnonzero(sources == source).tolist()) for source in sorted(set(sources)))
        linker = dedupe.RecordLink(fields, num_cores=1)
        linker.prepare_training(first, second, sample_size=min(10_000, 5 * len(told)))
        linker.mark_pairs(dedupe.training_data_link(first, second, "need", LABELLED))
        linker.train(index_predicates=False)
        clock.stage("train")
        groups = linker.join(first, second, threshold=0.5)
    found = [pair for members, _ in groups for pair in itertools.combinations(sorted(int(one) for one in members), 2)]
    clock.stage("score")
    left, right = (np.array([pair[side] for pair in found], dtype=np.int64) for side in (0, 1))
    labels = np.arange(len(told))
    for members, _ in groups:
        labels[[int(one) for one in members]] = min(int(one) for one in members)
    return judged(told, clock, (left, right, np.ones(len(left))), labels, None)
