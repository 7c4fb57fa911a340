"""Cuts: every plan keeps them, the relaxation breaks them, and the bound comes down."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from tests.cores.allocation.drawn import problems
from tests.cores.allocation.instances import instances
from tests.drawing import drawn

from sild.cores.allocation.method import Effort, solve
from sild.cores.allocation.method.cuts import Cutter
from sild.cores.allocation.method.grid import Grid, lay_out
from sild.cores.allocation.method.model import Model, build, relax, relax_with_cuts, settle
from sild.cores.allocation.problem import Need, Offer, Problem
from sild.cores.allocation.shape import problem_from_json


def laid_out(problem: Problem) -> tuple[Grid, Model]:
    grid = lay_out(problem)
    return grid, build(grid, np.arange(len(grid.least), dtype=np.int64), grid.cap, ceilings=False)


def a_need(name: str, quantity: int, weight: int) -> Need:
    whole = Decimal(1)
    return Need(id=name, category="training", quantity=quantity, weight=Decimal(weight), body="ministry", minimum_fraction=whole)


@settings(max_examples=drawn(100), deadline=None)
@given(problems())
def test_no_plan_that_is_worth_more_than_all_others_breaks_a_cut(problem: Problem) -> None:
    grid, model = laid_out(problem)
    if not len(model.lanes):
        return
    best = settle(model, None, 60.0, 0, 0.0)
    solved, tighter = relax_with_cuts(model, 60.0, 0, Cutter(grid, model).broken)
    assert best.columns is not None and solved is not None
    columns = np.concatenate([np.round(best.columns[: model.whole]), best.columns[model.whole :]])
    assert (tighter.matrix @ columns <= tighter.row_upper + 1e-6).all()
    assert solved.bound >= float(model.cost @ columns) - 1e-6 * (1 + abs(solved.bound))


def test_two_of_three_that_do_not_fit_together_are_not_served_by_parts() -> None:
    # 10 pieces can be taken in; each of the three needs wants 6 or nothing, so one is served and never one and two thirds
    needs = tuple(a_need(f"n{at}", 6, 6) for at in range(3))
    offer = Offer(id="o", categories=("training",), donor="estonia", lot=1, lots=100)
    problem = Problem(needs=needs, offers=(offer,), absorption={("ministry", None): 10})
    grid, model = laid_out(problem)
    loose = relax(model, 10.0, 0)
    tight, _model = relax_with_cuts(model, 10.0, 0, Cutter(grid, model).broken)
    assert loose is not None and tight is not None
    assert loose.bound == pytest.approx(10.0) and tight.bound == pytest.approx(6.0)


def test_an_offer_that_carries_one_of_two_needs_is_not_shared_by_both() -> None:
    needs = (replace(a_need("n0", 6, 6), body="a"), replace(a_need("n1", 6, 6), body="b"))
    offer = Offer(id="o", categories=("training",), donor="estonia", lot=1, lots=9)
    grid, model = laid_out(Problem(needs=needs, offers=(offer,)))
    loose = relax(model, 10.0, 0)
    tight, _model = relax_with_cuts(model, 10.0, 0, Cutter(grid, model).broken)
    assert loose is not None and tight is not None
    assert loose.bound == pytest.approx(9.0) and tight.bound == pytest.approx(6.0)


@pytest.mark.parametrize("seed", [6, 12, 23])
def test_on_the_public_instances_the_bound_comes_down_and_stays_above_the_best_plan(seed: int) -> None:
    grid, model = laid_out(problem_from_json(json.loads(json.dumps(instances().make(200, 100, seed)))))
    loose = relax(model, 60.0, 0)
    tight, tighter = relax_with_cuts(model, 60.0, 0, Cutter(grid, model).broken)
    plan = solve(grid.problem, Effort(seconds=60.0, gap=5e-3))
    assert loose is not None and tight is not None
    assert float(plan.objective) <= tight.bound * (1 + 1e-9) < loose.bound
    assert len(tighter.row_upper) > len(model.row_upper)
