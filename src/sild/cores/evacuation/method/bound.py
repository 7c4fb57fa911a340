"""What no plan can do better than: a linear programme over systems, carriers and stretches of hours, precedences added as they break.

A system that is ready within a stretch has used, by each hour, at least the megabits of its line and the hours of its crew that it could
not use later; no hour's sum may be more than there was by then. Hosts and crates are filled. Being ready and being live are told apart:
what waits for a system that it needs pays for the hours of waiting, and by no hour is more of it live than of what it needs. The bound is
re-added from the duals, so that it holds wherever the solver stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sild.cores.evacuation.method.options import Layout, Option, still_from
from sild.cores.evacuation.problem import MILLION, profile_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
THREADS = 1
# stretches of ready hours, and of live hours: coarse first, then finer while there is time
STRETCHES = ((24, 12), (60, 20), (120, 30), (240, 48))
# a bound from floating point is lowered by this share, so that it stays a bound
SLACK = 1e-7
MOST_ROUNDS = 12
SHORTEST_TRY = 0.3


class BoundFailed(RuntimeError):
    """The solver did not run; the text says why."""


def edges_of(hours: int, count: int, now: int) -> list[int]:
    """About `count` edges from now to the end, nearer each other at first."""
    span = hours - now
    if count >= span:
        return list(range(now, hours + 1))
    shape = np.linspace(0, 1, count + 1) ** 1.3
    return sorted({now + round(float(one) * span) for one in shape} | {now, hours})


class Columns:
    """One column for an option ready within hours first..last: the least that it costs there."""

    def __init__(self, layout: Layout, edges: list[int]) -> None:
        self.layout, self.edges = layout, edges
        self.clock_sums, self.clock_lost = np.array(layout.clock.sums, dtype=np.int64), np.array(layout.clock.lost, dtype=np.int64)
        self.options: list[Option] = []
        parts: list[tuple[Ints, Ints, Ints]] = []
        starts, ends = np.array(edges), np.array([*edges[1:], layout.problem.hours + 1]) - 1
        for options in layout.options:
            for option in options:
                found = self._of(option, starts, ends)
                self.options.extend([option] * len(found[0]))
                parts.append(found)
        empty = np.zeros(0, dtype=np.int64)
        self.first, self.last, self.cost = (np.concatenate([empty, *(part[at] for part in parts)]) for at in range(3))
        self.system = np.array([one.system for one in self.options], dtype=np.int64)
        self.host = np.array([one.host for one in self.options], dtype=np.int64)
        self.by_line = np.array([one.way.kind == "line" for one in self.options], dtype=bool)
        self.carrier = np.array([one.carrier for one in self.options], dtype=np.int64)
        self.crew = np.array([one.crew for one in self.options], dtype=np.int64)

    def _of(self, option: Option, starts: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
        way = option.way
        if way.kind != "line":
            ready = np.array([option.arrives + way.settle_hours])
            return ready, ready, self._least(option, np.array([option.leaves]), ready)
        begin = option.first_leave + option.paces[0][0] + way.settle_hours
        ready = np.arange(begin, self.layout.problem.hours + 1)
        if not len(ready):
            return ready, ready, ready
        cost = self._least(option, ready - way.settle_hours, ready)
        mine = ends >= begin
        first, last = np.maximum(starts[mine], begin), ends[mine]
        return first, last, np.minimum.reduceat(cost, first - begin)

    def _least(self, option: Option, safe: Ints, ready: Ints) -> Ints:
        """The least cost of what is safe at an hour and could be live at another: the loss is convex in the live hour."""
        way, hours = option.way, self.layout.problem.hours
        leaves = safe - option.paces[0][0] if way.kind == "line" else safe
        starts = leaves - way.work_hours - way.copy_hours
        if way.still_hours is None:
            return self._cost(option.system, leaves - way.work_hours if way.kind == "machine" else leaves, safe, ready)
        found = []
        for live in (ready, *(np.maximum(ready, np.minimum(hours, safe + way.still_hours - less)) for less in (0, 1))):
            found.append(self._cost(option.system, np.maximum(np.maximum(starts, live - way.still_hours), 0), safe, live))
        least: Ints = np.minimum.reduce(found)
        return least

    def _cost(self, system: int, begun: Ints, safe: Ints, live: Ints) -> Ints:
        clock, chance = self.layout.clock, self.clock_lost[safe]
        hours = self.clock_sums[np.minimum(begun, live)] + (live - begun) * MILLION + (clock.hours - live) * chance
        lost: Ints = clock.points[system] * hours + clock.data[system] * chance
        return lost

    def used_of_line(self, mine: Ints, edges: Ints) -> Floats:
        """Megabits that must have gone over the line by each edge, ready as late as the stretch allows."""
        problem = self.layout.problem
        line = problem.lines[self.options[mine[0]].carrier]
        fastest = max((line.mbit_s, *(now for _, now in line.changes))) * 3600
        volume = []
        for number in mine:
            option, system = self.options[number], problem.systems[self.system[number]]
            volume.append((system.gb or 0) * 8000 + system.change_mb_per_hour * 8 * option.paces[0][0])
        safe = self.last[mine] - np.array([self.options[number].way.settle_hours for number in mine])
        left = np.maximum(0, safe[:, None] - edges[None, :])
        gone: Floats = np.maximum(0.0, np.array(volume)[:, None] - float(fastest) * left)
        return gone

    def used_of_crew(self, mine: Ints, edges: Ints) -> Floats:
        """People's hours that must have been worked by each edge."""
        ends, work, people = [], [], []
        for number in mine:
            option = self.options[number]
            way = option.way
            by_line = int(self.last[number]) - way.settle_hours - (option.paces[0][0] if option.paces else 0)
            ends.append(by_line if way.kind == "line" else option.leaves - way.copy_hours)
            work.append(way.work_hours)
            people.append(way.people)
        begun = edges[None, :] - (np.array(ends) - np.array(work))[:, None]
        worked: Floats = np.array(people)[:, None] * np.clip(begun, 0, np.array(work)[:, None]).astype(np.float64)
        return worked


