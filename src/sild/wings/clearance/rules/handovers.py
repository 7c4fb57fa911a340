"""Hand-overs of military lines to the other mechanism, as data: states and which may follow which.

Source: the desk's domain rules (docs/explanation/clearance.md): a military line is handed over, sent, acknowledged or returned, and a stub
of it stays. What was sent has left the house: it is recalled, never taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class HandoverState(StrEnum):
    """How far the hand-over of one line is."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"
    RECALLED = "recalled"


H = HandoverState
HANDOVER_MOVES: Mapping[HandoverState, frozenset[HandoverState]] = {
    H.SENT: frozenset({H.ACKNOWLEDGED, H.RETURNED, H.RECALLED}),
    H.ACKNOWLEDGED: frozenset({H.RETURNED, H.RECALLED}),
    H.RETURNED: frozenset(),
    H.RECALLED: frozenset(),
}
"""Which state may follow which. What came back is handed over again as a new hand-over."""

WITH_THEM = frozenset({H.SENT, H.ACKNOWLEDGED})
"""States in which the line is the other mechanism's."""

ASK_AFTER_DAYS = 14
"""After how many days a form proposes to ask whether it arrived: a habit of desks."""
