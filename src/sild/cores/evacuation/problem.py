"""What an evacuation is asked: systems and their ways, hosts, lines, departures of crates, crews, and a hazard that grows with time.

Everything is frozen and checked on entry; what contradicts itself raises BadProblem and names the record. Hours are whole and counted
from hour 0; an amount that nobody told is None, and never counts as nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Literal

Kind = Literal["line", "media", "machine"]
PermissionState = Literal["granted", "expected", "unknown", "refused"]
HOME = "home"
MILLION = 1_000_000
LONGEST_HOURS = 20_000
MEGABITS_OF_GB = 8_000
SECONDS_OF_HOUR = 3_600


class BadProblem(ValueError):
    """The problem contradicts itself; the text names the record and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way in which a system can go. A team of `people` of the crew works `work_hours` first; `copy_hours` then fill the media.

    Once its data have come, `settle_hours` pass before it is live. It stands still the last `still_hours` before it is live; None: from
    when it leaves home (a machine: from when work on it begins).
    """

    kind: Kind
    crew: str
    people: int
    work_hours: int
    copy_hours: int = 0
    settle_hours: int = 0
    still_hours: int | None = 0

    def __post_init__(self) -> None:
        if self.kind not in ("line", "media", "machine"):
            raise BadProblem(f"the way {self.kind!r} is not known: line, media or machine")
        if self.people < 1 or self.work_hours < 1:
            raise BadProblem(f"the way {self.kind} needs {self.people} people for {self.work_hours} hours: give at least 1 of each")
        if min(self.copy_hours, self.settle_hours, self.still_hours or 0) < 0:
            raise BadProblem(f"the way {self.kind} has hours below 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Whether the law lets the data go. `hour` is when an expected permission comes; `whose` it is to give."""

    state: PermissionState = "granted"
    hour: int | None = None
    whose: str = ""

    def __post_init__(self) -> None:
        if self.state not in ("granted", "expected", "unknown", "refused"):
            raise BadProblem(f"the permission {self.state!r} is not known: granted, expected, unknown or refused")
        if (self.state == "expected") != (self.hour is not None):
            raise BadProblem("a permission has an hour when it is expected, and only then")

    @property
    def from_hour(self) -> int | None:
        """The first hour at which data may leave; None: never, as far as is known."""
        return self.hour if self.state == "expected" else (0 if self.state == "granted" else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A system. `points_per_hour` are lost while it stands still, `points_if_lost` once where its data are lost for good.

    `needs` are systems that must be live at the same host, or at one that it reaches, before it can be. `countries` are jurisdictions
    that may hold it (none: any), `barred` hosts that may not. Without `ways` it stays, for `stays_because`.
    """

    id: str
    gb: int | None
    points_per_hour: int
    change_mb_per_hour: int = 0
    points_if_lost: int = 0
    rack_units: int = 0
    watts: int = 0
    ways: tuple[Way, ...] = ()
    permission: Permission = Permission()
    needs: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    stays_because: str = ""

    def __post_init__(self) -> None:
        if not self.id or self.id == HOME:
            raise BadProblem(f"a system has the id {self.id!r}: give each a name of its own")
        amounts = (self.gb or 0, self.points_per_hour, self.change_mb_per_hour, self.points_if_lost, self.rack_units, self.watts)
        if min(amounts) < 0:
            raise BadProblem(f"system {self.id}: an amount is below 0")
        if len({way.kind for way in self.ways}) < len(self.ways):
            raise BadProblem(f"system {self.id}: a kind of way is given twice")
        if self.id in self.needs:
            raise BadProblem(f"system {self.id} needs itself")

    def mbit_s(self, hours: int) -> int:
        """The least rate at which it is over the line in so many hours, with what changes in the meantime."""
        megabits = (self.gb or 0) * MEGABITS_OF_GB + self.change_mb_per_hour * 8 * hours
        return max(1, ceil(megabits / (SECONDS_OF_HOUR * hours)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A host: what it holds, in which country, from which hour, and whose systems it reaches: hosts by id, HOME for those left there."""

    id: str
    country: str
    gb: int
    rack_units: int
    watts: int
    ready_hour: int = 0
    reaches: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.id or self.id == HOME:
            raise BadProblem(f"a host has the id {self.id!r}: give each a name of its own")
        if min(self.gb, self.rack_units, self.watts, self.ready_hour) < 0:
            raise BadProblem(f"host {self.id}: an amount is below 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line to some hosts, shared by all that is under way on it. `changes`: from an hour on it carries another rate."""

    id: str
    hosts: tuple[str, ...]
    mbit_s: int
    changes: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Crates that leave home at an hour and reach a host at another; `machine_places` are for special machines."""

    id: str
    host: str
    hour: int
    arrives_hour: int
    crates: int
    gb_per_crate: int
    machine_places: int = 0

    def __post_init__(self) -> None:
        if self.arrives_hour <= self.hour or self.hour < 0:
            raise BadProblem(f"departure {self.id} leaves at hour {self.hour} and arrives at {self.arrives_hour}")
        if min(self.crates, self.gb_per_crate, self.machine_places) < 0:
            raise BadProblem(f"departure {self.id}: an amount is below 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """People of one skill. `changes`: from an hour on there are so many."""

    id: str
    people: int
    changes: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One system's move. Work begins at `start`; its data leave home at `leave`, are out of danger at `safe`; it is live at `live`.

    On a line `mbit_s` from `leave` to `safe`, else with `departure`, whose hour is both.
    """

    system: str
    host: str
    kind: Kind
    start: int
    leave: int
    safe: int
    live: int
    line: str = ""
    mbit_s: int = 0
    departure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvacuationProblem:
    """Who goes where, when and how, so that the least is lost in expectation within `hours`.

    `hazard` holds (hour, chance in millionths that the machines of the territory are lost by then): straight between its points, flat
    after the last. Nothing begins before `now_hour` but what is `held`: moves that stay as they are. `planned` is the plan before; each
    move that is another one costs `points_per_change`. `wave_hours` is how long a wave takes.
    """

    hours: int
    hazard: tuple[tuple[int, int], ...]
    systems: tuple[System, ...]
    hosts: tuple[Host, ...]
    crews: tuple[Crew, ...]
    lines: tuple[Line, ...] = ()
    departures: tuple[Departure, ...] = ()
    now_hour: int = 0
    held: tuple[Move, ...] = ()
    planned: tuple[Move, ...] = ()
    points_per_change: int = 0
    wave_hours: int = 24

    def __post_init__(self) -> None:
        if not 1 <= self.hours <= LONGEST_HOURS or self.wave_hours < 1:
            raise BadProblem(f"{self.hours} hours in waves of {self.wave_hours} cannot be planned: choose 1 to {LONGEST_HOURS}")
        if not 0 <= self.now_hour < self.hours or self.points_per_change < 0:
            raise BadProblem(f"now is hour {self.now_hour} of {self.hours}: it must lie within")
        _hazard(self.hazard)
        for what, ids in self._ids():
            if len(set(ids)) < len(ids):
                twice = next(one for one in ids if ids.count(one) > 1)
                raise BadProblem(f"the {what} {twice} is given twice: give each one once")
        self._references()
        order_of(self.systems)

    def _ids(self) -> Iterable[tuple[str, list[str]]]:
        yield "system", [one.id for one in self.systems]
        yield "host", [one.id for one in self.hosts]
        yield "line", [one.id for one in self.lines]
        yield "departure", [one.id for one in self.departures]
        yield "crew", [one.id for one in self.crews]
        yield "held move of", [one.system for one in self.held]
        yield "planned move of", [one.system for one in self.planned]

    def _references(self) -> None:
        systems, hosts = {one.id for one in self.systems}, {one.id for one in self.hosts}
        crews = {one.id for one in self.crews}
        for system in self.systems:
            _known(f"system {system.id} needs", system.needs, systems)
            _known(f"system {system.id} is worked on by the crew", (way.crew for way in system.ways), crews)
        for host in self.hosts:
            _known(f"host {host.id} reaches", host.reaches, hosts | {HOME})
        for line in self.lines:
            _known(f"line {line.id} leads to the host", line.hosts, hosts)
            _profile(f"line {line.id}", line.mbit_s, line.changes)
        for departure in self.departures:
            _known(f"departure {departure.id} goes to the host", (departure.host,), hosts)
        for crew in self.crews:
            _profile(f"crew {crew.id}", crew.people, crew.changes)
        _known("what is held moves the system", (one.system for one in self.held), systems)
        _known("what is held goes to the host", (one.host for one in self.held), hosts)


def _known(what: str, ids: Iterable[str], known: set[str]) -> None:
    for one in ids:
        if one not in known:
            raise BadProblem(f"{what} {one}, which the problem does not hold: add it or leave it out")


def _profile(what: str, amount: int, changes: tuple[tuple[int, int], ...]) -> None:
    if amount < 0 or any(now < 0 or hour < 0 for hour, now in changes):
        raise BadProblem(f"{what}: an amount is below 0")
    if any(later[0] <= earlier[0] for earlier, later in itertools.pairwise(changes)):
        raise BadProblem(f"{what}: its changes must be told in the order of their hours")


def _hazard(points: tuple[tuple[int, int], ...]) -> None:
    if not points or points[0][0] != 0:
        raise BadProblem("the hazard must begin with hour 0")
    for (hour, chance), (later, then) in itertools.pairwise(points):
        if later <= hour or then < chance:
            raise BadProblem(f"the hazard falls or goes back between hours {hour} and {later}: what is lost by an hour stays lost")
    if not all(0 <= chance <= MILLION for _, chance in points):
        raise BadProblem("a hazard is a chance in millionths, from 0 to 1,000,000")


def order_of(systems: tuple[System, ...]) -> list[str]:
    """The ids, each after what it needs, else as given. BadProblem where some need each other in a circle."""
    needs = {one.id: one.needs for one in systems}
    done: dict[str, bool] = {}
    for root in needs:
        stack = [(root, iter(needs[root]))] if root not in done else []
        done.setdefault(root, False)
        while stack:
            name, rest = stack[-1]
            nearer = next(rest, None)
            if nearer is None:
                del done[name]
                done[name] = True
                stack.pop()
            elif nearer not in done:
                done[nearer] = False
                stack.append((nearer, iter(needs[nearer])))
            elif not done[nearer]:
                raise BadProblem(f"systems {name} and {nearer} need each other in a circle: one must be able to live without the other")
    return list(done)


def chances(problem: EvacuationProblem) -> list[int]:
    """For each hour from 0 to the last, the chance in millionths that the machines are lost by then, rounded up between points."""
    points, found, at = problem.hazard, [], 0
    for hour in range(problem.hours + 1):
        while at + 1 < len(points) and points[at + 1][0] <= hour:
            at += 1
        here, chance = points[at]
        if at + 1 < len(points):
            then, higher = points[at + 1]
            found.append(chance + -(-(higher - chance) * (hour - here) // (then - here)))
        else:
            found.append(chance)
    return found


def profile_of(amount: int, changes: tuple[tuple[int, int], ...], hours: int) -> list[int]:
    """The amount in each hour."""
    found = [amount] * hours
    for hour, now in changes:
        found[hour:] = [now] * max(0, hours - hour)
    return found