class Relaxation:
    """The programme for one choice of stretches."""

    def __init__(self, layout: Layout, stretches: tuple[int, int]) -> None:
        self.layout, self.problem = layout, layout.problem
        self.edges = edges_of(self.problem.hours, stretches[0], self.problem.now_hour)
        self.lives = edges_of(self.problem.hours, stretches[1], self.problem.now_hour)
        self.columns = Columns(layout, self.edges)
        self.held = {layout.numbers[one.system]: one for one in self.problem.held}
        self.staying = np.array([0.0 if at in self.held else float(layout.clock.staying(at)) for at in range(len(self.problem.systems))])
        self.offset = self._fixed() + float(self.staying.sum())
        self.of_system = {at: np.flatnonzero(self.columns.system == at) for at in np.unique(self.columns.system).tolist()}
        self.rows: list[tuple[Ints, Floats, float, float]] = []
        self.cost: list[float] = (self.columns.cost - self.staying[self.columns.system]).tolist() if len(self.columns.cost) else []
        self.upper: list[float] = [1.0] * len(self.cost)
        self.by_hour: dict[int, list[list[int]]] = {}

    def _fixed(self) -> float:
        total, layout = 0, self.layout
        for at, move in self.held.items():
            way = next(one for one in self.problem.systems[at].ways if one.kind == move.kind)
            total += layout.clock.cost(at, still_from(way, move.start, move.leave, move.live), move.safe, move.live)
        return float(total)

    def _row(self, columns: Ints, values: Floats, lower: float, upper: float) -> None:
        if len(columns):
            self.rows.append((columns, values, lower, upper))

    def build(self) -> None:
        """The rows that are there from the start."""
        problem, columns = self.problem, self.columns
        for numbers in self.of_system.values():
            self._row(numbers, np.ones(len(numbers)), 0.0, 1.0)
        for host, one in enumerate(problem.hosts):
            mine = np.flatnonzero(columns.host == host)
            for room, name in ((one.gb, "gb"), (one.rack_units, "rack_units"), (one.watts, "watts")):
                each = np.array([float(getattr(system, name) or 0) for system in problem.systems])
                taken = sum(each[at] for at, move in self.held.items() if move.host == one.id)
                self._row(mine, each[columns.system[mine]] / max(1.0, room), 0.0, max(0.0, room - taken) / max(1.0, room))
        self._crates()
        for number, crew in enumerate(problem.crews):
            mine = np.flatnonzero(columns.crew == number)
            self._chained(mine, columns.used_of_crew, self._room(crew.people, crew.changes, 1.0))
        for number, line in enumerate(problem.lines):
            mine = np.flatnonzero((columns.carrier == number) & columns.by_line)
            self._chained(mine, columns.used_of_line, self._room(line.mbit_s, line.changes, 3600.0))
        for at in self.of_system:
            if self.layout.needs[at]:
                self._waiting(at)

    def _chained(self, mine: Ints, used: Callable[[Ints, Ints], Floats], room: list[float]) -> None:
        """Rows that carry what was used from edge to edge, a column for each."""
        if not len(mine):
            return
        whole, edges, width = max(room[-1], 1.0), np.array(self.edges[1:]), len(self.cost)
        steps = np.diff(used(mine, edges) / whole, axis=1, prepend=0.0)
        for place in range(len(edges)):
            there = np.flatnonzero(steps[:, place])
            carried, signs = ([width + place], [-1.0]) if not place else ([width + place, width + place - 1], [-1.0, 1.0])
            self._row(np.concatenate([mine[there], carried]), np.concatenate([steps[there, place], signs]), 0.0, 0.0)
        self.cost.extend([0.0] * len(edges))
        self.upper.extend(amount / whole for amount in room)

    def _room(self, amount: int, changes: tuple[tuple[int, int], ...], times: float) -> list[float]:
        profile = np.cumsum([0, *profile_of(amount, changes, self.problem.hours)])
        return [float(profile[edge] - profile[self.problem.now_hour]) * times for edge in self.edges[1:]]

    def _crates(self) -> None:
        columns = self.columns
        for number, crate in enumerate(self.problem.departures):
            mine = np.flatnonzero((columns.carrier == number) & ~columns.by_line)
            gb = np.array([float(columns.options[at].crate_gb) for at in mine])
            room = float(crate.crates * crate.gb_per_crate)
            self._row(mine, gb / max(1.0, room), 0.0, room / max(1.0, room))
            self._row(mine, np.array([float(columns.options[at].places) for at in mine]), 0.0, float(crate.machine_places))

    def _waiting(self, at: int) -> None:
        """Columns from ready to live, each with the least that the hours between cost; `by_hour` holds those of a live stretch."""
        columns, mine = self.columns, self.of_system[at]
        ways = [option.way.still_hours or 0 for option in self.layout.options[at]]
        points = self.layout.clock.points[at]
        groups: dict[tuple[int, int, int], list[int]] = {}
        for number in mine.tolist():
            option = columns.options[number]
            late = option.leaves if option.way.kind != "line" else -option.way.settle_hours
            groups.setdefault((int(columns.first[number]), int(columns.last[number]), late), []).append(number)
        ends = [*self.lives[1:], self.problem.hours + 1]
        self.by_hour[at] = [[] for _ in ends]
        for (first, last, late), numbers in groups.items():
            ready = np.arange(first, last + 1)
            safe = np.full(len(ready), late) if late > 0 else ready + late
            added = []
            for place, end in enumerate(ends):
                if end > first:
                    live = np.arange(max(first, self.lives[place]), end)
                    added.append(len(self.cost))
                    self.by_hour[at][place].append(len(self.cost))
                    self.cost.append(float(points) * self._least_wait(ready, safe, live, max(ways)))
                    self.upper.append(1.0)
            signs = np.concatenate([np.ones(len(numbers)), -np.ones(len(added))])
            self._row(np.array([*numbers, *added]), signs, 0.0, 0.0)

    def _least_wait(self, ready: Ints, safe: Ints, live: Ints, still: int) -> float:
        """Hours' chances between, less what waiting spares at the end."""
        sums, lost = self.columns.clock_sums, self.columns.clock_lost
        between = sums[np.maximum(0, live - still)][None, :] - sums[np.maximum(0, ready - still)][:, None]
        spared = np.maximum(0, live[None, :] - ready[:, None]) * lost[np.maximum(0, safe)][:, None]
        extra = np.where(live[None, :] >= ready[:, None], between - spared, np.iinfo(np.int64).max)
        return float(max(0, extra.min()))

    def solve(self, until: float) -> float | None:
        """The bound, in millionths of points; None where the time did not suffice for any."""
        if not self.cost:
            return self.offset
        self.build()
        scale = max(1.0, self.offset)
        cost, upper = np.array(self.cost) / scale, np.array(self.upper)
        best: float | None = None
        broken: set[tuple[int, int, int]] = set()
        for _ in range(MOST_ROUNDS):
            left = until - monotonic()
            if left < SHORTEST_TRY / 2:
                break
            matrix, bounds = self._matrix(), self._bounds()
            values, duals = _run(matrix, cost, upper, bounds, left)
            if duals is not None:
                bound = self.offset + scale * _readded(matrix, cost, upper, bounds, duals)
                best = bound if best is None else max(best, bound)
            if values is None or not (self._break(values, broken) + self._break_hours(values, broken)):
                break
        return best

    def _matrix(self) -> Any:
        starts = np.cumsum([0, *(len(row[0]) for row in self.rows)])
        data, columns = np.concatenate([row[1] for row in self.rows]), np.concatenate([row[0] for row in self.rows])
        return sparse.csr_matrix((data, columns, starts), shape=(len(self.rows), len(self.cost))).tocsc()

    def _bounds(self) -> tuple[Floats, Floats]:
        return np.array([row[2] for row in self.rows]), np.array([row[3] for row in self.rows])

    def _break(self, values: Floats, known: set[tuple[int, int, int]]) -> int:
        """Reach that this answer breaks, as rows: who is at a host reaches what it needs from there."""
        before, columns = len(known), self.columns
        for at, needed in ((leaning, one) for leaning in self.of_system for one in self.layout.needs[leaning]):
            mine_all, theirs_all = self.of_system[at], self.of_system.get(needed, np.zeros(0, dtype=np.int64))
            for host in np.unique(columns.host[mine_all]).tolist():
                if (at, needed, -1 - host) in known or self.layout.home[host]:
                    continue
                mine = mine_all[columns.host[mine_all] == host]
                theirs = theirs_all[np.isin(columns.host[theirs_all], list(self.layout.reach[host]))]
                there = float(needed in self.held)
                if values[mine].sum() > values[theirs].sum() + there + 1e-6:
                    known.add((at, needed, -1 - host))
                    self._row(np.concatenate([mine, theirs]), np.concatenate([np.ones(len(mine)), -np.ones(len(theirs))]), -1.0, there)
        return len(known) - before

    def _break_hours(self, values: Floats, known: set[tuple[int, int, int]]) -> int:
        """Hours that this answer breaks, as rows: by none is more of a system live than of what it needs."""
        before, ends = len(known), [*self.lives[1:], self.problem.hours + 1]
        for at, lives in self.by_hour.items():
            if any(self.layout.home[host] for host in np.unique(self.columns.host[self.of_system[at]]).tolist()):
                continue
            for needed in self.layout.needs[at]:
                for place, end in enumerate(ends):
                    if (at, needed, place) in known:
                        continue
                    mine = np.array([one for stretch in lives[: place + 1] for one in stretch], dtype=np.int64)
                    theirs, there = self._live_by(needed, place, end)
                    if values[mine].sum() > values[theirs].sum() + there + 1e-6:
                        known.add((at, needed, place))
                        signs = np.concatenate([np.ones(len(mine)), -np.ones(len(theirs))])
                        self._row(np.concatenate([mine, theirs]), signs, -1.0, there)
        return len(known) - before

    def _live_by(self, at: int, place: int, end: int) -> tuple[Ints, float]:
        if at in self.held:
            return np.zeros(0, dtype=np.int64), float(self.held[at].live < end)
        if at in self.by_hour:
            return np.array([one for stretch in self.by_hour[at][: place + 1] for one in stretch], dtype=np.int64), 0.0
        mine = self.of_system.get(at, np.zeros(0, dtype=np.int64))
        return mine[self.columns.first[mine] < end], 0.0


