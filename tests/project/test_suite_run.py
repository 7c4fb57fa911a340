"""How `make test` runs the suite: a worker that dies ends the run with a failure, and the others finish what they have."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GROUPED = """
import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        item.add_marker(pytest.mark.xdist_group(item.path.name))
"""
SHORT = "def test_one(): pass\n\n\ndef test_other(): pass\n"
DYING = "import os\n\n\ndef test_one(): pass\n\n\ndef test_dies(): os._exit(1)\n"


def test_a_worker_that_dies_ends_the_run_with_a_failure(tmp_path: Path) -> None:
    line = re.search(r"^pytest := \$\(python\) -m pytest (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert line
    (tmp_path / "conftest.py").write_text(GROUPED, encoding="utf-8")
    for number in range(1, 7):
        (tmp_path / f"test_{number}.py").write_text(SHORT, encoding="utf-8")
    (tmp_path / "test_7.py").write_text(DYING, encoding="utf-8")
    order = [sys.executable, "-m", "pytest", *line[1].split(), "-n", "2", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    # a run that waits for ever is the fault that is looked for: it ends here after a minute
    done = subprocess.run([*order, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"FAILED test_7.py::test_dies", done.stdout), done.stdout
    assert "12 passed" in done.stdout or "13 passed" in done.stdout, done.stdout
