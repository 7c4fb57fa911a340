"""On Dask's workers the pairs and scores are those of one machine."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest
from dask.distributed import Client, LocalCluster

from sild.cores.linkage.columns import BadTable, Model, Table, estimate, score, settle
from sild.cores.linkage.spread import score_on

from .rows import NAMES, PLAN, table_of

ALL = -1e9  # a floor under every pair


@pytest.fixture(scope="module")
def made() -> tuple[Table, Model]:
    chance = random.Random(11)
    rows = [
        {
            "id": f"{number:04d}",
            "name": chance.choice(NAMES) + chance.choice("abcdefgh"),
            "reference": chance.choice([None, f"{chance.randrange(300):03d}"]),
            "thing": chance.choice("abcdef"),
            "amount": chance.randrange(1, 60),
            "day": chance.randrange(400),
            "threads": set(chance.sample(["t1", "t2", "t3", "t4"], chance.choice([0, 0, 1, 2]))),
            "source": "a",
        }
        for number in range(600)
    ]
    table = table_of(rows)
    return table, estimate(table, PLAN)


@pytest.fixture(scope="module", params=[False, pytest.param(True, marks=pytest.mark.slow)], ids=["threads", "processes"])
def two_workers(request: pytest.FixtureRequest) -> Iterator[Client]:
    cluster = LocalCluster(n_workers=2, threads_per_worker=1, processes=request.param, dashboard_address=None)
    with cluster, Client(cluster) as client:
        yield client


@pytest.mark.parametrize("parts", [None, 1, 5])
def test_two_workers_find_the_same_pairs_with_the_same_scores(two_workers: Client, made: tuple[Table, Model], parts: int | None) -> None:
    alone, spread = score(*made, floor=ALL), score_on(two_workers, *made, parts=parts, floor=ALL)
    assert len(alone.left) > 1000
    assert np.array_equal(alone.left, spread.left)
    assert np.array_equal(alone.right, spread.right)
    assert np.abs(alone.bits - spread.bits).max() < 1e-6
    assert alone.compared == spread.compared
    assert np.array_equal(settle(made[0], alone, error=0.2).labels, settle(made[0], spread, error=0.2).labels)


def test_what_is_wrong_on_a_worker_is_said_here(two_workers: Client, made: tuple[Table, Model]) -> None:
    table, model = made
    short = Table(table.ids, {name: column for name, column in table.columns.items() if name != "thing"})
    with pytest.raises(BadTable, match="no column 'thing'"):
        score_on(two_workers, short, model, parts=2)
