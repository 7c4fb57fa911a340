"""Planning again after a disruption: what is done stays, what is under way stays where that is asked and still possible.

`disrupted` turns a problem, its moves and what happened into the problem that is planned next; no plan is made here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sild.cores.evacuation.problem import BadProblem, EvacuationProblem, Line, Move, Permission, System, profile_of

# the charge of a change, as a share of what a middling system loses in an hour; the caller may set its own
USUAL_CHARGE = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Disruption:
    """What happened at an hour: lines cut, hosts gone, people missing from crews, permissions refused.

    `keep_under_way`: moves that have begun stay as they are where that is still possible.
    """

    hour: int
    lines_cut: tuple[str, ...] = ()
    hosts_gone: tuple[str, ...] = ()
    people_lost: tuple[tuple[str, int], ...] = ()
    refused: tuple[str, ...] = ()
    keep_under_way: bool = True
    points_per_change: int | None = None


def disrupted(problem: EvacuationProblem, moves: Iterable[Move], what: Disruption) -> EvacuationProblem:
    """The problem as it stands after it, planned from that hour on against the moves that were planned."""
    moves = tuple(moves)
    if not problem.now_hour <= what.hour < problem.hours:
        raise BadProblem(f"hour {what.hour} of the disruption lies outside the plan, {problem.now_hour} to {problem.hours}")
    _named(problem, what)
    gone = set(what.hosts_gone)
    systems = tuple(_refused(one) if one.id in what.refused else one for one in problem.systems)
    lines = tuple(_without(line, gone, what) for line in problem.lines)
    crews = tuple(
        replace(crew, changes=_from(crew.people, crew.changes, what.hour, lost, problem.hours))
        if (lost := dict(what.people_lost).get(crew.id, 0))
        else crew
        for crew in problem.crews
    )
    hosts = tuple(
        replace(one, reaches=tuple(name for name in one.reaches if name not in gone)) for one in problem.hosts if one.id not in gone
    )
    departures = tuple(one for one in problem.departures if one.host not in gone)
    weights = sorted(one.points_per_hour for one in systems) or [0]
    charge = what.points_per_change if what.points_per_change is not None else USUAL_CHARGE * weights[len(weights) // 2]
    bare = replace(
        problem, systems=systems, lines=lines, crews=crews, hosts=hosts, departures=departures, held=(), planned=moves, now_hour=what.hour
    )
    return replace(bare, held=_held(bare, moves, what), points_per_change=charge)


def _named(problem: EvacuationProblem, what: Disruption) -> None:
    for kind, names, known in (
        ("line", what.lines_cut, {one.id for one in problem.lines}),
        ("host", what.hosts_gone, {one.id for one in problem.hosts}),
        ("crew", tuple(name for name, _ in what.people_lost), {one.id for one in problem.crews}),
        ("system", what.refused, {one.id for one in problem.systems}),
    ):
        for name in names:
            if name not in known:
                raise BadProblem(f"the disruption names the {kind} {name}, which the problem does not hold")


def _refused(system: System) -> System:
    return replace(system, permission=Permission(state="refused", whose=system.permission.whose))


def _without(line: Line, gone: set[str], what: Disruption) -> Line:
    hosts = tuple(name for name in line.hosts if name not in gone)
    changes = line.changes
    if line.id in what.lines_cut:
        changes = (*(one for one in line.changes if one[0] < what.hour), (what.hour, 0))
    return replace(line, hosts=hosts, changes=changes)


def _from(people: int, changes: tuple[tuple[int, int], ...], hour: int, lost: int, hours: int) -> tuple[tuple[int, int], ...]:
    now = profile_of(people, changes, hours)[hour]
    later = tuple((at, max(0, amount - lost)) for at, amount in changes if at > hour)
    return (*(one for one in changes if one[0] < hour), (hour, max(0, now - lost)), *later)


def _held(problem: EvacuationProblem, moves: tuple[Move, ...], what: Disruption) -> tuple[Move, ...]:
    """What is done, and what is under way and still possible, in the order of its beginning; nobody is held without what it needs."""
    hosts, systems = {one.id for one in problem.hosts}, {one.id: one for one in problem.systems}
    crews = {one.id: profile_of(one.people, one.changes, problem.hours) for one in problem.crews}
    lines = {one.id: profile_of(one.mbit_s, one.changes, problem.hours) for one in problem.lines}
    departures = {one.id for one in problem.departures}
    held: dict[str, Move] = {}
    for move in sorted(moves, key=lambda one: (one.live > what.hour, one.start, one.system)):
        done = move.live <= what.hour
        if move.host not in hosts or not (done or (what.keep_under_way and move.start < what.hour)):
            continue
        system = systems[move.system]
        way = next(one for one in system.ways if one.kind == move.kind)
        worked = range(max(move.start, what.hour), move.start + way.work_hours)
        carried = range(max(move.leave, what.hour), move.safe) if move.kind == "line" else range(0)
        allowed = system.permission.from_hour is not None or move.leave < what.hour
        room = all(crews[way.crew][hour] >= way.people for hour in worked) and all(
            lines[move.line][hour] >= move.mbit_s for hour in carried
        )
        if done or (allowed and room and (not move.departure or move.departure in departures)):
            held[move.system] = move
            for hour in worked:
                crews[way.crew][hour] -= way.people
            for hour in carried:
                lines[move.line][hour] -= move.mbit_s
    return tuple(held[name] for name in sorted(_supported(problem, held)))


def _supported(problem: EvacuationProblem, held: dict[str, Move]) -> set[str]:
    """Those held whose needs are held too: a move that waits for one that is planned anew is planned anew with it, unless it is done."""
    reaches = {one.id: {one.id, *one.reaches} for one in problem.hosts}
    kept = set(held)
    needs = {one.id: one.needs for one in problem.systems}
    changed = True
    while changed:
        changed = False
        for name in sorted(kept):
            near = reaches[held[name].host]
            if "home" in near:
                continue
            if any(other not in kept or held[other].host not in near for other in needs[name]):
                kept.discard(name)
                changed = True
    return kept
