"""The board of a plan being made: what crews, lines, crates and hosts have left in each hour, and when something fits first.

Hours in which an amount is free are bits of one number, so that a window is found by shifts rather than by walking the hours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sild.cores.evacuation.method.options import Layout, Option, still_from
from sild.cores.evacuation.problem import Move, profile_of

Free = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Placement:
    """An option with its hours. `ready` is the first hour at which the system could be live, were all that it needs."""

    option: Option
    start: int
    leave: int
    safe: int
    ready: int
    mbit_s: int


def _mask(free: Free, amount: int) -> int:
    return int.from_bytes(np.packbits(free >= amount, bitorder="little").tobytes(), "little")


def _windows(mask: int, hours: int) -> int:
    """The hours at which `hours` set bits in a row begin."""
    done = 1
    while done < hours and mask:
        step = min(done, hours - done)
        mask &= mask >> step
        done += step
    return mask


class Board:
    """What is left. `put` and `take` are exact opposites."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        problem = layout.problem
        self.hours = problem.hours
        self.crew: list[Free] = [np.array(profile_of(one.people, one.changes, self.hours)) for one in problem.crews]
        self.line: list[Free] = [np.array(profile_of(one.mbit_s, one.changes, self.hours)) for one in problem.lines]
        self.crate_gb = [one.crates * one.gb_per_crate for one in problem.departures]
        self.places = [one.machine_places for one in problem.departures]
        self.host_gb = [one.gb for one in problem.hosts]
        self.racks = [one.rack_units for one in problem.hosts]
        self.watts = [one.watts for one in problem.hosts]
        self._crew_masks: list[dict[int, int]] = [{} for _ in self.crew]
        self.from_now = -1 << problem.now_hour
        self._hold()

    def _hold(self) -> None:
        """What is held takes its part before anything else; hours that are past are nobody's any more."""
        problem, layout = self.layout.problem, self.layout
        departures = {one.id: at for at, one in enumerate(problem.departures)}
        lines = {one.id: at for at, one in enumerate(problem.lines)}
        for move in problem.held:
            system = problem.systems[layout.numbers[move.system]]
            way = next(one for one in system.ways if one.kind == move.kind)
            host = layout.hosts[move.host]
            self.host_gb[host] -= system.gb or 0
            self.racks[host] -= system.rack_units
            self.watts[host] -= system.watts
            self.crew[layout.crews[way.crew]][move.start : move.start + way.work_hours] -= way.people
            if move.kind == "line" and move.line in lines:
                self.line[lines[move.line]][move.leave : move.safe] -= move.mbit_s
            elif move.departure in departures:
                self.crate_gb[departures[move.departure]] -= (system.gb or 0) if move.kind == "media" else 0
                self.places[departures[move.departure]] -= move.kind == "machine"

    def fits(self, option: Option) -> bool:
        """Whether host and crates have room, whatever the hour."""
        system, host = self.layout.problem.systems[option.system], option.host
        if self.host_gb[host] < (system.gb or 0) or self.racks[host] < system.rack_units or self.watts[host] < system.watts:
            return False
        if option.way.kind == "line":
            return True
        return self.crate_gb[option.carrier] >= option.crate_gb and self.places[option.carrier] >= option.places

    def crew_windows(self, option: Option) -> int:
        """The hours at which the crew could begin."""
        kept = self._crew_masks[option.crew]
        mask = kept.get(option.way.people)
        if mask is None:
            mask = kept[option.way.people] = _mask(self.crew[option.crew], option.way.people)
        return _windows(mask, option.way.work_hours) & self.from_now

    def placements(self, option: Option) -> list[Placement]:
        """For each pace the earliest placement; with a departure the latest beginning that reaches it."""
        if not self.fits(option):
            return []
        work, settle = option.way.work_hours, option.way.settle_hours
        begins = self.crew_windows(option)
        if option.way.kind != "line":
            begins &= (1 << max(0, option.leaves - work - option.way.copy_hours + 1)) - 1
            if not begins:
                return []
            start = begins.bit_length() - 1
            return [Placement(option, start, option.leaves, option.leaves, option.arrives + settle, 0)]
        found = []
        first = -1 << option.first_leave
        for hours, rate in option.paces:
            leaves = _windows(_mask(self.line[option.carrier], rate), hours) & first & (begins << work)
            if leaves:
                leave = (leaves & -leaves).bit_length() - 1
                if leave + hours + settle <= self.hours:
                    found.append(Placement(option, leave - work, leave, leave + hours, leave + hours + settle, rate))
        return found

    def as_it_was(self, option: Option, before: Move) -> Placement | None:
        """The placement that a move of an earlier plan was, where it still fits."""
        work, settle = option.way.work_hours, option.way.settle_hours
        if not self.fits(option) or not self.crew_windows(option) >> before.start & 1:
            return None
        if option.way.kind != "line":
            late = before.start + work + option.way.copy_hours > option.leaves
            return None if late else Placement(option, before.start, option.leaves, option.leaves, option.arrives + settle, 0)
        if self.line[option.carrier][before.leave : before.safe].min(initial=before.mbit_s) < before.mbit_s:
            return None
        return Placement(option, before.start, before.leave, before.safe, before.safe + settle, before.mbit_s)

    def put(self, one: Placement, sign: int = 1) -> None:
        """Take what it uses."""
        option, way = one.option, one.option.way
        system, host = self.layout.problem.systems[option.system], option.host
        self.host_gb[host] -= sign * (system.gb or 0)
        self.racks[host] -= sign * system.rack_units
        self.watts[host] -= sign * system.watts
        self.crew[option.crew][one.start : one.start + way.work_hours] -= sign * way.people
        self._crew_masks[option.crew].clear()
        if way.kind == "line":
            self.line[option.carrier][one.leave : one.safe] -= sign * one.mbit_s
        else:
            self.crate_gb[option.carrier] -= sign * option.crate_gb
            self.places[option.carrier] -= sign * option.places

    def take(self, one: Placement) -> None:
        """Give back what it used."""
        self.put(one, -1)


def move_of(layout: Layout, one: Placement, live: int) -> Move:
    """The move that a placement is."""
    problem, option = layout.problem, one.option
    by_line = option.way.kind == "line"
    return Move(
        system=problem.systems[option.system].id,
        host=problem.hosts[option.host].id,
        kind=option.way.kind,
        start=one.start,
        leave=one.leave,
        safe=one.safe,
        live=live,
        line=problem.lines[option.carrier].id if by_line else "",
        mbit_s=one.mbit_s,
        departure="" if by_line else problem.departures[option.carrier].id,
    )


def cost_of(layout: Layout, one: Placement, live: int) -> int:
    """What the system loses with a placement, live at an hour."""
    begun = still_from(one.option.way, one.start, one.leave, live)
    return layout.clock.cost(one.option.system, begun, one.safe, live)
