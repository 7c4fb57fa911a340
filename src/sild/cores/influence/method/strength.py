"""Power: effects of known size are planted after statements that were placed elsewhere, and the share that the test finds is counted.

What is planted is so many times what was really going on about a day, bursts included: an attack that only swells what was there is
the hardest to see, and the power is that of the hard case.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sild.cores.influence.method.expectation import Expectation
from sild.cores.influence.method.testing import ROOM, SAME, laid

Numbers = NDArray[np.float64]
RATIOS = (1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0)
AT_ONCE = 50  # trials that are worked on together: memory


def found(
    expectation: Expectation, series: Numbers, inside: csr_array, planted: csr_array, ratio: float, threshold: float, seed: int
) -> float:
    """The share of planted effects with a two-sided p of at most `threshold`.

    `inside`: windows of placements to compare with (the first row, the true one, is left out); `planted`: windows of the trials.
    """
    generator = np.random.default_rng(np.random.SeedSequence([seed, round(ratio * 1000)]))
    going_on = laid(expectation.going_on(series))
    counts = laid(series)
    others = inside[1:]
    hits = 0
    for start in range(0, planted.shape[0], AT_ONCE):
        rows = planted[start : start + AT_ONCE]
        trials = rows.shape[0]
        where = rows.toarray()
        raised = counts + where * generator.poisson((ratio - 1) * going_on, size=where.shape)
        days, columns = series.shape
        stacked = raised.reshape(trials * columns, days).T
        far = np.sqrt(stacked + ROOM) - np.sqrt(expectation.of(stacked) + ROOM)
        far = far.T.reshape(trials, columns * days)
        own = (where * far).sum(axis=1)
        sums = others @ far.T
        more = (1 + (sums >= own - SAME).sum(axis=0)) / (1 + others.shape[0])
        fewer = (1 + (sums <= own + SAME).sum(axis=0)) / (1 + others.shape[0])
        hits += int((np.minimum(1.0, 2 * np.minimum(more, fewer)) <= threshold).sum())
    return hits / int(planted.shape[0])
