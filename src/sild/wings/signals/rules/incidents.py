"""Incidents: their kinds, how exactly a day is known, the states they go through and why one is not pursued, as data."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Any

LONGEST_TITLE = 400
LONGEST_TEXT = 4000
LONGEST_NAME = 300
MOST_VICTIMS = 60
MOST_COUNTRIES = 60
MOST_STEPS = 200


class IncidentKind(StrEnum):
    """What was attacked with what."""

    CYBER = "cyber"
    PHYSICAL = "physical"
    INFORMATIONAL = "informational"


class Precision(StrEnum):
    """How exactly a day is known; `unknown` is a value that a person set, no empty field."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class IncidentState(StrEnum):
    """How far the desk is with an incident."""

    REPORTED = "reported"
    ASSESSED = "assessed"
    PURSUED = "pursued"
    NOT_PURSUED = "not-pursued"
    CLOSED = "closed"


class WhyNot(StrEnum):
    """Why an incident is not pursued; a reason in words stands beside it."""

    BELOW_THRESHOLD = "below-threshold"
    TOO_LITTLE_KNOWN = "too-little-known"
    NOT_HOSTILE = "not-hostile"
    OTHERS_LEAD = "others-lead"
    DOMESTIC = "domestic"
    COST_OF_SAYING = "cost-of-saying"
    OTHER = "other"


class TieKind(StrEnum):
    """How one incident hangs together with another; a person rules it."""

    SAME_CAMPAIGN = "same-campaign"
    FOLLOWS = "follows"
    REPEATS = "repeats"


NEXT: dict[IncidentState, tuple[IncidentState, ...]] = {
    IncidentState.REPORTED: (IncidentState.ASSESSED, IncidentState.NOT_PURSUED, IncidentState.CLOSED),
    IncidentState.ASSESSED: (IncidentState.PURSUED, IncidentState.NOT_PURSUED, IncidentState.CLOSED),
    IncidentState.PURSUED: (IncidentState.NOT_PURSUED, IncidentState.CLOSED),
    IncidentState.NOT_PURSUED: (IncidentState.ASSESSED, IncidentState.PURSUED, IncidentState.CLOSED),
    IncidentState.CLOSED: (IncidentState.ASSESSED,),
}
"""Where an incident may go; what was not pursued or closed may be taken up again when more is known."""
REASON_WANTED = frozenset({IncidentState.NOT_PURSUED, IncidentState.CLOSED, IncidentState.PURSUED})
"""States that say why."""


def floor_of(day: date | None, precision: Precision) -> date | None:
    """The day as it is kept: the first of its month or year where no more is known, none where nothing is."""
    if day is None or precision == Precision.UNKNOWN:
        return None
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == Precision.MONTH else day


def last_of(day: date | None, precision: Precision) -> date | None:
    """The last day that is possible: the end of the month or year of which alone is known."""
    if day is None or precision in (Precision.DAY, Precision.UNKNOWN):
        return day
    months = day.month if precision == Precision.MONTH else 12
    return day.replace(month=months, day=monthrange(day.year, months)[1])


def step(day: date, what: str, by: str, *, state: IncidentState, reason: str = "") -> dict[str, Any]:
    """One thing that happened to an incident, as it is kept."""
    return {"on": day.isoformat(), "what": what, "by": by, "state": str(state), "reason": reason.strip()[:LONGEST_TEXT]}
