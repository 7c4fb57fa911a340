"""Blocks that two workers of Dask settle give the plan that one process finds, lot for lot."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from dask.distributed import Client, LocalCluster
from tests.cores.allocation.instances import instances

from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve
from sild.cores.allocation.method.blocks import Settling
from sild.cores.allocation.method.model import Model, Solved
from sild.cores.allocation.problem import Problem
from sild.cores.allocation.shape import problem_from_json
from sild.cores.allocation.spread import on_workers

# no clock decides: the search ends by rounds
ALONE = Effort(seconds=600, gap=0.0, rounds=0, wave=4)


@pytest.fixture(scope="module")
def problem() -> Problem:
    """Beyond what is solved as one model, so that there are blocks."""
    return problem_from_json(json.loads(json.dumps(instances().make(450, 220, 5))))


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as here,
    ):
        yield here


def test_two_workers_find_the_identical_plan(problem: Problem, client: Client) -> None:
    alone = solve(problem, ALONE)
    together = solve(problem, replace(ALONE, spread=on_workers(client)))
    assert together.shipments == alone.shipments
    assert (together.objective, together.bound) == (alone.objective, alone.bound)
    assert check(problem, explain(problem, together)) == []


def test_what_a_worker_raises_is_raised_here(problem: Problem) -> None:
    def broken(_settling: Settling, _parts: Sequence[Model]) -> list[Solved]:
        raise ConnectionError("the worker is gone")

    with pytest.raises(ConnectionError, match="worker is gone"):
        solve(problem, replace(ALONE, spread=broken))


def test_a_wave_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Effort(wave=0)
