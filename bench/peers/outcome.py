"""What a program found on a set, judged the same way for each: quality of its pairs and clusters, seconds, memory."""

from __future__ import annotations

import resource
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peers.sets import Told


@dataclass(slots=True)
class Clock:
    """Seconds of the wall and of the processor, stage by stage."""

    wall: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    _since: tuple[float, float] = field(default_factory=lambda: (time.perf_counter(), _processor()))

    def stage(self, name: str) -> None:
        """Ends a stage, which began where the last one ended."""
        now = (time.perf_counter(), _processor())
        self.wall[name] = self.wall.get(name, 0.0) + now[0] - self._since[0]
        self.processor[name] = self.processor.get(name, 0.0) + now[1] - self._since[1]
        self._since = now


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak_mb() -> float:
    """The most memory that this process held; counted from its own start, which getrusage does not do."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def judged(
    told: Told,
    clock: Clock,
    pairs: tuple[NDArray[Any], NDArray[Any], NDArray[Any]],
    clusters: NDArray[Any] | None,
    compared: int | None,
) -> dict[str, Any]:
    """F1 of the pairs at even odds and at the best score; F1 of the clusters; seconds; peak memory in MB; pairs compared.

    `pairs` are rows, rows and scores in bits (0 is even odds); `clusters` gives each row's cluster.
    """
    left, right, bits = pairs
    right_pairs = told.truth[left] == told.truth[right]
    truth = told.true_pairs()
    order = np.argsort(-bits, kind="stable")
    found = np.arange(1, len(order) + 1)
    hits = np.cumsum(right_pairs[order])
    last = np.concatenate((bits[order][1:] != bits[order][:-1], [True])) if len(order) else np.zeros(0, dtype=bool)
    best = float((2 * hits / (found + truth))[last].max()) if len(order) else 0.0
    even = bits >= 0
    made = {
        "f1_best": best,
        "f1_even": 2 * float(right_pairs[even].sum()) / max(1.0, float(even.sum()) + truth),
        "clusters_f1": None if clusters is None else _cluster_f1(told, np.asarray(clusters)),
        "compared": compared,
        "memory_mb": _peak_mb(),
    }
    return made | {name: value for name, value in asdict(clock).items() if not name.startswith("_")}


def _cluster_f1(told: Told, clusters: NDArray[Any]) -> float:
    """Pairs of one cluster against pairs of one need, all rows of all sources together."""
    labels = np.unique(clusters, return_inverse=True)[1].astype(np.int64)

    def paired(keys: NDArray[np.int64]) -> int:
        sizes = np.unique(keys, return_counts=True)[1]
        return int((sizes * (sizes - 1) // 2).sum())

    both = paired(labels * (int(told.truth.max()) + 1) + told.truth)
    return 2 * both / max(1, paired(labels) + paired(told.truth))
