"""Room that what arrives takes up beside pieces: a site's hosting, and what a body has of each resource (people, places, racks, power).

Some of it stays taken: from a period on so much may stand, until the next step. The rest is used up in its period.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sild.cores.allocation.problem import Need, Offer, Problem

Steps = tuple[int, ...]
What = tuple[str, tuple[str, ...]]
"""("hosting", (site,)) or ("intake", (body, resource))."""
PlaceKey = tuple[str, tuple[str | int | None, ...]]
"""A What with its period at the end: the key of a row."""
Left = dict[PlaceKey, int]
Used = tuple[tuple[What, int], ...]
"""Units of each that a piece takes up."""


@dataclass(frozen=True, slots=True)
class Layout:
    """When the places of a problem are told apart. `steps`: where what arrives stays; `months`: where it is used up (None: in all)."""

    steps: Mapping[What, Steps]
    months: Mapping[What, frozenset[int | None]]

    def used(self, need: Need, offer: Offer) -> Used:
        """What a piece of the offer takes up at this need's body and site, of what has a limit there."""
        found: list[tuple[What, int]] = []
        if offer.footprint and need.site is not None and ("hosting", (need.site,)) in self.steps:
            found.append((("hosting", (need.site,)), offer.footprint))
        for resource, units in offer.uses:
            what = ("intake", (need.body, resource))
            if units and (what in self.steps or what in self.months):
                found.append((what, units))
        return tuple(found)

    def keys(self, what: What, period: int) -> tuple[PlaceKey, ...]:
        """The rows on which an arrival in `period` draws."""
        kind, place = what
        if what in self.steps:
            return tuple((kind, (*place, start)) for start in drawn_steps(self.steps[what], period))
        return tuple((kind, (*place, when)) for when in (None, period) if when in self.months[what])

    def drawn(self, used: Used, period: int) -> list[tuple[PlaceKey, int]]:
        """Each row on which an arrival in `period` draws, and the units of a piece."""
        return [(key, units) for what, units in used for key in self.keys(what, period)]

    def starts(self, used: Used) -> Steps:
        """The periods in which a step of something that is used begins, in order."""
        return tuple(sorted({start for what, _ in used for start in self.steps.get(what, ())}))

    def limited(self, used: Used) -> frozenset[int]:
        """The periods that have a limit of their own on something that is used."""
        return frozenset(when for what, _ in used for when in self.months.get(what, ()) if when is not None)


def layout_of(problem: Problem) -> Layout:
    """The layout of a problem."""
    steps: dict[What, list[int]] = {}
    months: dict[What, set[int | None]] = {}
    for site, start in problem.hosting:
        steps.setdefault(("hosting", (site,)), []).append(start)
    for body, resource, period in problem.intake:
        what = ("intake", (body, resource))
        if resource in problem.lasting:
            steps.setdefault(what, []).append(period or 0)
        else:
            months.setdefault(what, set()).add(period)
    return Layout(
        steps={what: tuple(sorted(found)) for what, found in steps.items()},
        months={what: frozenset(found) for what, found in months.items()},
    )


def places_of(problem: Problem) -> Left:
    """What there is of each place before anything arrives."""
    hosted: Left = {("hosting", key): units for key, units in problem.hosting.items()}
    return hosted | {("intake", key): units for key, units in problem.intake.items()}


def drawn_steps(steps: Steps, period: int) -> Steps:
    """The steps in which something that arrives in `period` stands: those that end after it."""
    return tuple(start for start, end in zip(steps, (*steps[1:], None), strict=True) if end is None or end > period)


def segments(steps: Steps, first: int, last: int) -> list[tuple[int, int]]:
    """The span first..last cut where a step begins."""
    cuts = [first, *(start for start in steps if first < start <= last)]
    return [(begin, end - 1) for begin, end in zip(cuts, (*cuts[1:], last + 1), strict=True)]
