"""The installer says in one line what is missing, never lays hands on what is not its own, and does nothing twice."""

from __future__ import annotations

import errno
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
Usage = namedtuple("Usage", "total used free")


def _installer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sild_install", CHECKOUT / "tools" / "install.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


install = _installer()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the installer reads, in a path with spaces."""
    place = tmp_path / "a place with spaces"
    (place / "tools").mkdir(parents=True)
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml", "Makefile", "tools/install", "tools/install.py"):
        shutil.copy(CHECKOUT / name, place / name)
    return place


def one_line(missing: pytest.ExceptionInfo[Exception]) -> str:
    text = str(missing.value)
    assert "\n" not in text
    assert text
    return text


@pytest.mark.parametrize("version", [(3, 10), (3, 12), (2, 7)])
def test_another_python_is_refused_with_the_way_to_name_one(version: tuple[int, int]) -> None:
    with pytest.raises(install.Missing) as missing:
        install.check_python(version)
    assert f"this is {version[0]}.{version[1]}" in one_line(missing)
    assert "PYTHON=" in one_line(missing)


@pytest.mark.parametrize("absent", ["venv", "ensurepip"])
def test_a_python_without_venv_names_the_debian_package(absent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == absent else real(name))
    with pytest.raises(install.Missing) as missing:
        install.check_venv_module()
    assert "apt install python3-venv" in one_line(missing)


def test_a_folder_that_cannot_be_written_is_named(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(**_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(tempfile, "TemporaryFile", read_only)
    with pytest.raises(install.Missing) as missing:
        install.check_writable(checkout)
    assert str(checkout) in one_line(missing)


def test_a_full_disk_is_told_before_anything_is_fetched(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda place: Usage(10**12, 10**12, 200_000_000))
    with pytest.raises(install.Missing) as missing:
        install.check_space(checkout, "runtime")
    assert "0.2 GB" in one_line(missing)
    assert "1.0 GB" in one_line(missing)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (
            "WARNING: Retrying ... NewConnectionError(...: Failed to establish a new connection: [Errno 111] Connection refused')",
            "registry cannot be reached",
        ),
        (
            "... Temporary failure in name resolution ...\nERROR: No matching distribution found for numpy==2.4.6",
            "registry cannot be reached",
        ),
        ("ERROR: No matching distribution found for numpy==2.4.6", "no ready-made numpy==2.4.6"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "differs from the one in the lock"),
        ("something else", "install.log"),
    ],
)
def test_what_stopped_pip_is_told_in_one_line(said: str, word: str) -> None:
    told = install.reason_of(said)
    assert word in told
    assert "\n" not in told


def test_a_second_call_with_the_same_locks_does_nothing(checkout: Path) -> None:
    python = install.python_of(checkout)
    python.parent.mkdir(parents=True)
    python.touch()
    assert not install.stands(checkout, "runtime")
    install.stamp_of(checkout, "runtime").write_text(install.fingerprint(checkout, "runtime"), encoding="ascii")
    assert install.stands(checkout, "runtime")
    assert not install.stands(checkout, "dev")


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml", "the place"])
def test_a_changed_lock_project_or_place_installs_again(changed: str, checkout: Path) -> None:
    before = install.fingerprint(checkout, "runtime")
    if changed == "the place":
        checkout = checkout.rename(checkout.with_name("moved"))
    else:
        with (checkout / changed).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
    assert install.fingerprint(checkout, "runtime") != before


def test_a_folder_that_is_no_environment_is_left_alone(checkout: Path) -> None:
    kept = checkout / ".venv" / "letters.txt"
    kept.parent.mkdir()
    kept.write_text("mine", encoding="utf-8")
    with pytest.raises(install.Missing) as missing:
        install.lay_environment(checkout)
    assert "in the way" in one_line(missing)
    assert kept.read_text(encoding="utf-8") == "mine"


def test_a_broken_environment_is_laid_again(checkout: Path) -> None:
    venv = checkout / ".venv"
    venv.mkdir()
    (venv / "pyvenv.cfg").write_text(f"home = /nowhere\ncommand = python -m venv {venv}\n", encoding="utf-8")
    assert not install.usable(checkout)


def test_what_left_the_locks_is_named_for_removal_and_the_tools_for_tests_are_not(checkout: Path, tmp_path: Path) -> None:
    python = install.python_of(checkout)
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nprintf '%s\\n' pip sild numpy PyYAML pytest typing_extensions stray-plugin\n", encoding="utf-8")
    python.chmod(0o755)
    assert install.surplus(checkout) == ["stray-plugin"]


def test_without_python_3_11_the_shell_says_so_in_one_line(checkout: Path, tmp_path: Path) -> None:
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    python = bin_folder / "python3"
    python.write_text('#!/bin/sh\ntest "$1" = --version && echo Python 3.9.2\n', encoding="utf-8")
    python.chmod(0o755)
    (bin_folder / "dirname").symlink_to(shutil.which("dirname") or "")
    done = subprocess.run(
        [checkout / "tools/install", "runtime"], env={"PATH": str(bin_folder)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Python 3.11" in done.stderr
    assert "Python 3.9.2" in done.stderr


@pytest.mark.slow
def test_an_unreachable_registry_ends_in_one_line_and_no_stamp(checkout: Path) -> None:
    env = {
        **os.environ,
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": "",
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_RETRIES": "0",
    }
    done = subprocess.run([sys.executable, checkout / "tools/install.py", "runtime"], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Not installed: The package registry cannot be reached.")
    assert done.stderr.count("\n") == 1
    assert not install.stands(checkout, "runtime")
