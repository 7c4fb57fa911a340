"""Words of the standby's moves. Plain Python."""

from __future__ import annotations

from enum import StrEnum


class StandbyMoveKind(StrEnum):
    """What happened to the pair: switched over as planned or behind a fence, the other one returned, the standby lost or back."""

    PLANNED = "planned"
    UNPLANNED = "unplanned"
    RETURNED = "returned"
    REFUSING = "refusing"
    ALONE = "alone"
    BACK = "back"
