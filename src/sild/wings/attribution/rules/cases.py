"""Where a case and what is owed to it may stand, and which moves there are."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

LONGEST_TITLE, LONGEST_WORDS, LONGEST_REASON = 300, 10_000, 2_000
MOST_CASES, MOST_INPUTS = 200, 100
MOST_HOURS = 24 * 366


class AttributionState(StrEnum):
    """Whether a case is worked on. Not pursued: it was decided to leave it, and why; closed: it was carried through."""

    OPEN = "open"
    CLOSED = "closed"
    NOT_PURSUED = "not-pursued"


class InputState(StrEnum):
    """Where what a body owes to a case stands; reckoned from what was written down and the clock."""

    WAITING = "waiting"
    LATE = "late"
    DELIVERED = "delivered"
    WAIVED = "waived"


ENDS = (AttributionState.CLOSED, AttributionState.NOT_PURSUED)


def input_state(due_at: datetime, now: datetime, *, delivered_at: datetime | None, waived: bool) -> InputState:
    """Where an input stands now. What was delivered late is delivered; how late stands beside it."""
    if delivered_at is not None:
        return InputState.DELIVERED
    if waived:
        return InputState.WAIVED
    return InputState.LATE if now > due_at else InputState.WAITING
