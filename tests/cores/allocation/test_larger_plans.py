"""Problems too large for one model: blocks, the sharper bound and the neighbourhoods, by the same promises as the small ones."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from tests.cores.allocation.instances import instances

from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, Progress, explain, solve
from sild.cores.allocation.method.blocks import Waves, from_blocks
from sild.cores.allocation.method.bound import sharpened
from sild.cores.allocation.method.grid import Grid, lay_out
from sild.cores.allocation.method.model import Model, Solved, build, relax, settle
from sild.cores.allocation.problem import Problem
from sild.cores.allocation.shape import problem_from_json


@pytest.fixture(scope="module")
def problem() -> Problem:
    return problem_from_json(json.loads(json.dumps(instances().make(600, 300, 4))))


def relaxed(problem: Problem) -> tuple[Grid, Model, Solved, np.ndarray]:
    grid = lay_out(problem)
    model = build(grid, np.arange(len(grid.least), dtype=np.int64), grid.cap, ceilings=False)
    solved = relax(model, 60.0, 0)
    assert solved is not None and solved.prices is not None
    prices = np.zeros(len(grid.cap))
    begin = 2 * len(model.needs)
    prices[model.shared] = np.abs(solved.prices[begin : begin + len(model.shared)]) / grid.scale[model.shared]
    return grid, model, solved, prices


def test_a_search_by_neighbourhoods_keeps_its_promises_and_repeats_itself(problem: Problem) -> None:
    assert len(lay_out(problem).need) > 4_000
    steps: list[Progress] = []
    # rounds end it, not the clock: on a busy machine a share of the seconds would cut a step short
    effort = Effort(seconds=3600, gap=0.0, rounds=6, seed=3)
    answer = solve(problem, replace(effort, report=steps.append))
    again = solve(problem, effort)
    assert answer.shipments == again.shipments and answer.bound == again.bound
    assert check(problem, explain(problem, answer)) == []
    values = [step.objective for step in steps]
    assert values == sorted(values)
    assert answer.gap < 0.03


def test_blocks_break_no_limit_and_end_near_the_relaxation(problem: Problem) -> None:
    grid, model, solved, _prices = relaxed(problem)
    lots = from_blocks(grid, model, solved, lambda: 60.0, Waves())
    assert lots is not None and grid.holds(lots)
    assert grid.value(lots) > 0.95 * solved.bound


def test_the_sharper_bound_lies_between_the_best_plan_and_the_relaxation() -> None:
    for seed in range(4):
        small = problem_from_json(json.loads(json.dumps(instances().make(60, 30, seed))))
        grid, model, solved, prices = relaxed(small)
        best = settle(model, None, 60.0, 0, 0.0)
        assert best.optimal
        bound = sharpened(grid, model, solved, prices, lambda: 60.0, 0)
        assert best.bound * (1 - 1e-6) <= bound <= solved.bound * (1 + 1e-9)


def test_a_search_can_be_cancelled_at_any_step(problem: Problem) -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 4

    answer = solve(problem, Effort(seconds=120, cancelled=cancelled))
    assert check(problem, answer) == []
    assert answer.objective > 0
