"""From a problem to a plan in the time given: greedy, LP bound, HiGHS with the start while that is small, local search beyond.

The plan that is returned breaks no limit in exact integers, whatever stopped the search; the bound is the best that was proved.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Event
from time import monotonic

import numpy as np

from sild.cores.allocation.answer import Answer, Status, objective_of
from sild.cores.allocation.method.blocks import Spread, Waves, from_blocks
from sild.cores.allocation.method.board import Board
from sild.cores.allocation.method.bound import sharpened
from sild.cores.allocation.method.cuts import Cutter
from sild.cores.allocation.method.grid import Floats, Grid, Ints, lay_out
from sild.cores.allocation.method.model import Model, Solved, SolverRefused, Watch, build, relax, relax_with_cuts, settle
from sild.cores.allocation.method.plan import LANES_FOR_ONE_MODEL, shipments_of
from sild.cores.allocation.method.search import Search
from sild.cores.allocation.method.start import by_worth, greedy, lane_orders, rounded
from sild.cores.allocation.method.ties import settle_ties
from sild.cores.allocation.method.told import with_tale
from sild.cores.allocation.problem import Problem

# the part of the time that is kept for writing the plan down
RESERVE = 0.02
# the part of what is left after the start that may go into a sharper bound
TIME_FOR_BOUND = 0.35
# more pieces than any body is asked to take
PLENTY = 10**18
# a bound from floating point is raised by this share, so that it stays a bound
SLACK = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where the search stands: seconds since the start, value of the best plan, proven bound (None: none yet)."""

    seconds: float
    objective: float
    bound: float | None

    @property
    def gap(self) -> float | None:
        """The relative distance to the bound, None while there is no bound."""
        return None if self.bound is None else (max(0.0, self.bound - self.objective) / self.bound if self.bound > 0 else 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to try: seconds, the gap at which to stop, rounds of local search, and a seed.

    `report` is called with every step; `cancelled` is asked often, and once it says True the best plan so far is returned.
    `wave` blocks are settled beside each other by `spread` (on other machines: `spread.on_workers`); the number of them decides the plan,
    who settles them never does.
    """

    seconds: float = 10.0
    gap: float = 1e-4
    rounds: int = 1_000_000
    seed: int = 0
    report: Callable[[Progress], None] | None = None
    cancelled: Callable[[], bool] | None = None
    wave: int = 1
    spread: Spread = map

    def __post_init__(self) -> None:
        if not 0 < self.seconds < 1e7:
            raise ValueError(f"a time limit of {self.seconds} s is not usable; give more than 0 s")
        if self.wave < 1:
            raise ValueError(f"a wave of {self.wave} blocks settles nothing; give at least 1")
        if not 0 <= self.gap < 1:
            raise ValueError(f"a gap of {self.gap} is not usable; give a share from 0 up to 1")


class _Run:
    """One solve: the clock, the best plan, the best bound."""

    def __init__(self, problem: Problem, effort: Effort) -> None:
        self.began = monotonic()
        self.effort = effort
        self.until = self.began + effort.seconds * (1 - RESERVE)
        self.grid: Grid = lay_out(problem)
        self.board = Board(self.grid)
        self.best: Ints = self.board.plan()
        self.value = 0.0
        self.bound: float | None = None

    def left(self) -> float:
        return self.until - monotonic()

    def keep(self, lots: Ints) -> None:
        """Keep a plan if it holds and is worth more."""
        value = self.grid.value(lots)
        if value > self.value and self.grid.holds(lots):
            self.best, self.value = lots, value
            self.tell()

    def prove(self, bound: float) -> None:
        """Keep a bound (on what comes on top of the commitments) if it is sharper."""
        raised = (bound + self.grid.base) * (1 + SLACK)
        if self.bound is None or raised < self.bound:
            self.bound = raised
            self.tell()

    def tell(self) -> None:
        if self.effort.report:
            self.effort.report(Progress(seconds=monotonic() - self.began, objective=self.value, bound=self.bound))

    def over(self) -> bool:
        return self.left() <= 0 or bool(self.effort.cancelled and self.effort.cancelled())

    def enough(self, value: float) -> bool:
        """Whether to stop: cancelled, out of time or close enough."""
        return self.over() or (self.bound is not None and value >= self.bound * (1 - self.effort.gap) - 2 * SLACK)


def solve(problem: Problem, effort: Effort | None = None) -> Answer:
    """The best plan found within the effort, without reasons and asks (see `explain`)."""
    run = _Run(problem, effort or Effort())
    orders = greedy(run.board)
    run.keep(run.board.plan())
    if len(run.grid.need):
        try:
            _improve(run, orders)
        except SolverRefused:
            run.prove(run.grid.loosest())
    else:
        run.prove(0.0)
    _tidy(run, orders)
    return _answer(run)


def _improve(run: _Run, orders: list[list[int]]) -> None:
    grid = run.grid
    everything = np.arange(len(grid.least), dtype=np.int64)
    model = build(grid, everything, grid.cap, ceilings=len(grid.need) <= LANES_FOR_ONE_MODEL)
    if not len(model.lanes):
        run.prove(0.0)
        return
    if run.left() <= 0:
        run.prove(grid.loosest())
        return
    small = len(model.lanes) <= LANES_FOR_ONE_MODEL
    if small:
        relaxed, model = relax_with_cuts(model, run.left(), run.effort.seed, Cutter(grid, model).broken)
    else:
        relaxed = relax(model, run.left(), run.effort.seed)
    if relaxed is None:
        run.prove(grid.loosest())
        return
    run.prove(relaxed.bound)
    prices = _row_prices(grid, model, relaxed)
    orders[:] = lane_orders(grid, prices)
    rounded(run.board, model, relaxed, orders)
    run.keep(run.board.plan())
    if run.enough(run.value):
        return
    if small:
        _from_blocks(run, model, relaxed, orders)
        if not run.enough(run.value):
            _as_one_model(run, model)
        return
    _beside_the_bound(run, model, relaxed, prices, orders)
    if not run.enough(run.value):
        _by_neighbourhoods(run, model, relaxed, prices)


def _from_blocks(run: _Run, model: Model, relaxed: Solved, orders: list[list[int]]) -> None:
    waves = Waves(size=run.effort.wave, spread=run.effort.spread, seed=run.effort.seed)
    lots = from_blocks(run.grid, model, relaxed, lambda: 0.0 if run.over() else run.left(), waves)
    if lots is not None:
        run.keep(_filled(run, lots, orders))


def _beside_the_bound(run: _Run, model: Model, relaxed: Solved, prices: Floats, orders: list[list[int]]) -> None:
    """The blocks, while a second thread sharpens the bound; both are done before the search begins, so that it does not race."""
    ends, given_up = run.left() * (1 - TIME_FOR_BOUND), Event()

    def left() -> float:
        return 0.0 if given_up.is_set() else run.left() - ends

    with ThreadPoolExecutor(max_workers=1) as beside:
        sharper = beside.submit(sharpened, run.grid, model, relaxed, prices, left, run.effort.seed)
        try:
            _from_blocks(run, model, relaxed, orders)
        finally:
            if run.over():
                given_up.set()
        run.prove(sharper.result())


def _as_one_model(run: _Run, model: Model) -> None:
    def stop(bound: float) -> bool:
        if np.isfinite(bound):
            run.prove(bound)
        return run.over()

    def found(columns: Floats) -> None:
        lots = np.zeros(len(run.grid.need), dtype=np.int64)
        lots[model.lanes] = np.round(columns[: len(model.lanes)]).astype(np.int64)
        run.keep(lots if run.grid.holds(lots) else _mended(run, lots))

    start = model.columns_of(run.grid, run.best)
    solved = settle(model, start, run.left(), run.effort.seed, run.effort.gap, watch=Watch(found=found, stop=stop))
    if np.isfinite(solved.bound):
        run.prove(solved.bound)
    if solved.columns is not None:
        found(solved.columns)


def _mended(run: _Run, lots: Ints) -> Ints:
    """A plan that breaks a limit by the solver's tolerance, laid again lot by lot as far as the limits allow."""
    board = run.board
    board.reset(np.zeros(len(lots), dtype=np.int64))
    for need in by_worth(run.grid):
        if need in board.bundle_of:
            continue
        lanes = [lane for lane in board.lanes(need) if lots[lane]]
        for lane in lanes:
            board.put(need, lane, min(int(lots[lane]), board.room(lane)))
        if board.pieces[need] < board.least[need] or board.pieces[need] > board.ceiling[need]:
            board.clear(need)
    return board.plan()


def _by_neighbourhoods(run: _Run, model: Model, relaxed: Solved, prices: Floats) -> None:
    grid, columns = run.grid, relaxed.columns
    if columns is None:
        return
    width = len(model.lanes)
    target = np.zeros(len(grid.least))
    np.add.at(target, grid.need[model.lanes], columns[:width] * grid.worth[model.lanes])
    target[model.needs] += columns[width : width + len(model.needs)] * grid.served[model.needs]
    run.board.reset(run.best)

    def enough(value: float) -> bool:
        if value > run.value:
            run.keep(run.board.plan())
        return run.enough(value)

    Search(run.board, target, prices, run.effort.seed).run(run.until, enough, run.effort.rounds)
    run.keep(run.board.plan())


def _filled(run: _Run, lots: Ints, orders: list[list[int]]) -> Ints:
    run.board.reset(lots)
    run.board.fill(by_worth(run.grid), orders)
    return run.board.plan()


def _tidy(run: _Run, orders: list[list[int]]) -> None:
    """Fill what is still to be had, so that every need left short is short for a reason."""
    if run.left() > 0:
        run.keep(_filled(run, run.best, orders))
    run.board.reset(run.best)
    settle_ties(run.board)
    run.best = run.board.plan()


def _row_prices(grid: Grid, model: Model, relaxed: Solved) -> Floats:
    prices = np.zeros(len(grid.cap))
    if relaxed.prices is not None:
        begin = 2 * len(model.needs)
        prices[model.shared] = np.abs(relaxed.prices[begin : begin + len(model.shared)]) / grid.scale[model.shared]
    return prices


def _answer(run: _Run) -> Answer:
    grid, problem = run.grid, run.grid.problem
    shipments = shipments_of(grid, run.best)
    objective = objective_of(problem, shipments)
    bound = run.bound if run.bound is not None else (grid.loosest() + grid.base) * (1 + SLACK)
    answer = Answer(
        shipments=shipments,
        objective=objective,
        bound=max(bound, float(objective)),
        status="stopped",
        basis=problem.basis,
        seed=run.effort.seed,
        seconds=monotonic() - run.began,
    )
    status: Status = "optimal" if answer.gap <= 1e-6 else "within-gap" if answer.gap <= run.effort.gap else "stopped"
    return with_tale(problem, replace(answer, status=status))
