"""The test: how far the days in windows lie above what is expected, beside the same for statements placed elsewhere; and its interval.

Counts are compared by their square roots, so that one burst of a hundred does not outweigh twenty windows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sild.cores.influence.method.expectation import Expectation

Numbers = NDArray[np.float64]
ROOM = 0.375  # Anscombe 1948: with it the root of a count varies alike at every level
SAME = 1e-9  # sums that differ by less are one: they were added up in another order
RATIO_LOW, RATIO_HIGH = 1 / 64, 64.0
STEPS = 12  # of halving the logarithm of the ratio: 0.2 % at the end


def surprise(expectation: Expectation, series: Numbers) -> Numbers:
    """How far each day lies above what is expected of it, in roots of counts; shape (days, series)."""
    return np.asarray(np.sqrt(series + ROOM) - np.sqrt(expectation.of(series) + ROOM), dtype=np.float64)


def laid(series: Numbers) -> Numbers:
    """Series behind one another, as windows number their days."""
    return series.T.ravel()


@dataclass(frozen=True, slots=True)
class Tails:
    """How many of all placements, the true one included, lie as high or higher, and as low or lower; as shares."""

    more: float
    fewer: float

    @property
    def two_sided(self) -> float:
        """Twice the smaller share."""
        return min(1.0, 2 * min(self.more, self.fewer))


def tails(sums: Numbers) -> Tails:
    """The true placement is the first."""
    return Tails(float(np.mean(sums >= sums[0] - SAME)), float(np.mean(sums <= sums[0] + SAME)))


def every_two_sided(sums: Numbers) -> Numbers:
    """The two-sided p that each placement would have, were it the true one."""
    order = np.sort(sums)
    fewer = np.searchsorted(order, sums + SAME, side="right")
    more = len(sums) - np.searchsorted(order, sums - SAME, side="left")
    return np.asarray(np.minimum(1.0, 2 * np.minimum(fewer, more) / len(sums)), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Inverted:
    """Ends and middle of the ratios that the test does not refuse; None where there is no upper end."""

    low: float
    middle: float | None
    high: float | None


def inverted(expectation: Expectation, series: Numbers, inside: csr_array, alpha: float) -> Inverted:
    """The ratios by which the days in windows may be divided so that they look like any others (inside: first row as it was)."""
    counts = laid(series)
    true = np.zeros(len(counts))
    true[inside.indices[: inside.indptr[1]]] = 1.0
    if not (counts * true).sum():
        # nothing can be divided: all that is known is whether so few are already too few for no effect
        refused = tails(inside @ laid(surprise(expectation, series))).fewer <= alpha / 2
        return Inverted(0.0, None, 1.0 if refused else None)

    def divided(ratio: float) -> Tails:
        adjusted = np.where(true > 0, counts / ratio, counts).reshape(series.shape[::-1]).T
        return tails(inside @ laid(surprise(expectation, adjusted)))

    def crossing(level: float, *, upper: bool) -> float | None:
        """Where the share that lies lower (upper) or higher (not) falls to a level; shares move one way as the ratio grows."""
        low, high = np.log(RATIO_LOW), np.log(RATIO_HIGH)
        if upper and divided(RATIO_HIGH).fewer > level:
            return None
        if not upper and divided(RATIO_LOW).more > level:
            return 0.0
        for _ in range(STEPS):
            middle = (low + high) / 2
            beyond = divided(np.exp(middle)).fewer <= level if upper else divided(np.exp(middle)).more > level
            low, high = (low, middle) if beyond else (middle, high)
        return float(np.exp((low + high) / 2))

    low = crossing(alpha / 2, upper=False)
    return Inverted(low or 0.0, crossing(0.5, upper=True), crossing(alpha / 2, upper=True))
