"""The bench beside the peers measures Sild's part without them, and says so where they are absent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[4] / "bench" / "peers_bench.py"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(BENCH), *arguments], capture_output=True, text=True, check=False)


def test_a_register_is_generated_linked_judged_and_drawn(tmp_path: Path) -> None:
    figures, drawn = tmp_path / "figures.json", tmp_path / "growth.svg"
    done = run("--peers", "", "--sets", "", "--lines", "1000", "--json", str(figures), "--svg", str(drawn))
    assert done.returncode == 0, done.stdout + done.stderr
    (told,) = json.loads(figures.read_text(encoding="utf-8")).values()
    mine = told["programs"]["sild"]
    assert told["rows"] == 1000
    assert mine["f1_best"] > 0.75
    assert mine["compared"] > 500
    assert set(mine["wall"]) == {"load", "train", "score", "cluster"}
    assert "sild</text>" in drawn.read_text(encoding="utf-8")


def test_without_the_peers_it_measures_nothing_and_says_what_is_absent() -> None:
    done = run("--peers", "a_program_that_nobody_has")
    assert done.returncode == 3
    assert "a_program_that_nobody_has not installed" in done.stdout
