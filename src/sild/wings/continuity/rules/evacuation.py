"""Rules of evacuation plans: where one stands, and how an inventory is read as an evacuation. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

from sild.wings.continuity.rules.words import LETS_GO, Permission

UNITS_OF_RACK = 42
HOURS_OF_DAY = 24
MOST_HOURS, MOST_SECONDS = 2_000, 300
LONGEST_STEP = Decimal(1_000_000_000)


class EvacuationState(StrEnum):
    """Where a plan stands: worked out behind, done, done with faults that the check found."""

    WAITING = "waiting"
    DONE = "done"
    BROKE = "broke"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a person supposes of the days to come: hours in all, chances in per cent that the machines at home are lost after a day and by
    the end, people who move, people and hours for a move where nobody told them, when a permission that was asked is expected (None:
    nobody knows), every how many hours crates leave."""

    hours: int = 240
    chance_day: int = 5
    chance_end: int = 60
    people: int = 6
    people_a_move: int = 2
    work_hours: int = 8
    asked_hour: int | None = None
    crates_every: int = 24
    seconds: int = 20


def whole(amount: Decimal | None, times: int = 1, *, down: bool = False) -> int:
    """An amount in whole units, rounded against the plan: what is taken up, what is offered down. None counts as 0."""
    return int(((amount or Decimal(0)) * times).min(LONGEST_STEP).to_integral_value(ROUND_FLOOR if down else ROUND_CEILING))


def summed(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """The sum; None where there is nothing or one is not told."""
    told = [one for one in amounts if one is not None]
    return sum(told, Decimal(0)) if told and len(told) == len(amounts) else None


def hardest(permissions: Sequence[Permission]) -> Permission:
    """The permission that holds the whole back: refused, unknown, asked, else granted."""
    for one in (Permission.REFUSED, Permission.UNKNOWN, Permission.ASKED):
        if one in permissions:
            return one
    return Permission.GRANTED if all(one in LETS_GO for one in permissions) else Permission.UNKNOWN
