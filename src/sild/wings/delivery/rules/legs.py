"""Legs of a consignment: from where to where, by whom, on which day it was to be there, set out and came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One part of the way; days that nobody has said are None."""

    start: str
    end: str
    by: str = ""
    planned: date | None = None
    left: date | None = None
    came: date | None = None

    @property
    def ahead(self) -> bool:
        """Whether nobody has set out on it."""
        return self.left is None and self.came is None

    def kept(self) -> dict[str, Any]:
        """As the record keeps it."""
        days = {name: value.isoformat() if value is not None else None for name, value in self._days().items()}
        return {"from": self.start, "to": self.end, "by": self.by, **days}

    def _days(self) -> dict[str, date | None]:
        return {"planned": self.planned, "left": self.left, "came": self.came}


def legs_of(kept: Iterable[dict[str, Any]]) -> tuple[Leg, ...]:
    """Legs as the record keeps them."""
    return tuple(
        Leg(
            start=leg["from"],
            end=leg["to"],
            by=leg["by"],
            **{name: date.fromisoformat(leg[name]) if leg[name] else None for name in ("planned", "left", "came")},
        )
        for leg in kept
    )


def replanned(legs: Sequence[Leg], ahead: Iterable[Leg]) -> tuple[Leg, ...]:
    """The way with other legs ahead; what somebody has set out on stays as it was."""
    return (*(leg for leg in legs if not leg.ahead), *ahead)


def set_out(legs: Sequence[Leg], day: date) -> tuple[tuple[Leg, ...], Leg | None]:
    """The way after somebody set out on the next leg, and that leg; None where no leg is planned."""
    for place, leg in enumerate(legs):
        if leg.ahead:
            gone = replace(leg, left=day)
            return (*legs[:place], gone, *legs[place + 1 :]), gone
    return tuple(legs), None


def came(legs: Sequence[Leg], day: date) -> tuple[tuple[Leg, ...], Leg | None]:
    """The way after the leg that is under way, else the next one, ended, and that leg; None where no leg is left."""
    under_way = [place for place, leg in enumerate(legs) if leg.left is not None and leg.came is None]
    coming = under_way or [place for place, leg in enumerate(legs) if leg.ahead]
    if not coming:
        return tuple(legs), None
    place = coming[0]
    there = replace(legs[place], came=day)
    return (*legs[:place], there, *legs[place + 1 :]), there
