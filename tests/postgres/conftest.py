"""Homes that end with their test, and one durable server for the tests that only look."""

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
def server() -> Iterator[Server]:
    """A running durable server, shared by the tests of one file."""
    for home in _home():
        running = Server(home).start()
        yield running
        running.stop()


def _home() -> Iterator[Path]:
    parent = Path(tempfile.mkdtemp(prefix="sild-test-"))
    assert parent.stat().st_mode & 0o777 == 0o700
    home = parent / "home"
    yield home
    for place in (home, parent / "moved"):
        if (place / "postgres").is_dir():
            Server(place).destroy()
    shutil.rmtree(parent)
