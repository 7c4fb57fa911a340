"""An independent verifier of an evacuation: it replays the clock hour by hour and re-adds every sum in whole numbers.

`check` returns what is wrong, one sentence each; nothing means that the plan keeps every limit of the problem and says what it loses.
It knows the problem and the answer, never the method.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sild.cores.evacuation.answer import Evacuation, Fate
from sild.cores.evacuation.problem import HOME, EvacuationProblem, Move, System, Way

WHOLE = 1_000_000
STAYS = ("immovable", "refused", "permission-unknown", "size-unknown", "no-host", "host-full", "needs-stay", "no-time", "not-worth")


def check(problem: EvacuationProblem, answer: Evacuation) -> list[str]:
    """What is wrong with the answer; an empty list where nothing is."""
    if [fate.system for fate in answer.fates] != [system.id for system in problem.systems]:
        return ["the answer does not tell the fate of each system of the problem once, in its order"]
    moves = {fate.system: fate.move for fate in answer.fates if fate.move is not None}
    unknown = [name for name, move in moves.items() if not _told_rightly(problem, name, move)]
    if unknown:
        return [f"{name}: its move names what the problem does not hold" for name in unknown]
    found = list(_hours(problem, moves))
    found.extend(_clock(problem, moves))
    found.extend(_hosts(problem, moves))
    found.extend(_needs(problem, moves))
    found.extend(_sums(problem, answer))
    found.extend(_held(problem, moves))
    return found


def _told_rightly(problem: EvacuationProblem, name: str, move: Move) -> bool:
    system = next(one for one in problem.systems if one.id == name)
    carriers = [one.id for one in problem.lines if move.host in one.hosts] if move.kind == "line" else []
    crates = [one.id for one in problem.departures if one.host == move.host] if move.kind != "line" else []
    known = move.host in [one.id for one in problem.hosts] and move.kind in [way.kind for way in system.ways]
    held = move in problem.held
    return move.system == name and known and (held or (move.line in carriers if move.kind == "line" else move.departure in crates))


def _way(system: System, move: Move) -> Way:
    return next(way for way in system.ways if way.kind == move.kind)


def _hours(problem: EvacuationProblem, moves: dict[str, Move]) -> Iterator[str]:
    """Each move by itself: order of its hours, permission, readiness, size over the line, departure."""
    hosts, crates = {one.id: one for one in problem.hosts}, {one.id: one for one in problem.departures}
    held = {move.system for move in problem.held}
    for system in problem.systems:
        move = moves.get(system.id)
        if move is None or system.id in held:
            continue
        way = _way(system, move)
        if system.gb is None:
            yield f"{system.id}: it is moved, and nobody knows its size"
            continue
        if move.start < problem.now_hour or move.live > problem.hours:
            yield f"{system.id}: its move lies outside hours {problem.now_hour} to {problem.hours}"
        permitted = {"granted": 0, "expected": system.permission.hour}.get(system.permission.state)
        if permitted is None or move.leave < permitted:
            yield f"{system.id}: its data leave at hour {move.leave} without permission"
        if move.kind == "line":
            hours, host = move.safe - move.leave, hosts[move.host]
            carried = move.mbit_s * 3600 * hours
            if move.leave != move.start + way.work_hours or hours < 1 or move.leave < host.ready_hour:
                yield f"{system.id}: its copy begins at hour {move.leave}, which its work or the host does not allow"
            if carried < system.gb * 8000 + system.change_mb_per_hour * 8 * hours:
                yield f"{system.id}: {move.mbit_s} Mbit/s do not carry it in {hours} hours"
            arrived = move.safe
        else:
            crate = crates[move.departure]
            if (move.leave, move.safe) != (crate.hour, crate.hour) or move.start + way.work_hours + way.copy_hours > crate.hour:
                yield f"{system.id}: it does not reach the departure {crate.id} of hour {crate.hour}"
            if crate.arrives_hour < hosts[move.host].ready_hour:
                yield f"{system.id}: it arrives before the host {move.host} is ready"
            arrived = crate.arrives_hour
        if move.live < arrived + way.settle_hours:
            yield f"{system.id}: it is live at hour {move.live}, before it can be"


def _clock(problem: EvacuationProblem, moves: dict[str, Move]) -> Iterator[str]:
    """Hour by hour: people of each crew, megabits on each line; then what each departure carries."""
    systems = {one.id: one for one in problem.systems}
    for hour in range(problem.now_hour, problem.hours):
        people: dict[str, int] = defaultdict(int)
        rate: dict[str, int] = defaultdict(int)
        for name, move in moves.items():
            way = _way(systems[name], move)
            if move.start <= hour < move.start + way.work_hours:
                people[way.crew] += way.people
            if move.kind == "line" and move.leave <= hour < move.safe:
                rate[move.line] += move.mbit_s
        for crew in problem.crews:
            if people[crew.id] > (there := _amount(crew.people, crew.changes, hour)):
                yield f"hour {hour}: {people[crew.id]} people of the crew {crew.id} work, and there are {there}"
        for line in problem.lines:
            if rate[line.id] > (there := _amount(line.mbit_s, line.changes, hour)):
                yield f"hour {hour}: {rate[line.id]} Mbit/s go over the line {line.id}, which carries {there}"
    for crate in problem.departures:
        mine = [(systems[name], move) for name, move in moves.items() if move.departure == crate.id]
        filled = sum(system.gb or 0 for system, move in mine if move.kind == "media")
        if filled > crate.crates * crate.gb_per_crate or sum(move.kind == "machine" for _, move in mine) > crate.machine_places:
            yield f"the departure {crate.id} carries more than it holds"


def _amount(amount: int, changes: tuple[tuple[int, int], ...], hour: int) -> int:
    for since, now in changes:
        if since <= hour:
            amount = now
    return amount


def _hosts(problem: EvacuationProblem, moves: dict[str, Move]) -> Iterator[str]:
    held = {move.system for move in problem.held}
    for host in problem.hosts:
        mine = [system for system in problem.systems if system.id in moves and moves[system.id].host == host.id]
        for what, taken, there in (
            ("GB", sum(one.gb or 0 for one in mine), host.gb),
            ("rack units", sum(one.rack_units for one in mine), host.rack_units),
            ("W", sum(one.watts for one in mine), host.watts),
        ):
            if taken > there:
                yield f"the host {host.id} holds {taken} {what}, and has {there}"
        for one in mine:
            if one.id not in held and ((one.countries and host.country not in one.countries) or host.id in one.barred):
                yield f"{one.id}: it may not be held by {host.id} in {host.country}"


def _needs(problem: EvacuationProblem, moves: dict[str, Move]) -> Iterator[str]:
    reaches = {host.id: {host.id, *host.reaches} for host in problem.hosts}
    for system in problem.systems:
        move = moves.get(system.id)
        for needed in system.needs if move else ():
            other, near = moves.get(needed), reaches[move.host] if move else set()
            if other is None:
                if HOME not in near:
                    yield f"{system.id}: it needs {needed}, which stays"
            elif other.host not in near:
                yield f"{system.id}: it needs {needed}, whose host it does not reach"
            elif move and HOME not in near and other.live > move.live:
                yield f"{system.id}: it is live at hour {move.live}, before {needed}, which it needs"


def _held(problem: EvacuationProblem, moves: dict[str, Move]) -> Iterator[str]:
    for one in problem.held:
        if moves.get(one.system) != one:
            yield f"{one.system}: its move was held, and is another one"


def _chance(problem: EvacuationProblem, hour: int) -> int:
    """Millionths, by the declared points alone: straight between them, rounded up."""
    before = max(point for point in problem.hazard if point[0] <= hour)
    after = [point for point in problem.hazard if point[0] > hour]
    if not after:
        return before[1]
    rise, span = (after[0][1] - before[1]) * (hour - before[0]), after[0][0] - before[0]
    return before[1] + rise // span + (rise % span > 0)


def _sums(problem: EvacuationProblem, answer: Evacuation) -> Iterator[str]:
    chance = [_chance(problem, hour) for hour in range(problem.hours + 1)]
    charged = 0
    before = {move.system: move for move in problem.planned}
    held = {move.system for move in problem.held}
    for system, fate in zip(problem.systems, answer.fates, strict=True):
        if _lost(problem, system, fate, chance) != (fate.loss.exposed, fate.loss.still, fate.loss.gone, fate.loss.data):
            yield f"{system.id}: its loss is not what its hours give"
        if (fate.move is None) != any(reason.cause in STAYS for reason in fate.reasons) or not fate.reasons:
            yield f"{system.id}: its reasons do not say why it goes or stays"
        charged += system.id not in held and _told(before.get(system.id)) != _told(fate.move)
    loss = sum(fate.loss.total for fate in answer.fates)
    if loss != answer.loss:
        yield f"the losses add up to {loss}, and the answer says {answer.loss}"
    if answer.charged != loss + charged * problem.points_per_change * WHOLE:
        yield f"the cost is {answer.charged}, and {charged} changes beside the loss give another sum"
    if answer.bound > answer.charged:
        yield f"the bound {answer.bound} is above the cost {answer.charged} of the plan"
    changed = {one.system for one in answer.changes}
    told = {
        system.id for system, fate in zip(problem.systems, answer.fates, strict=True) if _told(before.get(system.id)) != _told(fate.move)
    }
    if before and changed != told:
        yield "what is told as changed is not what changed"


def _told(move: Move | None) -> tuple[object, ...] | None:
    return None if move is None else (move.host, move.kind, move.start, move.live)


def _lost(problem: EvacuationProblem, system: System, fate: Fate, chance: list[int]) -> tuple[int, int, int, int]:
    """Hour by hour: exposed while it runs at home, certain while it stands still, gone after it should be live."""
    weight, move = system.points_per_hour, fate.move
    if move is None:
        exposed = sum(weight * chance[hour + 1] for hour in range(problem.hours))
        return exposed, 0, 0, system.points_if_lost * chance[problem.hours]
    way = _way(system, move)
    if way.still_hours is not None:
        begun = max(move.start, move.live - way.still_hours)
    else:
        begun = move.start if move.kind == "machine" else move.leave
    exposed = sum(weight * chance[hour + 1] for hour in range(begun))
    still = sum(weight * WHOLE for _ in range(begun, move.live))
    gone = sum(weight * chance[move.safe] for _ in range(move.live, problem.hours))
    return exposed, still, gone, system.points_if_lost * chance[move.safe]
