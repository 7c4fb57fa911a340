"""A deadline for work on one hostile thing: when it passes, the work is broken off, not the program.

Works in the main thread, by the system's own timer; elsewhere there is no deadline, because nothing could break the work off.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooLong(Exception):
    """The work took longer than it was given."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Break the block off with TooLong after so many seconds."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TooLong(f"it took longer than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
