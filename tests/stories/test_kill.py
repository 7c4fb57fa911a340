"""A killed part of the desk costs nobody what was acknowledged."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sild import sample
from tests.cli.conftest import start
from tests.stories.killing import VICTIMS, round_of_kills

FEW, MANY = 7, 60


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    """A home with some messages of the sample, linked and planned."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for path in sorted(sample.INBOX.iterdir())[:14]:
        shutil.copy(path, inbox / path.name)
    files = ["--mechanism", str(sample.MECHANISM), "--parties", str(sample.PARTIES), "--register", str(sample.SUPPLEMENT)]
    done = start(tmp_path / "home", "--plain", "run", str(inbox), *files)
    assert done.returncode == 0, done.stderr
    yield tmp_path / "home"
    start(tmp_path / "home", "reset", "--yes")


@pytest.mark.parametrize("points", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def test_what_was_acknowledged_is_there_once_after_kills(desk: Path, tmp_path: Path, points: int) -> None:
    outcome = round_of_kills(desk, tmp_path / "serve.log", points, seed=points)
    assert outcome.faults == []
    assert set(outcome.killed) == set(VICTIMS)
    assert outcome.acknowledged > points, "there was no load under which something could be lost"
