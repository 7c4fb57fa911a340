"""Lots per lane as shipments, and back. What is committed stands beside the lanes: lanes carry what is given on top of it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sild.cores.allocation.answer import Shipment
from sild.cores.allocation.method.grid import Grid, Ints

# up to here HiGHS alone closes the gap in seconds; beyond, neighbourhoods are settled one by one
LANES_FOR_ONE_MODEL = 4_000


def shipments_of(grid: Grid, lots: Ints) -> tuple[Shipment, ...]:
    """The plan in records, sorted, one per need, offer and period."""
    needs, offers = grid.problem.needs, grid.problem.offers
    found: dict[tuple[str, str, int], int] = {(one.need, one.offer, one.period): one.lots for one in grid.held}
    size = {one.offer: one.pieces // one.lots for one in grid.held}
    for lane in np.flatnonzero(lots).tolist():
        offer = offers[grid.offer[lane]]
        key = (needs[grid.need[lane]].id, offer.id, int(grid.period[lane]))
        found[key] = found.get(key, 0) + int(lots[lane])
        size[offer.id] = offer.lot
    return tuple(
        sorted(
            Shipment(need=need, offer=offer, period=period, lots=count, pieces=count * size[offer])
            for (need, offer, period), count in found.items()
        )
    )


def lots_of(grid: Grid, shipments: Iterable[Shipment]) -> Ints:
    """The records as a plan; a shipment without a lane of its period goes to the pair's last lane; nothing where that breaks a limit."""
    needs, offers = grid.problem.needs, grid.problem.offers
    lanes: dict[tuple[str, str, int], list[int]] = {}
    any_lane: dict[tuple[str, str], int] = {}
    for lane, (need, offer, period) in enumerate(zip(grid.need.tolist(), grid.offer.tolist(), grid.period.tolist(), strict=True)):
        pair = (needs[need].id, offers[offer].id)
        lanes.setdefault((*pair, period), []).append(lane)
        if not grid.bonus[lane]:
            any_lane.setdefault(pair, lane)
    held = {(one.need, one.offer, one.period): one.lots for one in grid.held}
    lots = np.zeros(len(grid.need), dtype=np.int64)
    for shipment in shipments:
        key = (shipment.need, shipment.offer, shipment.period)
        left = shipment.lots - held.get(key, 0)
        places = lanes.get(key, [])
        for lane in places:
            taken = max(0, min(left, int(grid.most[lane]))) if grid.bonus[lane] else 0
            lots[lane] += taken
            left -= taken
        plain = next((lane for lane in places if not grid.bonus[lane]), any_lane.get(key[:2]))
        if plain is not None and left > 0:
            lots[plain] += left
    return lots if grid.holds(lots) else np.zeros_like(lots)
