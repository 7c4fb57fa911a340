"""Vectors as they are kept: a byte for each number, 384 bytes a vector; what is lost is a hundredth of a percent of a cosine.

Whoever compares takes vectors as they were kept, a fresh one too: so it makes no difference which were computed just now.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sild.vectors.embedder import DIMENSIONS

_STEPS = 127.0


def packed(vector: Sequence[float]) -> bytes:
    """DIMENSIONS signed bytes: the vector, stretched so that its largest number becomes 127. Raises ValueError where it is no vector."""
    numbers = np.asarray(vector, dtype=np.float64)
    if numbers.shape != (DIMENSIONS,) or not np.isfinite(numbers).all() or not numbers.any():
        raise ValueError(f"no vector of {DIMENSIONS} finite numbers: {numbers.shape}")
    return bytes(np.rint(numbers * (_STEPS / np.abs(numbers).max())).astype(np.int8).tobytes())


def unpacked(kept: Sequence[bytes]) -> npt.NDArray[np.float32]:
    """(n, DIMENSIONS) float32 rows of unit length, in order. Raises ValueError where one is not DIMENSIONS bytes long."""
    for one in kept:
        if len(one) != DIMENSIONS:
            raise ValueError(f"a kept vector has {len(one)} bytes, not {DIMENSIONS}")
    rows = np.frombuffer(b"".join(kept), dtype=np.int8).reshape(-1, DIMENSIONS).astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    lengths[lengths == 0] = 1
    rows /= lengths[:, None]
    return rows
