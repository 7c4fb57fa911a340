"""How alike two events are by what is coded of both: a sum whose parts are told, never a number alone.

A factor of which nothing is known on either side adds nothing and is named; so a high likeness of few factors is seen for what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FACTORS = ("sector", "effect", "actor", "country", "year")
"""What is coded of precedents. Each counts alike: no source says otherwise."""
YEARS = 10
"""Years apart after which the year adds nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one factor adds, from 0 to 1: of words, the share that both have of all words of both; of years, a tenth less for each."""

    factor: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    adds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The parts, and the factors that are left out because nothing is known of them on either side."""

    parts: tuple[Part, ...]
    left_out: tuple[str, ...]

    @property
    def total(self) -> float | None:
        """The mean of what the known factors add, 0 to 1; None where none is known on both sides."""
        return sum(part.adds for part in self.parts) / len(self.parts) if self.parts else None

    @property
    def evidence(self) -> float:
        """What the parts add together: the order of precedents, so that one shared word of one known factor is not above four of five."""
        return sum(part.adds for part in self.parts)


def likeness(ours: Mapping[str, tuple[str, ...]], theirs: Mapping[str, tuple[str, ...]]) -> Likeness:
    """Compare two events by FACTORS, in their order; an empty or absent value is unknown. Raises ValueError for a year that is none."""
    parts: list[Part] = []
    left_out: list[str] = []
    for factor in FACTORS:
        mine, other = ours.get(factor, ()), theirs.get(factor, ())
        if not mine or not other:
            left_out.append(factor)
            continue
        parts.append(Part(factor=factor, ours=mine, theirs=other, adds=_years(mine, other) if factor == "year" else _shared(mine, other)))
    return Likeness(parts=tuple(parts), left_out=tuple(left_out))


def _shared(mine: tuple[str, ...], other: tuple[str, ...]) -> float:
    return len({*mine} & {*other}) / len({*mine} | {*other})


def _years(mine: tuple[str, ...], other: tuple[str, ...]) -> float:
    return max(0.0, 1 - abs(int(mine[0]) - int(other[0])) / YEARS)
