"""From a problem to a plan in the time given: a bound, a first plan, search, and the reasons.

The plan that is returned breaks no limit, whatever stopped the search; no plan costs less than the bound.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from sild.cores.evacuation.answer import Evacuation
from sild.cores.evacuation.method.bound import alone, proven
from sild.cores.evacuation.method.explain import fates_of
from sild.cores.evacuation.method.options import Layout
from sild.cores.evacuation.method.search import WARMTH, Plan, Search
from sild.cores.evacuation.problem import EvacuationProblem

# the part of the time that is kept for the reasons
RESERVE = 0.03
# and so much for each system: telling 500 fates takes a tenth of a second and more
RESERVE_SECONDS_A_SYSTEM = 0.0003
TELL_EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where the search stands: seconds since the start, the best plan's cost and the bound in millionths of points (None: none yet)."""

    seconds: float
    cost: int
    bound: int | None
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to try: seconds in all, of which `bound_share` may go into the bound (0: the plain one), rounds of search, a seed.

    `report` is called about twice a second; `cancelled` is asked often, and once it says True the best plan so far is returned. The
    search has the same time whatever the bound took. The same seed and rounds give the same plan, where the time does not end first.
    """

    seconds: float = 30.0
    bound_share: float = 0.25
    rounds: int = 1_000_000
    gap: float = 1e-4
    seed: int = 0
    report: Callable[[Progress], None] | None = None
    cancelled: Callable[[], bool] | None = None

    def __post_init__(self) -> None:
        if not 0 < self.seconds < 1e7:
            raise ValueError(f"a time limit of {self.seconds} s is not usable; give more than 0 s")
        if not 0 <= self.bound_share < 1 or not 0 <= self.gap < 1:
            raise ValueError("the share of the bound and the gap lie from 0 up to 1")


def evacuate(problem: EvacuationProblem, effort: Effort | None = None) -> Evacuation:
    """The best plan found, with what was proved of it, its reasons, and how the search ended."""
    effort = effort or Effort()
    begun = monotonic()
    layout = Layout(problem)
    plan = Plan(layout)
    search = Search(plan, effort.seed)
    _as_before(plan)
    search.begin()
    until = begun + effort.seconds * (1 - RESERVE) - min(0.2 * effort.seconds, RESERVE_SECONDS_A_SYSTEM * len(problem.systems))
    seconds = (until - monotonic()) * effort.bound_share
    bound, by = proven(layout, seconds, effort.cancelled) if seconds > 0 else (alone(layout), "each system alone")
    rounds, stopped = _searched(search, effort, (begun, until), bound)
    plan.restore(search.best)
    fates, path, changes = fates_of(plan)
    loss = sum(fate.loss.total for fate in fates)
    return Evacuation(
        fates=fates,
        loss=loss,
        charged=plan.total,
        bound=min(bound, plan.total),
        bound_by=by,
        path=path,
        changes=changes,
        seed=effort.seed,
        seconds=monotonic() - begun,
        rounds=rounds,
        stopped=stopped,
    )


def _as_before(plan: Plan) -> None:
    """Where there was a plan before, what of it can still be as it was is put in first."""
    layout = plan.layout
    for at in sorted(plan.before, key=layout.rank.__getitem__):
        before = plan.before[at]
        for option in layout.options[at]:
            problem = layout.problem
            carrier = problem.lines[option.carrier].id if option.way.kind == "line" else problem.departures[option.carrier].id
            if (problem.hosts[option.host].id, option.way.kind, carrier) != (before.host, before.kind, before.line or before.departure):
                continue
            if before.start < problem.now_hour or before.leave < option.first_leave:
                continue
            hour = plan.reachable(at, option.host)
            one = plan.board.as_it_was(option, before)
            if one is not None and hour is not None and max(hour, one.ready) <= problem.hours:
                plan.set(at, one, max(hour, one.ready))
                break


def _searched(search: Search, effort: Effort, times: tuple[float, float], bound: int) -> tuple[int, str]:
    begun, until = times
    layout, told = search.layout, begun
    saved = max(1, sum(layout.clock.staying(at) for at in search.movable) - search.best_total)
    start = monotonic()
    for number in range(effort.rounds):
        now = monotonic()
        if now >= until:
            return number, "time"
        if effort.cancelled and effort.cancelled():
            return number, "cancelled"
        if search.best_total - bound <= effort.gap * search.best_total:
            return number, "gap"
        if effort.report and now - told >= TELL_EVERY_SECONDS:
            told = now
            effort.report(Progress(seconds=now - begun, cost=search.best_total, bound=bound, rounds=number))
        share = (now - start) / max(1e-9, until - start) if effort.rounds >= 1_000_000 else number / effort.rounds
        search.round(WARMTH * saved / max(1, len(search.movable)) * (1 - share))
    return effort.rounds, "rounds"
