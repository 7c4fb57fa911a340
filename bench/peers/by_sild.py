"""Sild's columns on a set."""

from __future__ import annotations

from typing import Any

import numpy as np

from peers.outcome import Clock, judged
from peers.sets import Told
from sild.cores.linkage.columns import bar_for_error, clusters, estimate, numbers, score, table, texts

FLOOR, ERROR = -6.0, 0.05


def run(told: Told) -> dict[str, Any]:
    """Columns, weights, scores, clusters at the bar of a stated error of 5 %."""
    clock = Clock()
    columns = {name: numbers(values) if isinstance(values, np.ndarray) else texts(values) for name, values in told.columns.items()}
    made = table([f"{row:08d}" for row in range(len(told))], columns)
    clock.stage("load")
    model = estimate(made, told.plan)
    clock.stage("train")
    scored = score(made, model, floor=FLOOR)
    clock.stage("score")
    kept = scored.bits >= bar_for_error(scored.bits, ERROR)
    labels = clusters(len(made), scored.left[kept], scored.right[kept], scored.bits[kept])
    clock.stage("cluster")
    return judged(told, clock, (scored.left, scored.right, scored.bits), labels, scored.compared)
