"""The run of CI ends non-zero whenever something failed or nothing was proven. Its commands are played by stand-ins here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
RAN = '<testsuites><testsuite tests="3" skipped="1"/></testsuites>'
SKIPPED = '<testsuites><testsuite tests="3" skipped="3"/></testsuites>'
NONE = '<testsuites><testsuite tests="0" skipped="0"/></testsuites>'


def run_ci(place: Path, *, check: int, test: int, results: str) -> subprocess.CompletedProcess[str]:
    (place / ".ci").mkdir()
    shutil.copy(CHECKOUT / ".ci" / "run", place / ".ci" / "run")
    python = place / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    stand_ins = {
        "make": f"""case "$1" in
            check) exit {check} ;;
            test) echo "required: $SILD_REQUIRE"; printf '%s' '{results}' > "${{2#PYTEST_ARGS=--junitxml=}}"; exit {test} ;;
        esac""",
        "apt-get": "echo 'E: there is no package here' >&2; exit 100",
        "sudo": "exit 1",
    }
    for name, text in stand_ins.items():
        (place / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    for path in (*(place / name for name in stand_ins), python):
        path.chmod(0o755)
    # a machine that has nothing but the shell's own tools: what CI wants from the system is absent, and cannot be had
    for name in ("dirname", "id", "mktemp", "rm", "tail", "cat", "bash"):
        (place / name).symlink_to(shutil.which(name) or "")
    env = {"PATH": str(place), "TMPDIR": str(place)}
    return subprocess.run(
        [place / "bash", place / ".ci" / "run"], env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def test_it_ends_well_when_checks_and_tests_did_and_nothing_could_be_installed(tmp_path: Path) -> None:
    done = run_ci(tmp_path, check=0, test=0, results=RAN)
    assert done.returncode == 0, done.stderr
    assert "required: sandbox" in done.stdout
    assert "ci: bubblewrap could not be installed" in done.stdout
    assert "ci: chromium could not be installed" in done.stdout


@pytest.mark.parametrize(
    ("check", "test", "results"),
    [(1, 0, RAN), (0, 1, RAN), (0, 5, NONE), (0, 0, NONE), (0, 0, SKIPPED), (0, 0, "")],
    ids=["check-failed", "test-failed", "nothing-collected", "nothing-ran", "all-skipped", "no-results"],
)
def test_it_ends_badly(check: int, test: int, results: str, tmp_path: Path) -> None:
    assert run_ci(tmp_path, check=check, test=test, results=results).returncode != 0


def test_it_calls_the_targets_that_people_use() -> None:
    text = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")
    assert "\nmake check\n" in text
    assert "\nmake test " in text