def _run(matrix: Any, cost: Floats, upper: Floats, bounds: tuple[Floats, Floats], seconds: float) -> tuple[Floats | None, Floats | None]:
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # the wheel ships no types
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", THREADS)
    highs.setOptionValue("time_limit", max(0.05, seconds))
    width = len(cost)
    status = highs.passModel(
        width,
        matrix.shape[0],
        matrix.nnz,
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        cost,
        np.zeros(width),
        upper,
        bounds[0],
        bounds[1],
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data,
        np.zeros(width, dtype=np.int32),
    )
    if status == highspy.HighsStatus.kError:
        raise BoundFailed("HiGHS refused the programme of the bound: its amounts lie too many digits apart")
    highs.run()
    ended = highs.getModelStatus()
    if ended == highspy.HighsModelStatus.kNotset:
        raise BoundFailed("HiGHS did not run: its number of threads was set after its first run in this process")
    solution = highs.getSolution()
    duals = np.array(solution.row_dual) if solution.dual_valid else None
    values = np.array(solution.col_value) if ended == highspy.HighsModelStatus.kOptimal else None
    return values, duals


def _readded(matrix: Any, cost: Floats, upper: Floats, bounds: tuple[Floats, Floats], duals: Floats) -> float:
    """What these duals prove, whatever they are: each column at whichever of its ends is cheaper at these prices."""
    reduced = cost - matrix.T @ duals
    rows = np.where(duals > 0, duals * bounds[0], duals * bounds[1])
    return float(rows.sum() + np.minimum(0.0, reduced * upper).sum())


