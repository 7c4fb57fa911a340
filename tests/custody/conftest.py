"""restic where it is installed; officers with keys of their own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sild.custody.sealing import new_key

KEY = "0f" * 32


@pytest.fixture(scope="session")
def restic() -> str:
    """The program. Skips the test where it is not installed, and fails it where SILD_REQUIRE names "restic"."""
    found = shutil.which("restic")
    if found is None:
        if "restic" in os.environ.get("SILD_REQUIRE", ""):
            pytest.fail("restic is not installed and SILD_REQUIRE names restic")
        pytest.skip("restic is not installed: apt install restic")
    return found


@pytest.fixture
def officers(tmp_path: Path) -> dict[str, tuple[Path, str]]:
    """Three officers: by name the file of the secret key and the public key."""
    made = {}
    for name in ("anna", "bohdan", "celine"):
        file = tmp_path / f"{name}.key"
        made[name] = (file, new_key(file))
    return made


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A folder with files, names in two scripts, a link, an empty file and an empty folder."""
    folder = tmp_path / "register"
    (folder / "людина" / "порожня").mkdir(parents=True)
    (folder / "rows.csv").write_text("id;name\n1;Олена\n")
    (folder / "людина" / "знімок.bin").write_bytes(bytes(range(256)) * 400)
    (folder / "empty").write_bytes(b"")
    (folder / "людина" / "остання").symlink_to("знімок.bin")
    return folder
