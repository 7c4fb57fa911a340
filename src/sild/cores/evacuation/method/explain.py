"""Why a plan is as it is: what each system waits for, why some stay, the critical path, slack, waves, and what changed."""

from __future__ import annotations

from sild.cores.evacuation.answer import Change, Fate, Reason
from sild.cores.evacuation.method.board import Placement, move_of
from sild.cores.evacuation.method.options import Layout, still_from
from sild.cores.evacuation.method.search import Plan
from sild.cores.evacuation.problem import Move, System

MOST_NAMED = 3


def fates_of(plan: Plan) -> tuple[tuple[Fate, ...], tuple[str, ...], tuple[Change, ...]]:
    """The fates of all systems, the critical path from its first move to its last, and what is not as it was planned before."""
    layout = plan.layout
    moves: dict[int, Move] = {layout.numbers[one.system]: one for one in layout.problem.held}
    for at, one in enumerate(plan.placed):
        live = plan.live[at]
        if one is not None and live is not None:
            moves[at] = move_of(layout, one, live)
    teller = _Teller(plan, moves)
    reasons = {at: teller.reasons(at) for at in range(len(layout.problem.systems))}
    path = teller.path(reasons)
    fates = []
    for at, system in enumerate(layout.problem.systems):
        move = moves.get(at)
        hours = None
        if move is not None:
            way = next(one for one in system.ways if one.kind == move.kind)
            hours = (still_from(way, move.start, move.leave, move.live), move.safe, move.live)
        fates.append(
            Fate(
                system=system.id,
                move=move,
                loss=layout.clock.told(system.id, at, hours),
                reasons=reasons[at],
                wave=None if move is None else move.start // layout.problem.wave_hours + 1,
                slack_hours=None if move is None else teller.slack(at),
                critical=at in path,
            )
        )
    return tuple(fates), tuple(layout.problem.systems[at].id for at in path), _changes(layout, moves)


def _changes(layout: Layout, moves: dict[int, Move]) -> tuple[Change, ...]:
    before = {one.system: one for one in layout.problem.planned}
    if not before:
        return ()
    found = []
    for at, system in enumerate(layout.problem.systems):
        then, now = before.get(system.id), moves.get(at)
        if _plain(then) != _plain(now):
            found.append(Change(system=system.id, before=then, now=now))
    return tuple(found)


def _plain(move: Move | None) -> tuple[object, ...] | None:
    return None if move is None else (move.host, move.kind, move.start, move.live)


