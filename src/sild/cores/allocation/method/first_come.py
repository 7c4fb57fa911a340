"""First come, first served: the way help is given out today, as the measure of what a plan adds.

Needs in the order in which they were asked; each takes from the offers in the order in which they came, as soon as they can arrive, as
far as every limit allows. Nothing is weighed and nothing is taken back, but what stays below its smallest order or its minimum.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sild.cores.allocation.answer import Answer, objective_of
from sild.cores.allocation.method.board import Board
from sild.cores.allocation.method.grid import lay_out
from sild.cores.allocation.method.plan import shipments_of
from sild.cores.allocation.method.told import with_tale
from sild.cores.allocation.problem import Problem


def first_come(problem: Problem) -> Answer:
    """The plan that comes of serving needs and offers in the order in which the problem lists them. Its bound is none: infinity."""
    # what was planned before weighs nothing where nothing is weighed
    problem = replace(problem, planned=())
    grid = lay_out(problem)
    ranked = np.lexsort((grid.period, grid.offer, grid.need))
    orders = [ranked[begin:end].tolist() for begin, end in zip(grid.first[:-1].tolist(), grid.first[1:].tolist(), strict=True)]
    board = Board(grid)
    board.fill(range(len(problem.needs)), orders)
    shipments = shipments_of(grid, board.plan())
    answer = Answer(
        shipments=shipments,
        objective=objective_of(problem, shipments),
        bound=float("inf"),
        status="stopped",
        basis=problem.basis,
        seed=0,
        seconds=0.0,
    )
    return with_tale(problem, answer)
