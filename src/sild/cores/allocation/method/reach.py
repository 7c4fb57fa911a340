"""Which totals lots can make: exact subset sums as bit masks. They tighten a need's minimum and maximum before any solver runs.

Bit t of a mask says that t pieces can be put together from the lots at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import gcd

import numpy as np
from numpy.typing import NDArray

from sild.cores.allocation.problem import Problem

Ints = NDArray[np.int64]

# above this many pieces the exact mask costs more than it gives; the greatest common divisor is used instead
LARGEST_MASK = 200_000
SIZES_FOR_ALL_SUBSETS = 4


def reachable(stock: Iterable[tuple[int, int]], room: int, mask: int = 1) -> int:
    """The mask of totals up to `room` that (lot, lots) of the stock can add to those of `mask`; each stock at most `lots` times."""
    window = (1 << (room + 1)) - 1
    for lot, lots in stock:
        left, step = min(lots, room // lot), 1
        while left > 0:
            taken = min(step, left)
            mask |= (mask << (lot * taken)) & window
            left -= taken
            step *= 2
    return mask


def span_of(stock: Sequence[tuple[int, int]], least: int, room: int) -> tuple[int, int]:
    """The smallest reachable total of at least `least` and the largest of at most `room`; (0, 0) where there is none."""
    if not stock or room < least:
        return 0, 0
    if room > LARGEST_MASK:
        step = gcd(*(lot for lot, _ in stock))
        low, high = -(-least // step) * step, min(room, sum(lot * lots for lot, lots in stock)) // step * step
        return (low, high) if low <= high else (0, 0)
    useful = reachable(stock, room) >> least
    if not useful:
        return 0, 0
    return least + (useful & -useful).bit_length() - 1, least + useful.bit_length() - 1


def tighten(problem: Problem, pairs: Ints, first: Ints, wanted: Sequence[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Per need the smallest and the largest total within `wanted` (fewest, most) that its lanes' offers can make; shape (n,) each."""
    least = np.ones(len(problem.needs), dtype=np.int64)
    most = np.zeros(len(problem.needs), dtype=np.int64)
    for index, (fewest, room) in enumerate(wanted):
        low, high = span_of(stock_of(problem, pairs[first[index] : first[index + 1], 1]), fewest, room)
        least[index], most[index] = max(low, fewest), high
    return least, most


def stock_of(problem: Problem, offers: Ints) -> list[tuple[int, int]]:
    """(lot, lots) of each different offer."""
    return [(problem.offers[j].lot, problem.offers[j].lots) for j in dict.fromkeys(offers.tolist())]


def lot_ceilings(stock: Sequence[tuple[int, int]], most: int) -> list[tuple[frozenset[int], int]]:
    """For sets of lot sizes: the most pieces that lots of these sizes alone can make within `most`, where that is less.

    These are valid cuts: pieces from those sizes <= ceiling x served. They close most of the gap between LP and whole lots.
    """
    sizes = sorted({lot for lot, _ in stock})
    if most > LARGEST_MASK or not sizes:
        return []
    if len(sizes) <= SIZES_FOR_ALL_SUBSETS:
        subsets = [frozenset(chosen) for count in range(1, len(sizes)) for chosen in combinations(sizes, count)]
    else:
        subsets = [frozenset(sizes[start:]) for start in range(1, len(sizes))]
    ceilings = []
    for subset in subsets:
        if 1 not in subset:
            ceiling = reachable([(lot, lots) for lot, lots in stock if lot in subset], most).bit_length() - 1
            if ceiling < most:
                ceilings.append((subset, ceiling))
    return ceilings
