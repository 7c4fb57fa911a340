"""Lots per lane as shipments, and back."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sild.cores.allocation.answer import Shipment
from sild.cores.allocation.method.grid import Grid, Ints

# up to here HiGHS alone closes the gap in seconds; beyond, neighbourhoods are settled one by one
LANES_FOR_ONE_MODEL = 4_000


def shipments_of(grid: Grid, lots: Ints) -> tuple[Shipment, ...]:
    """The plan in records, sorted."""
    needs, offers = grid.problem.needs, grid.problem.offers
    found = []
    for lane in np.flatnonzero(lots).tolist():
        offer, count = offers[grid.offer[lane]], int(lots[lane])
        need = needs[grid.need[lane]]
        found.append(Shipment(need=need.id, offer=offer.id, period=int(grid.period[lane]), lots=count, pieces=count * offer.lot))
    return tuple(sorted(found))


def lots_of(grid: Grid, shipments: Iterable[Shipment]) -> Ints:
    """The records as a plan; a shipment without a lane of its period goes to the pair's first lane; nothing where that breaks a limit."""
    needs, offers = grid.problem.needs, grid.problem.offers
    exact: dict[tuple[str, str, int], int] = {}
    first: dict[tuple[str, str], int] = {}
    for lane, (need, offer, period) in enumerate(zip(grid.need.tolist(), grid.offer.tolist(), grid.period.tolist(), strict=True)):
        pair = (needs[need].id, offers[offer].id)
        exact[*pair, period] = lane
        first.setdefault(pair, lane)
    lots = np.zeros(len(grid.need), dtype=np.int64)
    for shipment in shipments:
        pair = (shipment.need, shipment.offer)
        lane_at = exact.get((*pair, shipment.period), first.get(pair))
        if lane_at is not None:
            lots[lane_at] += shipment.lots
    return lots if grid.holds(lots) else np.zeros_like(lots)
