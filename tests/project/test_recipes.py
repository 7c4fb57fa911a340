"""Recipes of the docs for programs outside the lock are run as they are printed, where those programs are installed.

`SILD_PEERS` names the Python of an environment made from requirements-peers.lock; else the one that runs the tests is asked.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RECIPE = ROOT / "docs" / "how-to" / "several-machines.md"
LINES = 1000


def peers() -> str:
    """A Python that has the peers. Skips the test where there is none, and fails it where SILD_REQUIRE names "peers"."""
    python = os.environ.get("SILD_PEERS", sys.executable)
    if subprocess.run([python, "-c", "import splink, duckdb, pyarrow"], capture_output=True, check=False).returncode == 0:
        return python
    if "peers" in os.environ.get("SILD_REQUIRE", ""):
        pytest.fail("splink is not installed, and SILD_REQUIRE names peers")
    pytest.skip("splink is not installed: SILD_PEERS names a Python that has it")


def blocks(page: str) -> list[str]:
    """The Python that a page prints."""
    return re.findall(r"^```python\n(.*?)^```$", page, re.S | re.M)


def test_the_recipe_for_spark_is_python_and_stands_in_three_blocks() -> None:
    told = blocks(RECIPE.read_text(encoding="utf-8"))
    for block in told:
        compile(block, RECIPE.name, "exec")
    assert [sum(name in block for block in told) for name in ("SparkAPI(", "DuckDBAPI(", "SettingsCreator(")] == [1, 1, 1]


@pytest.mark.slow
def test_the_recipe_for_spark_links_a_register_with_duckdb_in_its_place(tmp_path: Path) -> None:
    python = peers()
    made = [sys.executable, str(ROOT / "bench" / "registers.py"), str(LINES), "--seed", "7", "--out", str(tmp_path / "told.jsonl")]
    subprocess.run(made, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT / "src")})
    told = [json.loads(row) for row in (tmp_path / "told.jsonl").read_text(encoding="utf-8").splitlines()]
    need = {row["id"]: row.pop("need") for row in told}
    (tmp_path / "lines.jsonl").write_text("".join(json.dumps(row) + "\n" for row in told), encoding="utf-8")
    printed = blocks(RECIPE.read_text(encoding="utf-8"))
    method, duckdb = (next(block for block in printed if name in block) for name in ("SettingsCreator(", "DuckDBAPI("))
    (tmp_path / "recipe.py").write_text(method + duckdb, encoding="utf-8")
    done = subprocess.run([python, "recipe.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = {one["id"]: one["need"] for one in map(json.loads, (tmp_path / "links.jsonl").read_text(encoding="utf-8").splitlines())}
    assert found.keys() == need.keys()
    joined, true = pairs(found), pairs(need)
    assert len(joined & true) >= 0.5 * len(joined)
    assert len(joined & true) >= 0.2 * len(true)


def pairs(at: dict[str, str]) -> set[tuple[str, str]]:
    """Which lines stand together."""
    members: dict[str, list[str]] = defaultdict(list)
    for line, group in at.items():
        members[group].append(line)
    return {pair for lines in members.values() for pair in combinations(sorted(lines), 2)}