class _Teller:
    def __init__(self, plan: Plan, moves: dict[int, Move]) -> None:
        self.plan, self.layout, self.problem, self.moves = plan, plan.layout, plan.layout.problem, moves

    def reasons(self, at: int) -> tuple[Reason, ...]:
        """What it waits for, or why it stays."""
        system, move = self.problem.systems[at], self.moves.get(at)
        if move is None:
            return self._stays(at, system)
        if at in self.layout.held:
            return (Reason(cause="held", by=(), sentence="it is done or under way, and stays as it was"),)
        found = [one for one in (self._waits_for_needs(at), self._begins(at)) if one is not None]
        return tuple(found) or (Reason(cause="nothing", by=(), sentence="it waits for nothing"),)

    def _waits_for_needs(self, at: int) -> Reason | None:
        one, live = self.plan.placed[at], self.plan.live[at]
        if one is None or live is None or live <= one.ready:
            return None
        names = tuple(self.problem.systems[other].id for other in self.layout.needs[at] if self.plan.live[other] == live)
        return Reason(
            cause="needs", by=names, sentence=f"ready at hour {one.ready}, waits until hour {live} for {_listed(names)}, which it needs"
        )

    def _begins(self, at: int) -> Reason | None:
        """Why its work does not begin an hour earlier (with a departure: why it does not go with an earlier one)."""
        one = self.plan.placed[at]
        if one is None:
            return None
        option, system = one.option, self.problem.systems[at]
        if option.way.kind != "line":
            crate = self.problem.departures[option.carrier]
            return Reason(
                cause="departure", by=(crate.id,), sentence=f"goes with the departure {crate.id}, which leaves at hour {crate.hour}"
            )
        if one.start <= self.problem.now_hour:
            return None
        if one.leave <= (system.permission.hour or 0):
            whose = system.permission.whose or "somebody who is not told"
            return Reason(cause="permission", by=(whose,), sentence=f"waits until hour {one.leave} for the permission of {whose}")
        host = self.problem.hosts[option.host]
        if one.leave <= host.ready_hour:
            return Reason(cause="host-ready", by=(host.id,), sentence=f"waits until the host {host.id} is ready at hour {host.ready_hour}")
        return self._crowded(at, one)

    def _crowded(self, at: int, one: Placement) -> Reason | None:
        option, before = one.option, one.start - 1
        crew = self.problem.crews[option.crew]
        if self.plan.board.crew[option.crew][before] < option.way.people:
            others = [
                other
                for other, placed in enumerate(self.plan.placed)
                if placed
                and other != at
                and placed.option.crew == option.crew
                and placed.start <= before < placed.start + placed.option.way.work_hours
            ]
            names = self._names(others)
            return Reason(
                cause="crew", by=(crew.id, *names), sentence=f"the crew {crew.id} has nobody free before hour {one.start}{_while(names)}"
            )
        line, leaves = self.problem.lines[option.carrier], one.leave - 1
        if self.plan.board.line[option.carrier][leaves] < one.mbit_s:
            others = [
                other
                for other, placed in enumerate(self.plan.placed)
                if placed
                and other != at
                and placed.mbit_s
                and placed.option.carrier == option.carrier
                and placed.leave <= leaves < placed.safe
            ]
            names = self._names(others)
            return Reason(cause="line", by=(line.id, *names), sentence=f"the line {line.id} is full before hour {one.leave}{_while(names)}")
        return None

    def _names(self, others: list[int]) -> tuple[str, ...]:
        heaviest = sorted(others, key=lambda other: (-self.problem.systems[other].points_per_hour, other))
        return tuple(self.problem.systems[other].id for other in heaviest[:MOST_NAMED])

    def _stays(self, at: int, system: System) -> tuple[Reason, ...]:
        whose = system.permission.whose or "somebody who is not told"
        if not system.ways:
            return (Reason(cause="immovable", by=(), sentence=f"stays: {system.stays_because or 'there is no way to move it'}"),)
        found = []
        if system.permission.state == "refused":
            found.append(Reason(cause="refused", by=(whose,), sentence=f"stays: {whose} refused that its data leave"))
        if system.permission.state == "unknown":
            found.append(
                Reason(cause="permission-unknown", by=(whose,), sentence=f"stays: nobody knows whether {whose} permits it, or when")
            )
        if system.gb is None:
            found.append(Reason(cause="size-unknown", by=(), sentence="stays: nobody told how many GB it holds"))
        return tuple(found) or (self._no_room(at, system),)

    def _no_room(self, at: int, system: System) -> Reason:
        layout, options = self.layout, self.layout.options[at]
        lawful = [one for host, one in enumerate(self.problem.hosts) if layout.takes(system, host)]
        if not lawful:
            return Reason(cause="no-host", by=(), sentence="stays: no host that may hold it is large enough")
        if not options:
            return Reason(
                cause="no-time", by=tuple(one.id for one in lawful), sentence="stays: no line or departure brings it to a host in time"
            )
        missing = [other for other in layout.needs[at] if self.plan.host[other] is None]
        reached = [option for option in options if self.plan.reachable(at, option.host) is not None]
        if not reached:
            names = self._names(missing) or self._names(layout.needs[at])
            return Reason(
                cause="needs-stay", by=names, sentence=f"stays: {_listed(names)}, which it needs, would not be reached from there"
            )
        fitting = [option for option in reached if self.plan.board.fits(option)]
        if not fitting:
            names = tuple(sorted({self.problem.hosts[option.host].id for option in reached}))
            return Reason(cause="host-full", by=names, sentence=f"stays: {_listed(names)} would have no room left for it")
        if not any(self.plan.board.placements(option) for option in fitting):
            return Reason(cause="no-time", by=(), sentence="stays: crews and lines leave no hours for it before the end")
        return Reason(cause="not-worth", by=(), sentence="stays: moving it now would lose more than it saves")

    def slack(self, at: int) -> int:
        """Hours by which its beginning could be later with nothing else moved or live later."""
        one, live = self.plan.placed[at], self.plan.live[at]
        if one is None or live is None:
            return 0
        board, option = self.plan.board, one.option
        leaning = [hour for other in self.layout.leaning[at] if (hour := self.plan.live[other]) is not None]
        latest = min([live, *leaning]) if live > one.ready or not leaning else min(leaning)
        if option.way.kind != "line":
            return max(0, option.leaves - option.way.copy_hours - option.way.work_hours - one.start)
        room = min(max(live, latest) - one.ready, self.problem.hours - one.ready)
        board.take(one)
        found = 0
        for later in range(1, room + 1):
            crew = board.crew[option.crew][one.start + later : one.start + later + option.way.work_hours]
            line = board.line[option.carrier][one.leave + later : one.safe + later]
            if crew.min() < option.way.people or line.min() < one.mbit_s:
                break
            found = later
        board.put(one)
        return found

    def path(self, reasons: dict[int, tuple[Reason, ...]]) -> list[int]:
        """Back from the system that is live last, each time to what it waited for longest."""
        lives = [(move.live, at) for at, move in self.moves.items()]
        if not lives:
            return []
        path = [max(lives)[1]]
        while True:
            before = self._before(reasons[path[-1]], set(path))
            if before is None:
                return path[::-1]
            path.append(before)

    def _before(self, reasons: tuple[Reason, ...], seen: set[int]) -> int | None:
        for reason in reasons:
            if reason.cause in ("needs", "crew", "line"):
                systems = [self.layout.numbers[name] for name in reason.by if name in self.layout.numbers]
                fresh = [other for other in systems if other not in seen and other in self.moves]
                if fresh:
                    return max(fresh, key=lambda other: (self.moves[other].live, other))
        return None


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or "what"


def _while(names: tuple[str, ...]) -> str:
    return f", while {_listed(names)} {'is' if len(names) == 1 else 'are'} moved" if names else ""
