"""Problems too large for one model: blocks, the sharper bound and the neighbourhoods, by the same promises as the small ones."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import import_module

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


@pytest.mark.parametrize("most", [1, 2, 5])
def test_who_cancels_gets_at_least_the_best_plan_that_was_told_of(problem: Problem, most: int) -> None:
    steps: list[Progress] = []
    answer = solve(problem, Effort(seconds=120, gap=0.0, report=steps.append, cancelled=lambda: len(steps) >= most))
    assert len(steps) >= most
    best = max(step.objective for step in steps)
    assert float(answer.objective) >= best * (1 - 1e-9)
    told = [step.bound for step in steps if step.bound is not None]
    assert answer.bound is not None and all(answer.bound <= bound * (1 + 1e-9) for bound in told)
    assert check(problem, answer) == []


def test_the_search_ends_soon_after_its_time_is_up(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of this test goes one second on whenever somebody looks at it: what is counted are looks, not time."""
    looks = 0

    def look() -> float:
        nonlocal looks
        looks += 1
        return float(looks)

    for place in ("solve", "search"):
        monkeypatch.setattr(import_module(f"sild.cores.allocation.method.{place}"), "monotonic", look)
    answer = solve(problem, Effort(seconds=60, gap=0.0))
    assert answer.objective > 0 and check(problem, answer) == []
    assert 50 < looks < 90, "it goes on until its time is nearly up, and no more than a few steps beyond"
