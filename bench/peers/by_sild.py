"""Sild's columns on a set."""

from __future__ import annotations

from typing import Any

import numpy as np

from peers.outcome import Clock, judged
from peers.sets import Told
from sild.cores.linkage.columns import clusters, estimate, numbers, probability, score, table, texts

FLOOR, CERTAIN = -6.0, 0.95  # bits; the probability from which pairs join clusters


def run(told: Told) -> dict[str, Any]:
    """Columns, weights, scores, clusters at 0.95."""
    clock = Clock()
    columns = {name: numbers(values) if isinstance(values, np.ndarray) else texts(values) for name, values in told.columns.items()}
    made = table([f"{row:08d}" for row in range(len(told))], columns)
    clock.stage("load")
    model = estimate(made, told.plan)
    clock.stage("train")
    scored = score(made, model, floor=FLOOR)
    clock.stage("score")
    kept = probability(scored.bits) >= CERTAIN
    labels = clusters(len(made), scored.left[kept], scored.right[kept], scored.bits[kept])
    clock.stage("cluster")
    return judged(told, clock, (scored.left, scored.right, scored.bits), labels, scored.compared)
