"""What all tests share: the framework started, one throwaway database per test process, a home and a cast where a test asks for them."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils import translation

import sild.config.start  # noqa: F401 - the framework must know its tables before a wing is imported
from sild.kernel import house
from sild.kernel.home import Home, kept_secret
from sild.postgres.supervisor import Server
from sild.postgres.throwaway import throwaway_cluster
from tests import drawing
from tests.cast import Cast, gather
from tests.keeping import Built, Keeper, State

# most tests are not about what lines mean: they start no model; those that are name theirs
os.environ.setdefault("SILD_VECTORS", "off")

# a password that is costly to guess is costly to keep: in this process alone it is kept cheaply, hundreds of people are made.
# The desks that tests start as programs keep theirs at the full cost
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 64, 1


LONGEST_FIRST = ("worlds", "browser", "access", "cli", "postgres", "stories", "cores/allocation", "wings/intake", "kernel", "api", "web")
"""Folders of tests, those that take longest first: what is left for the end is short, so that no process waits long for another.
The base world is built with the first; whoever needs it later takes it from there."""


def pytest_configure(config: pytest.Config) -> None:
    """Where the long sets are left out, fewer examples are drawn."""
    drawing.few = config.option.markexpr == "not slow"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The tests of a file run in one process, so that what they share is made once; the long ones begin."""
    if not config.pluginmanager.hasplugin("xdist"):
        return
    here = Path(__file__).parent
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(here).as_posix()))
    items.sort(key=lambda item: _turn(item.path.relative_to(here).as_posix()))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported and collected stays to the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


def _turn(place: str) -> int:
    return next((turn for turn, folder in enumerate(LONGEST_FIRST) if place.startswith(f"{folder}/")), len(LONGEST_FIRST))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A throwaway database server with the desk's tables, the framework connected to it as the desk's own roles."""
    with throwaway_cluster() as running, house.connected(running):
        yield running


@pytest.fixture(scope="session")
def keeper(server: Server) -> Iterator[Keeper]:
    """Who empties the database before each test."""
    keeper = Keeper(server, stays=True)
    yield keeper
    keeper.close()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Each test begins in English: a page that was asked for in another language leaves its thread in that language."""
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture
def home(keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty home on an empty database."""
    keeper.empty()
    monkeypatch.setenv("SILD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SILD_BIND", "127.0.0.1")  # the tests' server listens on its own machine
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", [*settings.ALLOWED_HOSTS, "testserver"])
    made = Home(tmp_path / "home").prepare()
    settings.SECRET_KEY = kept_secret(made, "session.key")
    return made


@pytest.fixture(scope="session")
def founded() -> list[tuple[Cast, State]]:
    """The cast and its drill as it stood when a test of this process first asked for it; empty before."""
    return []


@pytest.fixture
def cast(home: Home, keeper: Keeper, founded: list[tuple[Cast, State]]) -> Cast:
    """The fixed cast, in a founded exercise: founded once in a process, and brought back for each test."""
    if founded:
        keeper.bring_back(founded[0][1])
    else:
        founded.append((gather(), keeper.state()))
    return founded[0][0]


@pytest.fixture(scope="session")
def built(keeper: Keeper, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Who keeps what fixtures build on the cast."""
    return Built(keeper, tmp_path_factory.mktemp("built"))
