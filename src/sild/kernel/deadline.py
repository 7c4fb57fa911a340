"""A deadline for work on one hostile thing: when it passes, the work is broken off, not the program.

Works in the main thread, by the system's own timer; elsewhere there is no deadline, because nothing could break the work off.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooLong(BaseException):
    """The work took longer than it was given. No `except Exception` inside the work may swallow it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Break the block off with TooLong after so many seconds of the processor: how busy the machine is makes no difference."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TooLong(f"it took longer than {seconds:g} s")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