def alone(layout: Layout) -> int:
    """The plain bound: each system as if it were alone, or staying."""
    relaxation = Relaxation(layout, STRETCHES[0])
    least = relaxation.staying.copy()
    np.minimum.at(least, relaxation.columns.system, relaxation.columns.cost.astype(np.float64))
    return int(relaxation.offset - relaxation.staying.sum() + least.sum())


def proven(layout: Layout, seconds: float, cancelled: Callable[[], bool] | None = None) -> tuple[int, str]:
    """The best bound of the time given, in millionths of points, and by which programme."""
    best, by = alone(layout), "each system alone"
    until = monotonic() + seconds
    spent = 0.0
    for stretches in STRETCHES:
        # a finer programme takes several times as long as the one before: what would not end is not begun
        if until - monotonic() < max(SHORTEST_TRY, 2 * spent) or (cancelled and cancelled()):
            break
        begun = monotonic()
        found = Relaxation(layout, stretches).solve(until)
        spent = monotonic() - begun
        if found is not None:
            lowered = int(found - abs(found) * SLACK) - MILLION
            if lowered > best:
                best, by = lowered, f"linear programme of {stretches[0]} x {stretches[1]} stretches"
        if stretches[0] >= layout.problem.hours - layout.problem.now_hour:
            break
    return best, by
