"""Months of a plan, counted from the month of its day."""

from __future__ import annotations

from datetime import date


def month_index(today: date, day: date) -> int:
    """Whole calendar months from the plan's month to the day's; below 0 for a day that lies before."""
    return (day.year - today.year) * 12 + day.month - today.month


def month_at(today: date, index: int) -> date:
    """The first day of the month with that index."""
    months = today.year * 12 + today.month - 1 + index
    return date(months // 12, months % 12 + 1, 1)


def month_after(day: date) -> date:
    """The first day of the month after the day's."""
    return month_at(day, 1)
