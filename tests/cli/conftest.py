"""The program as a person starts it: a process of its own, with a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home for the tests of a module, ready, forgotten at the end."""
    home = tmp_path_factory.mktemp("desk") / "home"
    assert start(home, "init").returncode == 0
    yield home
    start(home, "reset", "--yes")


@pytest.fixture
def own_home(tmp_path: Path) -> Iterator[Path]:
    """A home for one test."""
    yield tmp_path / "home"
    start(tmp_path / "home", "reset", "--yes")
