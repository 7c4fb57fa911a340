"""How a flow moves, and what of it is kept back from its readers, as data.

Money moves forward through the five states (sild.values.flow); it may skip some, it never goes back: what was wrongly written is undone,
what was not kept is ended with its reason. A part that moves alone becomes a flow of its own, so each piece stands in one state.
Source of the states: the transaction types of IATI 2.03 (commitment, disbursement, expenditure; pledge, incoming commitment).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sild.values.flow import FlowState

MOST_STEPS = 200
LONGEST_TEXT = 2000

ADVANCES: dict[FlowState, tuple[FlowState, ...]] = {state: tuple(FlowState)[place + 1 :] for place, state in enumerate(FlowState)}
"""The states into which money may move on."""


class ShownAs(StrEnum):
    """How the giver wants it shown to readers who are neither the keeper nor the giver."""

    NAMED = "named"
    AMOUNT_ONLY = "amount-only"
    ANONYMOUS = "anonymous"
    SECRET = "secret"  # noqa: S105 - a word of the giver's, no password


_WHO = ("giver", "through", "title", "method", "sector", "rate_source", "source", "address", "tags", "raw", "steps")
KEPT_BACK: dict[ShownAs, tuple[str, ...]] = {
    ShownAs.NAMED: (),
    ShownAs.AMOUNT_ONLY: _WHO,
    # a currency that one country alone pays in names the giver
    ShownAs.ANONYMOUS: (*_WHO, "amount", "currency", "value", "value_currency", "rate"),
    ShownAs.SECRET: (),
}
"""What a flow keeps back in a record of its own, which only its keeper and its giver read. A secret flow is shown to nobody else at all,
so it keeps nothing back."""


def advances_from(state: FlowState) -> tuple[FlowState, ...]:
    """The states that may follow."""
    return ADVANCES[state]


def written(amount: Decimal) -> str:
    """An amount without an exponent and without trailing zeros."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def step(day: date, what: str, by: str, *, state: FlowState, amount: Decimal, currency: str, reason: str = "") -> dict[str, Any]:
    """One thing that happened to a flow, as it is kept."""
    return {
        "on": day.isoformat(),
        "what": what,
        "by": by,
        "state": str(state),
        "amount": written(amount),
        "currency": currency,
        "reason": reason.strip()[:LONGEST_TEXT],
    }
