"""What each system could do: its ways to each host, as plain numbers for the search, and what a plan loses by the hours that it has."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sild.cores.evacuation.answer import Loss
from sild.cores.evacuation.problem import EvacuationProblem, System, Way, chances, order_of

# a copy over a line may take these many times the shortest time that the line allows, so that several run beside each other
PACES = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Option:
    """A system's way to a host. `carrier` is a line's number or a departure's; `paces` are (hours, Mbit/s) on a line."""

    system: int
    host: int
    way: Way
    crew: int
    carrier: int
    first_leave: int
    paces: tuple[tuple[int, int], ...] = ()
    leaves: int = 0
    arrives: int = 0
    crate_gb: int = 0
    places: int = 0


class Clockwork:
    """The loss of a system by its hours, in millionths of points, whole numbers throughout."""

    def __init__(self, problem: EvacuationProblem) -> None:
        self.hours = problem.hours
        self.lost = chances(problem)
        self.sums = [0]
        for hour in range(problem.hours):
            self.sums.append(self.sums[-1] + self.lost[hour + 1])
        self.points = [one.points_per_hour for one in problem.systems]
        self.data = [one.points_if_lost for one in problem.systems]

    def cost(self, system: int, still_from: int, safe: int, live: int) -> int:
        """A move's loss."""
        chance = self.lost[safe]
        hours = self.sums[still_from] + (live - still_from) * 1_000_000 + (self.hours - live) * chance
        return self.points[system] * hours + self.data[system] * chance

    def staying(self, system: int) -> int:
        """The loss where it stays."""
        return self.points[system] * self.sums[self.hours] + self.data[system] * self.lost[self.hours]

    def told(self, name: str, system: int, hours: tuple[int, int, int] | None) -> Loss:
        """The same loss in its parts. `hours`: still from, safe, live."""
        weight, data = self.points[system], self.data[system]
        if hours is None:
            return Loss(system=name, exposed=weight * self.sums[self.hours], still=0, gone=0, data=data * self.lost[self.hours])
        still_from, safe, live = hours
        return Loss(
            system=name,
            exposed=weight * self.sums[still_from],
            still=weight * (live - still_from) * 1_000_000,
            gone=weight * (self.hours - live) * self.lost[safe],
            data=data * self.lost[safe],
        )


def still_from(way: Way, start: int, leave: int, live: int) -> int:
    """The hour from which a system stands still."""
    if way.still_hours is None:
        return start if way.kind == "machine" else leave
    return max(start, live - way.still_hours)


class Layout:
    """The problem as numbers: options by system, needs and dependents by number, who reaches whom."""

    def __init__(self, problem: EvacuationProblem) -> None:
        self.problem = problem
        self.clock = Clockwork(problem)
        self.numbers = {one.id: at for at, one in enumerate(problem.systems)}
        self.hosts = {one.id: at for at, one in enumerate(problem.hosts)}
        self.crews = {one.id: at for at, one in enumerate(problem.crews)}
        self.needs = [[self.numbers[name] for name in one.needs] for one in problem.systems]
        self.leaning: list[list[int]] = [[] for _ in problem.systems]
        for at, needed in enumerate(self.needs):
            for other in needed:
                self.leaning[other].append(at)
        self.order = [self.numbers[name] for name in order_of(problem.systems)]
        self.rank = [0] * len(self.order)
        for place, at in enumerate(self.order):
            self.rank[at] = place
        self.reach = [{self.hosts[name] for name in (*host.reaches, host.id) if name in self.hosts} for host in problem.hosts]
        self.home = ["home" in host.reaches for host in problem.hosts]
        self.held = {self.numbers[one.system] for one in problem.held}
        self.options = [self._options(at, one) for at, one in enumerate(problem.systems)]

    def may_go(self, system: System) -> bool:
        """Whether anything is known that lets it go at all."""
        return bool(system.ways) and system.gb is not None and system.permission.from_hour is not None

    def takes(self, system: System, host: int) -> bool:
        """Whether the host may hold it, and could if it were empty."""
        one = self.problem.hosts[host]
        lawful = (not system.countries or one.country in system.countries) and one.id not in system.barred
        return lawful and (system.gb or 0) <= one.gb and system.rack_units <= one.rack_units and system.watts <= one.watts

    def _options(self, at: int, system: System) -> list[Option]:
        found: list[Option] = []
        if not self.may_go(system) or at in self.held:
            return found
        permitted = system.permission.from_hour or 0
        for host in range(len(self.problem.hosts)):
            if not self.takes(system, host):
                continue
            for way in system.ways:
                found.extend(self._by_line(at, host, way, permitted) if way.kind == "line" else self._by_crate(at, host, way, permitted))
        return found

    def _by_line(self, at: int, host: int, way: Way, permitted: int) -> list[Option]:
        found, system, name = [], self.problem.systems[at], self.problem.hosts[host].id
        for number, line in enumerate(self.problem.lines):
            fastest = max((line.mbit_s, *(now for _, now in line.changes)))
            hours = shortest(system, fastest, self.problem.hours) if name in line.hosts else None
            if hours is None:
                continue
            paces = tuple(dict.fromkeys((hours * pace, system.mbit_s(hours * pace)) for pace in PACES))
            first = max(permitted, self.problem.hosts[host].ready_hour, self.problem.now_hour + way.work_hours)
            found.append(Option(at, host, way, self.crews[way.crew], number, first, paces))
        return found

    def _by_crate(self, at: int, host: int, way: Way, permitted: int) -> list[Option]:
        found, system, one = [], self.problem.systems[at], self.problem.hosts[host]
        ready_after = self.problem.now_hour + way.work_hours + way.copy_hours
        for number, crate in enumerate(self.problem.departures):
            crate_gb, places = (system.gb or 0, 0) if way.kind == "media" else (0, 1)
            room = crate_gb <= crate.crates * crate.gb_per_crate and places <= crate.machine_places
            in_time = crate.hour >= max(permitted, ready_after) and crate.arrives_hour >= one.ready_hour
            if crate.host == one.id and room and in_time and crate.arrives_hour + way.settle_hours <= self.problem.hours:
                option = Option(at, host, way, self.crews[way.crew], number, permitted)
                found.append(replace(option, leaves=crate.hour, arrives=crate.arrives_hour, crate_gb=crate_gb, places=places))
        return found


def shortest(system: System, mbit_s: int, hours: int) -> int | None:
    """The least whole hours over a line of this rate; None: not within `hours`."""
    if mbit_s <= 0:
        return None
    room = mbit_s * 3_600 - system.change_mb_per_hour * 8
    if room <= 0:
        return None
    needed = max(1, -(-(system.gb or 0) * 8_000 // room))
    return needed if needed <= hours else None
