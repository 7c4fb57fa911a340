"""Fit: why an offer can or cannot serve a need, each failing limit by name. Pure functions of the two records.

What is not known (a unit, a region, a sector, the length of a licence) does not refuse a pair; `suppositions` names it instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sild.cores.allocation.problem import Need, Offer, Problem, quality_of

# the limits of a need alone, whatever is offered
GATES = ("endorsement", "channel")
# the limits of a pair, in the order in which a person would ask
PAIR_LIMITS = (
    *("category", "unit", "civil-only", "region", "earmark", "re-export", "end-use"),
    *("licence", "availability", "licence-end", "due-date", "lot-size"),
)


def gates(need: Need, problem: Problem) -> tuple[str, ...]:
    """What keeps the need out of this plan altogether: not endorsed in an endorsed plan, or civil or military not yet ruled."""
    closed = []
    if problem.basis == "endorsed" and not need.endorsed:
        closed.append("endorsement")
    if need.channel == "undetermined":
        closed.append("channel")
    return tuple(closed)


def misfits(need: Need, offer: Offer) -> tuple[str, ...]:
    """The names of the limits that keep this offer from this need, in the order of PAIR_LIMITS; empty: it fits."""
    failing = []
    if quality_of(need, offer) is None:
        failing.append("category")
    if need.unit is not None and offer.unit is not None and need.unit != offer.unit:
        failing.append("unit")
    if offer.civil_only and need.channel == "military":
        failing.append("civil-only")
    if offer.regions and need.region is not None and need.region not in offer.regions:
        failing.append("region")
    if (
        (offer.earmark_bodies and need.body not in offer.earmark_bodies)
        or (offer.earmark_categories and need.category not in offer.earmark_categories)
        or (offer.earmark_sectors and need.sector is not None and need.sector not in offer.earmark_sectors)
    ):
        failing.append("earmark")
    if offer.no_reexport and need.passes_on:
        failing.append("re-export")
    if offer.end_uses and need.end_use is not None and need.end_use not in offer.end_uses:
        failing.append("end-use")
    if offer.licence.state == "denied":
        failing.append("licence")
    if offer.available_until is not None and offer.leaves > offer.available_until:
        failing.append("availability")
    if offer.licence.until is not None and offer.arrives > offer.licence.until:
        failing.append("licence-end")
    if need.due is not None and offer.arrives > need.due:
        failing.append("due-date")
    if offer.lot > need.quantity:
        failing.append("lot-size")
    return tuple(failing)


def suppositions(need: Need, offer: Offer) -> tuple[str, ...]:
    """What a fit rests on without being known: "unit", "region", "sector", "onward transfer", "end use", "hosting site", ..."""
    open_points = []
    if (need.unit is None) != (offer.unit is None):
        open_points.append("unit")
    if offer.regions and need.region is None:
        open_points.append("region")
    if offer.earmark_sectors and need.sector is None:
        open_points.append("sector")
    if offer.no_reexport and need.passes_on is None:
        open_points.append("onward transfer")
    if offer.end_uses and need.end_use is None:
        open_points.append("end use")
    if offer.licence.state == "unknown" or (offer.licence.state == "pending" and offer.licence.known is None):
        open_points.append("licence")
    if offer.footprint and need.site is None:
        open_points.append("hosting site")
    if offer.unit_cost is None:
        open_points.append("unit cost")
    return tuple(open_points)


def last_arrival(need: Need, offer: Offer, horizon: int) -> int:
    """The last period in which this offer may still reach this need; without a date, the horizon or the first possible one."""
    last = need.due if need.due is not None else max(horizon, offer.arrives)
    return last if offer.open_until is None else min(last, offer.open_until)


def fitting_pairs(problem: Problem) -> Iterator[tuple[int, int]]:
    """Every (need index, offer index) that fits and was not declined, ordered by need; only pairs of one category are looked at."""
    for need, offer in _fitting(problem):
        if not problem.declined or (problem.needs[need].id, problem.offers[offer].id) not in problem.declined:
            yield need, offer


def _fitting(problem: Problem) -> Iterator[tuple[int, int]]:
    if problem.pairs is not None:
        needs = {need.id: index for index, need in enumerate(problem.needs)}
        offers = {offer.id: index for index, offer in enumerate(problem.offers)}
        closed = {need.id for need in problem.needs if gates(need, problem)}
        yield from sorted((needs[need], offers[offer]) for need, offer in problem.pairs if need not in closed)
        return
    of_category: dict[str, list[int]] = defaultdict(list)
    for index, offer in enumerate(problem.offers):
        for category in dict.fromkeys(offer.categories):
            of_category[category].append(index)
    for index, need in enumerate(problem.needs):
        if not gates(need, problem):
            for other in _of_categories(of_category, need):
                if not misfits(need, problem.offers[other]):
                    yield index, other


def _of_categories(of_category: Mapping[str, list[int]], need: Need) -> Sequence[int]:
    """The offers of the need's category and of its substitutes, each once."""
    own = of_category.get(need.category, [])
    if not need.substitutes:
        return own
    return list(dict.fromkeys([*own, *(at for category, _ in need.substitutes for at in of_category.get(category, ()))]))
