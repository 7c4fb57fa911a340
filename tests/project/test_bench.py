"""The bench runner passes on what each bench said: a missed bar or a broken bench ends non-zero, an absent peer does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

RUNNER = Path(__file__).resolve().parents[2] / "bench" / "run.py"


def ends(folder: Path, **benches: int) -> tuple[int, str]:
    (folder / "run.py").write_bytes(RUNNER.read_bytes())
    for name, code in benches.items():
        (folder / f"{name}_bench.py").write_text(f"import sys\nprint('ratio of {name}: 1.0')\nsys.exit({code})\n", encoding="utf-8")
    done = subprocess.run([sys.executable, folder / "run.py"], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize(("codes", "expected"), [((0, 3), 0), ((0, 1), 1), ((0, 2), 1), ((3, 0), 0)])
def test_the_end_tells_whether_a_bar_was_missed(codes: tuple[int, int], expected: int, tmp_path: Path) -> None:
    code, said = ends(tmp_path, allocation=codes[0], linkage=codes[1])
    assert code == expected
    assert "ratio of allocation" in said
    assert "ratio of linkage" in said


def test_no_bench_at_all_is_no_success(tmp_path: Path) -> None:
    assert ends(tmp_path)[0] == 1
