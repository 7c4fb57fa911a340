"""Homes that end with their test, and servers for the tests that only look."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sild.postgres.supervisor import Server


@pytest.fixture
def home() -> Iterator[Path]:
    """A home of its own under a directory that nobody else may enter; its cluster is forgotten afterwards."""
    yield from _home()


@pytest.fixture(scope="module")
def kept_home() -> Iterator[Path]:
    """One home for the tests of a file that leave it as they found it: founding a cluster costs more than starting it."""
    yield from _home()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A running server, shared by the tests of one file; fast, hence not durable."""
    for home in _home():
        yield from started(home, durable=False)


@pytest.fixture(scope="module")
def durable_server() -> Iterator[Server]:
    """A running server as the product starts it, shared by the tests of one file."""
    for home in _home():
        yield from started(home, durable=True)


def started(home: Path, durable: bool) -> Iterator[Server]:
    """The home's server, stopped without a farewell."""
    server = Server(home, durable=durable).start()
    yield server
    server.destroy()


def _home() -> Iterator[Path]:
    parent = Path(tempfile.mkdtemp(prefix="sild-test-"))
    assert parent.stat().st_mode & 0o777 == 0o700
    home = parent / "home"
    yield home
    for place in (home, parent / "moved"):
        if (place / "postgres").is_dir():
            Server(place).destroy()
    shutil.rmtree(parent)
