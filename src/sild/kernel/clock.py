"""The clock: the one place that asks what time it is.

`now` is real time, for the ledger and for stamps. `today` is the desk's day, which an exercise may set.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_today: ContextVar[date | None] = ContextVar("sild_today", default=None)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The desk's day: the exercise's, where one is set, else the calendar's (UTC)."""
    return _today.get() or now().date()


@contextmanager
def pinned(day: date | None) -> Iterator[None]:
    """Let `today` be `day` inside the block; None leaves it as it is."""
    token = _today.set(day or _today.get())
    try:
        yield
    finally:
        _today.reset(token)
