"""The program as a person starts it: a process of its own, with a home of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sild.postgres.places import prepare_place
from tests.cli.forking import READ_ON_LOADING, forked

Sild = Callable[..., "subprocess.CompletedProcess[str]"]


def start(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `sild` to its end."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SILD_TRACE")}
    if not set(environment) & set(READ_ON_LOADING):
        return forked(arguments, kept | {"SILD_HOME": str(home)} | environment)
    return subprocess.run(
        [sys.executable, "-m", "sild", *arguments],
        env=kept | {"SILD_HOME": str(home)} | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="session")
def founded_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home as `sild init` leaves it, which others are copied from: founding a database costs several times as much."""
    home = tmp_path_factory.mktemp("founded") / "home"
    assert start(home, "init").returncode == 0
    yield home
    start(home, "reset", "--yes")


def copied(founded: Path, home: Path) -> Path:
    """A founded home again, in another place, with a database of its own."""
    before, after = prepare_place(founded), prepare_place(home)
    # the data are the server's account's, and stay so
    subprocess.run(["cp", "-a", before.data, after.data], check=True)
    for name in ("postgres/passwords", "keys", "ledger", "originals"):
        shutil.copytree(founded / name, home / name, dirs_exist_ok=True)
    shutil.copy2(founded / "postgres" / "founded", home / "postgres")
    return home


@pytest.fixture(scope="module")
def shared_home(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home for the tests of a module, ready, forgotten at the end."""
    home = copied(founded_home, tmp_path_factory.mktemp("desk") / "home")
    yield home
    start(home, "reset", "--yes")


@pytest.fixture
def ready_home(founded_home: Path, tmp_path: Path) -> Iterator[Path]:
    """A home for one test, ready."""
    home = copied(founded_home, tmp_path / "home")
    yield home
    start(home, "reset", "--yes")


@pytest.fixture
def own_home(tmp_path: Path) -> Iterator[Path]:
    """A place for the home of one test, with nothing in it yet."""
    yield tmp_path / "home"
    start(tmp_path / "home", "reset", "--yes")
