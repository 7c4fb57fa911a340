"""Bundles as rows of the grid: which needs go together, in which smallest whole proportion, and how many sets their own limits allow.

The proportion is divided by its greatest common divisor, so that pieces in proportion are always whole sets.
"""

from __future__ import annotations

from itertools import pairwise
from math import gcd

import numpy as np
from numpy.typing import NDArray

from sild.cores.allocation.problem import Problem

Ints = NDArray[np.int64]
Parts = list[tuple[int, int]]


def parts_of_bundles(problem: Problem) -> list[Parts]:
    """For each bundle (need index, pieces in the smallest whole set)."""
    index = {need.id: at for at, need in enumerate(problem.needs)} if problem.bundles else {}
    found = []
    for bundle in problem.bundles:
        step = gcd(*(pieces for _, pieces in bundle.parts))
        found.append([(index[need], pieces // step) for need, pieces in bundle.parts])
    return found


def in_sets(bundles: list[Parts], least: Ints, most: Ints) -> None:
    """Narrow the least and most pieces of bundled needs, in place, to numbers of sets that all parts allow; 0 where there is none."""
    for parts in bundles:
        low = max(-(-int(least[need]) // pieces) for need, pieces in parts)
        high = min(int(most[need]) // pieces for need, pieces in parts)
        for need, pieces in parts:
            least[need], most[need] = (low * pieces, high * pieces) if low <= high else (least[need], 0)


def ties_of(bundles: list[Parts]) -> Ints:
    """(need, its pieces in a set, another need, its pieces) for neighbouring parts; shape (4, m)."""
    rows = [(*one, *other) for parts in bundles for one, other in pairwise(parts)]
    return np.array(rows, dtype=np.int64).reshape(len(rows), 4).T


def whole(bundles: tuple[tuple[tuple[int, int], ...], ...], needs: Ints) -> Ints:
    """These needs with every other part of their bundles, sorted."""
    if not bundles:
        return needs
    chosen = set(needs.tolist())
    for parts in bundles:
        if any(need in chosen for need, _ in parts):
            chosen.update(need for need, _ in parts)
    return np.array(sorted(chosen), dtype=np.int64)
