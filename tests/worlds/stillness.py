"""A still world: one clock and one source of chance, so that the same program on the same records gives the same bytes."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from sild.kernel import clock

BEGINNING = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)


@contextmanager
def still(seed: int, step: int) -> Iterator[None]:
    """Inside, time stands at a minute after the step before, and every random byte follows from the seed and the step."""
    at = BEGINNING + timedelta(minutes=step)
    chance = random.Random(seed * 1_000_003 + step)

    def drawn(size: int) -> bytes:
        return chance.randbytes(size)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: at)
        patch.setattr(timezone, "now", lambda: at)
        patch.setattr(os, "urandom", drawn)
        # the standard library keeps its own name for the system's chance
        patch.setattr(random, "_urandom", drawn)
        yield


Chooser = Callable[[int], random.Random]
