"""Kept vectors: a byte a number, close to what was computed, and refused where they are none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.vectors import DIMENSIONS, packed, unpacked


def _unit(seed: int) -> np.ndarray:
    numbers = np.random.default_rng(seed).normal(size=DIMENSIONS)
    return numbers / np.linalg.norm(numbers)


@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_the_cosine_of_kept_vectors_is_that_of_the_vectors(left: int, right: int) -> None:
    a, b = _unit(left), _unit(right)
    kept = unpacked([packed(a), packed(b)])
    assert kept.shape == (2, DIMENSIONS)
    assert np.allclose(np.linalg.norm(kept, axis=1), 1, atol=1e-6)
    assert abs(float(kept[0] @ kept[1]) - float(a @ b)) < 0.005


def test_what_was_kept_is_kept_as_the_same_bytes_again() -> None:
    once = packed(_unit(7))
    assert len(once) == DIMENSIONS
    assert packed(unpacked([once])[0]) == once


@pytest.mark.parametrize("numbers", [[0.0] * DIMENSIONS, [1.0] * 3, [float("nan")] * DIMENSIONS, [float("inf"), *[0.0] * (DIMENSIONS - 1)]])
def test_what_is_no_vector_is_not_kept(numbers: list[float]) -> None:
    with pytest.raises(ValueError, match="no vector"):
        packed(numbers)


def test_bytes_of_another_length_are_no_vector() -> None:
    with pytest.raises(ValueError, match="383"):
        unpacked([b"x" * 383])
    assert unpacked([]).shape == (0, DIMENSIONS)
