"""Public statements: their kinds, and how one thing that happened to a statement is kept, as data."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sild.wings.signals.rules.incidents import LONGEST_TEXT

MOST_LANGUAGES = 30


class StatementKind(StrEnum):
    """What a statement does, by the chief thing in it."""

    ATTRIBUTION = "attribution"
    CONDEMNATION = "condemnation"
    SOLIDARITY = "solidarity"
    AID = "aid"
    SANCTIONS = "sanctions"
    INDICTMENT = "indictment"
    WARNING = "warning"
    DENIAL = "denial"
    OTHER = "other"


def statement_step(day: date, what: str, by: str, *, reason: str = "") -> dict[str, str]:
    """One thing that happened to a statement, as it is kept."""
    return {"on": day.isoformat(), "what": what, "by": by, "reason": reason.strip()[:LONGEST_TEXT]}
