"""Two worlds: what an actor may not see changes no byte of what the desk answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sild.kernel.page import PAGES
from sild.postgres.supervisor import Server
from tests.worlds.overlapping import answers, less_the_answer
from tests.worlds.pair import Worlds, worlds_of
from tests.worlds.planted import LEAKS, planted
from tests.worlds.sweeping import WAYS

FEW_SCRIPTS = 8
SEEDS = tuple(range(3))
"""Each of the three ways of sweeping, as another role each; then a stranger's walk and six as they are drawn."""
SCRIPTS = 25
MORE_SEEDS = (*range(24), *range(1000, 1080))
"""Of `make test-all`: every role in every way, and with those above 2,600 walks."""
PLANTED_SEEDS = tuple(range(100, 124))
"""As every role in every way of sweeping; most leaks are found by the first."""
BEGINS_AT = {"PUT-only gap": 101, "suggestion": 102}
"""Where the search for a leak begins; all the other seeds follow, so that an outdated one costs time and nothing else."""
EACH_CHANNEL = ("owner view", "count in a badge", "log line", "PUT-only gap")
"""A leak through the database, one on every page, one in the log, one by a method that browsers do not send: the walks of `make test`
find these, and those of `make test-all` the others too."""
FORM_SEEDS = tuple(seed for seed in range(24) if WAYS[seed % len(WAYS)] == "forms")
"""The forms as each role."""
NOT_REACHED = 1 / 3
"""Of pages and their methods: the base world has no compartment with members, no answer that is due, no recovery under way."""


@pytest.fixture(scope="module")
def worlds(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """The base world, built once in a run."""
    with worlds_of(server, tmp_path_factory) as made:
        yield made


@pytest.mark.parametrize("seed", SEEDS)
def test_hidden_records_change_no_answer(worlds: Worlds, seed: int) -> None:
    found = worlds.differences(seed, FEW_SCRIPTS)
    assert not found, str(found[0])


@pytest.mark.slow
@pytest.mark.parametrize("seed", MORE_SEEDS)
def test_hidden_records_change_no_answer_in_longer_sets(worlds: Worlds, seed: int) -> None:
    found = worlds.differences(seed, SCRIPTS)
    assert not found, str(found[0])


@pytest.mark.parametrize("leak", [pytest.param(leak, marks=() if leak in EACH_CHANNEL else pytest.mark.slow) for leak in sorted(LEAKS)])
def test_a_planted_leak_is_found(worlds: Worlds, leak: str) -> None:
    with planted(leak, worlds.server):
        first = BEGINS_AT.get(leak, PLANTED_SEEDS[0])
        assert any(worlds.tells(seed, 5) for seed in sorted(PLANTED_SEEDS, key=lambda seed: seed != first))


def test_worlds_that_differ_in_the_declared_bit_differ_in_nothing_else(worlds: Worlds) -> None:
    steps = list(answers(worlds))
    told = [(role, step) for role, step, one, other in steps if one != other]
    assert told, "nothing behind the wall of B was found: the worlds do not differ in the bit"
    assert {role for role, _step in told} == {"donor"}
    assert [str(step) for _role, step, one, other in steps if less_the_answer(one) != less_the_answer(other)] == []


@pytest.mark.slow
def test_most_pages_answer_each_of_their_methods_well_to_somebody(worlds: Worlds) -> None:
    """A page that only ever refuses is tried for nothing but its refusals: what no walk does well is bounded."""
    declared = {(page.name, method) for page in PAGES.values() for method in page.methods}
    for seed in FORM_SEEDS:
        if len(declared - worlds.reached) > len(declared) * NOT_REACHED:
            worlds.reach(seed)
    assert len(declared - worlds.reached) <= len(declared) * NOT_REACHED, sorted(declared - worlds.reached)
