"""Influence studies: their states, and the bounds within which one may be asked, as data."""

from __future__ import annotations

from enum import StrEnum

MOST_STATEMENTS = 500
MOST_INCIDENTS = 20_000
LONGEST_WINDOW = 14
"""Days after a statement that may be asked about; more would count as what is expected of a day."""


class StudyState(StrEnum):
    """How far a study is. One that `broke` gave an answer that the independent check did not accept: it is not shown."""

    WAITING = "waiting"
    DONE = "done"
    BROKE = "broke"
    REFUSED = "refused"
    ENDED = "ended"
