"""HiGHS at the border: sparse arrays in, whole numbers out. The model status is asserted before anything is read.

Threads are set before the first run of a process: set later, HiGHS answers NotSet with objective 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import inf
from time import monotonic
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix, vstack

from sild.cores.allocation.method.fair import Term
from sild.cores.allocation.method.grid import Floats, Grid, Ints
from sild.cores.allocation.method.reach import lot_ceilings, stock_of

THREADS = 1
# rounds of cuts on a relaxation, and the share of the bound that a round has to take off so that another is made
ROUNDS_OF_CUTS = 6
WORTH_A_ROUND = 2e-5


class SolverFailed(RuntimeError):
    """HiGHS did not run at all: a defect of ours, never of a problem."""


class SolverRefused(ArithmeticError):
    """HiGHS refused or gave up on a model, because its amounts lie too many digits apart; the message names the state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Maximise cost @ x under row_lower <= matrix @ x <= row_upper, 0 <= x <= upper.

    Lanes come first, then a column per need, one per order with a minimum, one per fairness term. All but the last are whole numbers.
    """

    cost: Floats
    upper: Floats
    matrix: csc_matrix
    row_lower: Floats
    row_upper: Floats
    lanes: Ints
    needs: Ints
    shared: Ints
    fair: tuple[Term, ...] = ()
    orders: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def whole(self) -> int:
        """How many of the columns, the first ones, are whole numbers."""
        return len(self.lanes) + len(self.needs) + len(self.orders)

    def columns_of(self, grid: Grid, lots: Ints) -> Floats:
        """The columns of a whole plan of the grid, as far as they are in this model."""
        served = (grid.delivered(lots)[self.needs] > 0).astype(np.float64)
        valued = grid.valued(lots) if self.fair else np.zeros(0)
        evened = np.array([term.column(valued) for term in self.fair])
        ordered = (grid.drawn(lots)[self.orders] > 0).astype(np.float64)
        return np.concatenate([lots[self.lanes].astype(np.float64), served, ordered, evened])


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """What a run proved: `bound` (no plan of this model is worth more), `columns` (None: no solution yet), `work` in simplex steps.

    After an LP also the `prices` of the rows and the `reduced` values of the columns.
    """

    bound: float
    columns: Floats | None
    prices: Floats | None = None
    reduced: Floats | None = None
    optimal: bool = False
    work: int = 0


def build(grid: Grid, needs: Ints, room: Ints, *, ceilings: bool, others: Ints | None = None) -> Model:
    """The model of these needs with `room` left in each shared row; `ceilings` adds the cuts of `lot_ceilings`.

    `others`: the lots of the needs that are not in the model (None: none), for what they have of a fair share already.
    """
    alive = needs[grid.most_pieces[needs] > 0]
    lanes = _lanes_of(grid, alive)
    lanes = lanes[grid.most[lanes] > 0]
    place = np.full(len(grid.least), -1, dtype=np.int64)
    place[alive] = np.arange(len(alive))
    own, count, width = place[grid.need[lanes]], len(alive), len(lanes)
    at = np.arange(width)
    served = width + np.arange(count)
    rows = [own, own + count, np.arange(count), np.arange(count) + count]
    columns = [at, at, served, served]
    piece = grid.piece[lanes].astype(np.float64)
    values = [piece, piece, -grid.most_pieces[alive].astype(np.float64), -grid.least[alive].astype(np.float64)]
    shared = np.unique(grid.row[:, lanes])
    shared = shared[shared >= 0]
    line = np.full(len(grid.cap), -1, dtype=np.int64)
    line[shared] = np.arange(len(shared))
    for row, draw in zip(grid.row[:, lanes], grid.draw[:, lanes], strict=True):
        held = row >= 0
        rows.append(2 * count + line[row[held]])
        columns.append(at[held])
        values.append(draw[held] / grid.scale[row[held]])
    height = 2 * count + len(shared)
    lower = np.full(height, -inf)
    lower[count : 2 * count] = 0.0
    upper = np.concatenate([np.zeros(count), np.full(count, inf), room[shared] / grid.scale[shared]])
    if ceilings:
        cut_rows, cut_columns, cut_values, extra = _ceiling_rows(grid, alive, lanes, own)
        rows.append(cut_rows + height)
        columns.append(cut_columns)
        values.append(cut_values)
        lower, upper = np.concatenate([lower, np.full(extra, -inf)]), np.concatenate([upper, np.zeros(extra)])
        height += extra
    height, lower, upper = _bundle_rows(grid, place, (rows, columns, values), (height, lower, upper), own)
    orders, sides = _order_rows(grid, (rows, columns, values), (height, lower, upper), (lanes, alive, others))
    wide = width + count + len(orders) + len(grid.fair)
    height, lower, upper = _fair_rows(grid, (rows, columns, values), sides, (lanes, alive, others, wide - len(grid.fair)))
    matrix = csc_matrix((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=(height, wide))
    return Model(
        cost=np.concatenate([grid.worth[lanes], grid.served[alive], np.zeros(len(orders)), [term.cost for term in grid.fair]]),
        upper=np.concatenate([grid.most[lanes].astype(np.float64), np.ones(count + len(orders)), [term.cap for term in grid.fair]]),
        matrix=matrix,
        row_lower=lower,
        row_upper=upper,
        lanes=lanes,
        needs=alive,
        shared=shared,
        fair=grid.fair,
        orders=orders,
    )


Entries = tuple[list[NDArray[Any]], list[NDArray[Any]], list[NDArray[Any]]]
Sides = tuple[int, Floats, Floats]


def _bundle_rows(grid: Grid, place: Ints, entries: Entries, sides: Sides, own: Ints) -> Sides:
    """Rows that hold the parts of a bundle in proportion; a bundle is either wholly in the model or not at all."""
    height, lower, upper = sides
    rows, columns, values = entries
    one, size, other, its_size = grid.tied
    inside = np.flatnonzero((place[one] >= 0) & (place[other] >= 0)) if len(one) else np.zeros(0, dtype=np.int64)
    if not len(inside):
        return sides
    begin = np.searchsorted(own, np.arange(int(own[-1]) + 2)) if len(own) else np.zeros(1, dtype=np.int64)
    piece = entries[2][0]
    for row, tie in enumerate(inside.tolist()):
        for need, factor in ((one[tie], float(its_size[tie])), (other[tie], -float(size[tie]))):
            at = place[need]
            mine = np.arange(begin[at], begin[at + 1]) if at + 1 < len(begin) else np.zeros(0, dtype=np.int64)
            rows.append(np.full(len(mine), height + row))
            columns.append(mine)
            values.append(piece[mine] * factor)
    none = np.zeros(len(inside))
    return height + len(inside), np.concatenate([lower, none]), np.concatenate([upper, none])


def _order_rows(grid: Grid, entries: Entries, sides: Sides, chosen: tuple[Ints, Ints, Ints | None]) -> tuple[Ints, Sides]:
    """Rows for orders with a minimum: nothing, or at least that much together with what others order; and the orders still open.

    Where others have begun an order that they do not fill, these needs have to.
    """
    lanes, alive, others = chosen
    height, lower, upper = sides
    rows, columns, values = entries
    none = np.zeros(0, dtype=np.int64)
    if not grid.minimum.any():
        return none, sides
    drawn = np.zeros(len(grid.cap), dtype=np.int64) if others is None else grid.drawn(others)
    offer_row = grid.row[0, lanes]
    open_orders, low, high = list[int](), list[float](), list[float]()
    for row in np.unique(offer_row[grid.minimum[offer_row] > 0]).tolist():
        least, mine = int(grid.minimum[row] - drawn[row]), np.flatnonzero(offer_row == row)
        if least <= 0:
            continue
        ordered = len(lanes) + len(alive) + len(open_orders)
        # (what the order's own column draws, lowest, highest): lots >= least x ordered, lots <= all x ordered
        sides_of_it = [(-float(least), 0.0, inf), (-float(grid.cap[row]), -inf, 0.0)] if not drawn[row] else [(0.0, float(least), inf)]
        for factor, lowest, highest in sides_of_it:
            here = height + len(low)
            rows.append(np.full(len(mine) + (factor != 0), here))
            columns.append(np.append(mine, ordered) if factor else mine)
            values.append(np.append(np.ones(len(mine)), factor) if factor else np.ones(len(mine)))
            low.append(lowest)
            high.append(highest)
        if not drawn[row]:
            open_orders.append(row)
    orders = np.array(open_orders, dtype=np.int64)
    return orders, (height + len(low), np.concatenate([lower, low]), np.concatenate([upper, high]))


def _fair_rows(grid: Grid, entries: Entries, sides: Sides, chosen: tuple[Ints, Ints, Ints | None, int]) -> Sides:
    """Rows that hold the column of each fairness term below the value of its groups."""
    lanes, alive, others, begin = chosen
    height, lower, upper = sides
    rows, columns, values = entries
    if not grid.fair:
        return sides
    valued = np.zeros(len(grid.least)) if others is None else grid.valued(others)
    worth, width = (grid.worth - grid.bonus)[lanes], len(lanes)
    room: list[float] = []
    for at, term in enumerate(grid.fair):
        for group in term.groups:
            inside = np.zeros(len(grid.least), dtype=bool)
            inside[group.needs] = True
            mine, needs = np.flatnonzero(inside[grid.need[lanes]]), np.flatnonzero(inside[alive])
            columns.append(np.concatenate([mine, width + needs, [begin + at]]))
            values.append(np.concatenate([-worth[mine], -grid.served[alive][needs], [group.factor]]))
            rows.append(np.full(len(mine) + len(needs) + 1, height + len(room)))
            room.append(group.base + float(valued[group.needs].sum()))
    return height + len(room), np.concatenate([lower, np.full(len(room), -inf)]), np.concatenate([upper, room])


def _lanes_of(grid: Grid, needs: Ints) -> Ints:
    starts, counts = grid.first[needs], grid.first[needs + 1] - grid.first[needs]
    offsets = np.repeat(starts - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts) if len(needs) else np.zeros(0, dtype=np.int64)
    return np.asarray(offsets + np.arange(int(counts.sum())), dtype=np.int64)


def _ceiling_rows(grid: Grid, needs: Ints, lanes: Ints, own: Ints) -> tuple[Ints, Ints, Floats, int]:
    rows: list[NDArray[Any]] = []
    columns: list[NDArray[Any]] = []
    values: list[NDArray[Any]] = []
    extra = 0
    begin = np.searchsorted(own, np.arange(len(needs) + 1))
    for place, need in enumerate(needs.tolist()):
        mine = np.arange(begin[place], begin[place + 1])
        pieces = grid.piece[lanes[mine]]
        stock = stock_of(grid.problem, grid.offer[lanes[mine]])
        for sizes, ceiling in lot_ceilings(stock, int(grid.most_pieces[need])):
            chosen = mine[np.isin(pieces, list(sizes))]
            rows.append(np.full(len(chosen) + 1, extra))
            columns.append(np.append(chosen, len(lanes) + place))
            values.append(np.append(grid.piece[lanes[chosen]], -ceiling).astype(np.float64))
            extra += 1
    if not rows:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0), 0
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(values), extra


def _loaded(model: Model, seconds: float, seed: int, *, whole: bool) -> Any:
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # the wheel ships no types
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", THREADS)
    highs.setOptionValue("random_seed", seed % 2**31)
    highs.setOptionValue("time_limit", max(0.01, seconds))
    width = len(model.cost)
    kinds = np.full(width, int(highspy.HighsVarType.kContinuous), dtype=np.int32)
    if whole:
        kinds[: model.whole] = int(highspy.HighsVarType.kInteger)
    status = highs.passModel(
        width,
        len(model.row_lower),
        model.matrix.nnz,
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMaximize),
        0.0,
        model.cost,
        np.zeros(width),
        model.upper,
        model.row_lower,
        model.row_upper,
        model.matrix.indptr.astype(np.int32),
        model.matrix.indices.astype(np.int32),
        model.matrix.data,
        kinds,
    )
    if status == highspy.HighsStatus.kError:
        raise SolverRefused("HiGHS refused the model: its amounts lie too many digits apart")
    return highs


def _asserted(highs: Any, status: Any, good: tuple[Any, ...]) -> None:
    """Nothing is read from a run that did not end well. A plan of nothing is always allowed, so no other end is the problem's."""
    if status == highspy.HighsModelStatus.kNotset:
        raise SolverFailed("HiGHS did not run: its number of threads was set after its first run in this process")
    if status not in good:
        raise SolverRefused(f"HiGHS ended as {highs.modelStatusToString(status)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """`values` @ x[columns] <= `most` for every plan of a model, and not for all of its relaxation."""

    columns: Ints
    values: Floats
    most: float


def relax(model: Model, seconds: float, seed: int) -> Solved | None:
    """The LP relaxation: bound, prices and reduced values. None where the time did not suffice."""
    return _relaxed(_loaded(model, seconds, seed, whole=False))


def relax_with_cuts(model: Model, seconds: float, seed: int, broken: Callable[[Floats], list[Cut]]) -> tuple[Solved | None, Model]:
    """The relaxation with the cuts that its columns break (`broken`), and the model with these as its last rows."""
    began = monotonic()
    highs = _loaded(model, seconds, seed, whole=False)
    solved = _relaxed(highs)
    for _ in range(ROUNDS_OF_CUTS):
        if solved is None or solved.columns is None:
            break
        cuts, left = broken(solved.columns), seconds - (monotonic() - began)
        if not cuts or left <= 0:
            break
        added = _stacked(cuts, len(model.cost))
        # HiGHS counts the time of all runs together
        highs.setOptionValue("time_limit", seconds)
        most = np.array([cut.most for cut in cuts])
        highs.addRows(len(cuts), np.full(len(cuts), -inf), most, added.nnz, added.indptr[:-1], added.indices, added.data)
        after = _relaxed(highs)
        if after is None:
            break
        model = replace(
            model,
            matrix=vstack([model.matrix, added], format="csc"),
            row_lower=np.concatenate([model.row_lower, np.full(len(cuts), -inf)]),
            row_upper=np.concatenate([model.row_upper, most]),
        )
        gained, solved = solved.bound - after.bound, after
        if gained <= WORTH_A_ROUND * abs(after.bound):
            break
    return solved, model


def _stacked(cuts: list[Cut], width: int) -> csr_matrix:
    begins = np.cumsum([0, *(len(cut.columns) for cut in cuts)]).astype(np.int32)
    columns, values = np.concatenate([cut.columns for cut in cuts]), np.concatenate([cut.values for cut in cuts])
    return csr_matrix((values, columns.astype(np.int32), begins), shape=(len(cuts), width))


def _relaxed(highs: Any) -> Solved | None:
    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kTimeLimit:
        return None
    _asserted(highs, status, (highspy.HighsModelStatus.kOptimal,))
    solution = highs.getSolution()
    return Solved(
        bound=float(highs.getInfo().objective_function_value),
        columns=np.asarray(solution.col_value),
        prices=np.asarray(solution.row_dual),
        reduced=np.asarray(solution.col_dual),
        optimal=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Who looks on: `found(columns)` hears of each better solution, `stop(bound)` is asked often and ends the run with True."""

    found: Callable[[Floats], None]
    stop: Callable[[float], bool]


def _watched(highs: Any, watch: Watch) -> None:
    kinds = highspy.cb.HighsCallbackType

    def told(kind: Any, _message: str, out: Any, into: Any, _data: object) -> None:
        if kind == kinds.kCallbackMipInterrupt:
            into.user_interrupt = watch.stop(float(out.mip_dual_bound))
        elif kind == kinds.kCallbackMipImprovingSolution:
            watch.found(np.array(out.mip_solution, dtype=np.float64))

    highs.setCallback(told, None)
    highs.startCallback(kinds.kCallbackMipInterrupt)
    highs.startCallback(kinds.kCallbackMipImprovingSolution)


def settle(
    model: Model,
    start: Floats | None,
    seconds: float,
    seed: int,
    gap: float,
    *,
    nodes: int | None = None,
    watch: Watch | None = None,
) -> Solved:
    """The MIP with a start, until `gap` (relative), `nodes` or the time. `watch` sees it on the way and may end it."""
    highs = _loaded(model, seconds, seed, whole=True)
    highs.setOptionValue("mip_rel_gap", gap)
    highs.setOptionValue("mip_abs_gap", 1e-7)
    if nodes is not None:
        highs.setOptionValue("mip_max_nodes", nodes)
    if start is not None:
        highs.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
    if watch is not None:
        _watched(highs, watch)
    highs.run()
    status = highs.getModelStatus()
    ends = highspy.HighsModelStatus
    _asserted(highs, status, (ends.kOptimal, ends.kTimeLimit, ends.kInterrupt, ends.kSolutionLimit, ends.kModelEmpty))
    info = highs.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return Solved(
        bound=float(info.mip_dual_bound),
        columns=np.asarray(highs.getSolution().col_value) if found else None,
        optimal=status == ends.kOptimal,
        work=max(0, int(info.simplex_iteration_count)),
    )
