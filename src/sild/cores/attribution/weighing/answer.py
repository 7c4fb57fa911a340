"""What a matrix says: how much speaks against each hypothesis, which items tell them apart, and what the outcome rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sild.cores.attribution.weighing.problem import Aspect


class Outcome(StrEnum):
    """What the matrix allows to be said. None of these is an attribution."""

    INSUFFICIENT = "insufficient"
    NOT_SEPARATED = "not-separated"
    ONE_STANDS_OUT = "one-stands-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A hypothesis: how much speaks against it (less is better), by which voices; how much if what cannot be judged counted in full."""

    claim: str
    against: float
    against_at_most: float
    by_voice: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """An item: its weight (None where it cannot be judged), and how far apart it puts the hypotheses, 0 to 4. At 0 it tells nothing."""

    item: str
    weight: float | None
    diagnosticity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Who leads when an item, or all items of a voice, are left out."""

    left_out: str
    leaders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breadth:
    """Per aspect: how many items with weight, and how many of those tell hypotheses apart."""

    aspect: Aspect
    items: int
    telling: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """Hypotheses, least spoken against first. `unrated` pairs are (item, claim). `rests_on`: what, left out alone, changes the leaders.

    `open_to_judgement`: that the leaders would be others if items that cannot be judged counted in full.
    """

    outcome: Outcome
    leaders: tuple[str, ...]
    claims: tuple[Weighed, ...]
    items: tuple[Bearing, ...]
    unrated: tuple[tuple[str, str], ...]
    without_item: tuple[Dropped, ...]
    without_voice: tuple[Dropped, ...]
    rests_on: tuple[str, ...]
    breadth: tuple[Breadth, ...]
    open_to_judgement: bool
