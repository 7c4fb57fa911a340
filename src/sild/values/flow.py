"""How far money has come: five states in order. Some are a promise, some are firm, and a promise is never added to what is firm."""

from __future__ import annotations

from enum import StrEnum


class FlowState(StrEnum):
    """The state of a flow: somebody hinted at it, promised it, bound themselves, paid it out, and it was spent."""

    INDICATED = "indicated"
    PLEDGED = "pledged"
    COMMITTED = "committed"
    DISBURSED = "disbursed"
    SPENT = "spent"


PROMISED = frozenset({FlowState.INDICATED, FlowState.PLEDGED})
FIRM = frozenset({FlowState.COMMITTED, FlowState.DISBURSED, FlowState.SPENT})
