"""Decisions on giving a dual-use thing, as data: positions of states, outcomes, and what has to be said before one is decided.

Source: the desk's domain rules (docs/explanation/clearance.md). A person decides, with a reason; the desk keeps what they had before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any


class DonationState(StrEnum):
    """Prepared, or how it was decided."""

    PREPARED = "prepared"
    GIVEN = "given"
    UNDER_CONDITIONS = "under-conditions"
    NOT_GIVEN = "not-given"


class Stance(StrEnum):
    """What a state says to it."""

    SUPPORTS = "supports"
    AGREES = "agrees"
    ABSTAINS = "abstains"
    AGAINST = "against"


OUTCOMES = (DonationState.GIVEN, DonationState.UNDER_CONDITIONS, DonationState.NOT_GIVEN)

DONATION_MOVES: Mapping[DonationState, frozenset[DonationState]] = {
    DonationState.PREPARED: frozenset(OUTCOMES),
    **{outcome: frozenset({DonationState.PREPARED}) for outcome in OUTCOMES},
}
"""Which state may follow which: what was decided can be taken up again."""

MOST_POSITIONS, MOST_PRECEDENTS = 60, 30


def latest_positions(told: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """The last word of each state, in the order in which they first spoke; `told` in the order in which it was said."""
    last: dict[str, Mapping[str, Any]] = {}
    for position in told:
        last[position["state"].casefold()] = position
    return tuple(last.values())
