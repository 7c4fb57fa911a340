"""Clocks: when a duty is due next, and how it stands on a day."""

from __future__ import annotations

import calendar
from datetime import date
from enum import StrEnum

SOON_DAYS = 30
MOST_MONTHS = 120


class DutyState(StrEnum):
    """How a duty stands."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    ENDED = "ended"


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of that month where it has no such day."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def duty_state(due: date, today: date, *, ended: bool) -> DutyState:
    """How a duty that is due on a day stands today."""
    if ended:
        return DutyState.ENDED
    if due < today:
        return DutyState.OVERDUE
    return DutyState.SOON if (due - today).days <= SOON_DAYS else DutyState.LATER
