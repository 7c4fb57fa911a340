"""The program on the sample: what it writes, that it says the same twice, that a kill costs nothing."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from sild import sample
from tests.cli.conftest import start

CHOSEN = 14
"""Messages of the sample that the quick tests run; the whole inbox is the slow ones'."""


def some_messages(folder: Path, count: int = CHOSEN) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(sample.INBOX.iterdir())[:count]:
        shutil.copy(path, folder / path.name)
    return folder


def arguments(inbox: Path, out: Path) -> list[str]:
    return [
        "--plain",
        "run",
        str(inbox),
        "--parties",
        str(sample.PARTIES),
        "--mechanism",
        str(sample.MECHANISM),
        "--register",
        str(sample.SUPPLEMENT),
        "--decisions",
        str(sample.DECISIONS),
        "--today",
        "2026-02-10",
        "--lines",
        str(out / "lines.jsonl"),
        "--plan",
        str(out / "plan.json"),
    ]


def told(out: Path) -> tuple[list[Any], Any]:
    """Lines and plan without identifiers: two homes must agree on these."""
    records = [json.loads(text) for text in (out / "lines.jsonl").read_text(encoding="utf-8").splitlines()]
    groups: dict[str, str] = {}
    for record in records:
        groups.setdefault(record["need"], f"{record['message']} {record['position']}")
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    lines = [{**record, "id": None, "need": groups[record["need"]]} for record in records]
    matches = sorted((groups[match["need"]], groups[match["offer"]], match["quantity"]) for match in plan["matches"])
    return lines, (plan["objective"], matches, sorted(groups[row["need"]] for row in plan["unmet"]))


def test_a_run_writes_lines_and_a_plan_with_reasons(shared_home: Path, tmp_path: Path) -> None:
    ended = start(shared_home, *arguments(some_messages(tmp_path / "inbox"), tmp_path))
    assert ended.returncode == 0, ended.stderr
    assert "Check      passed" in ended.stdout
    records = [json.loads(text) for text in (tmp_path / "lines.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(records) > CHOSEN
    assert all(record["evidence"] and record["need"] and sum(map(len, record["evidence"])) <= 400 for record in records)
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert plan["basis"] == "provisional"
    assert {"objective", "bound", "gap", "matches", "unmet", "asks"} <= set(plan)
    needs = {record["need"] for record in records}
    assert {match["need"] for match in plan["matches"]} <= needs
    assert plan["unmet"] and all(row["reasons"] for row in plan["unmet"])
    for row in plan["unmet"]:
        assert row["need"] in needs
        assert all(reason["limit"] and reason["owner"] and reason["smallest_change"] for reason in row["reasons"])
    first = told(tmp_path)
    again = start(shared_home, *arguments(tmp_path / "inbox", tmp_path))
    assert "0 new" in again.stdout
    assert told(tmp_path) == first


def test_the_doctor_finds_nothing_red_where_bubblewrap_works(shared_home: Path) -> None:
    ended = start(shared_home, "--plain", "doctor")
    red = [line for line in ended.stdout.splitlines() if line.startswith("RED")]
    if shutil.which("bwrap") is None and "sandbox" not in os.environ.get("SILD_REQUIRE", ""):
        assert all("sandbox" in line for line in red)
    else:
        assert (red, ended.returncode) == ([], 0)


def test_the_ledger_verifies_without_a_database_and_finds_a_changed_entry(shared_home: Path) -> None:
    ended = start(shared_home, "--plain", "ledger", "verify", DATABASE_URL="postgresql://x:y@/nowhere?host=/nonexistent")
    assert ended.returncode == 0, ended.stdout
    entries = shared_home / "ledger" / "entries"
    original = entries.read_text()
    entries.write_text(original.replace("0 ", "0 ", 1)[:-2] + ("0\n" if original[-2] != "0" else "1\n"))
    changed = start(shared_home, "--plain", "ledger", "verify")
    entries.write_text(original)
    assert changed.returncode == 1
    assert "entr" in changed.stdout


def test_the_doctor_is_red_on_a_lost_original_and_a_changed_ledger(ready_home: Path, tmp_path: Path) -> None:
    assert start(ready_home, *arguments(some_messages(tmp_path / "inbox", 2), tmp_path)).returncode == 0
    lost = next(path for path in (ready_home / "originals").rglob("*") if path.is_file())
    # one whose door was killed before its row, hours ago, and one that a door may be at work on now
    old, young = (ready_home / "originals" / (sign * 2) / (sign * 64) for sign in "ab")
    for file in (old, young):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"a letter")
    os.utime(old, (0, 0))
    os.utime(next(path for path in (ready_home / "originals").rglob("*") if path not in (lost, old, young) and path.is_file()), (0, 0))
    lost.unlink()
    entries = ready_home / "ledger" / "entries"
    entries.write_text(entries.read_text()[:-66])
    ended = start(ready_home, "--plain", "doctor")
    red = {line.split()[1] for line in ended.stdout.splitlines() if line.startswith("RED")}
    assert ended.returncode == 1
    assert {"originals.there:", "ledger.holds:", "ledger.same:"} <= red
    assert f"originals.known: 1 files of the store are told of by no row; look at the first, and put it in again: {old}" in ended.stdout


def killed_and_started_again(home: Path, inbox: Path, out: Path, points: int, seed: int) -> int:
    """Start the run and kill it at a random moment, again and again; then let it end. Returns how many were killed under way."""
    draw, killed = random.Random(seed), 0
    environment = os.environ | {"SILD_HOME": str(home)}
    for _ in range(points):
        child = subprocess.Popen(
            [sys.executable, "-m", "sild", *arguments(inbox, out)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(draw.uniform(0.6, 4.0))
        killed += child.poll() is None
        # it may have ended by itself just now, and its group with it
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    ended = start(home, *arguments(inbox, out))
    assert ended.returncode == 0, ended.stderr
    return killed


def test_a_killed_run_started_again_gives_the_same_register(own_home: Path, shared_home: Path, tmp_path: Path) -> None:
    inbox = some_messages(tmp_path / "inbox")
    (tmp_path / "whole").mkdir()
    (tmp_path / "killed").mkdir()
    start(shared_home, *arguments(inbox, tmp_path / "whole"))
    assert killed_and_started_again(own_home, inbox, tmp_path / "killed", points=3, seed=1) >= 1
    assert told(tmp_path / "killed") == told(tmp_path / "whole")
    assert start(own_home, "ledger", "verify").returncode == 0


@pytest.mark.slow
def test_twenty_kills_give_the_same_register(own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "killed").mkdir()
    other = tmp_path / "other"
    start(other, *arguments(sample.INBOX, tmp_path / "whole"))
    start(other, "reset", "--yes")
    assert killed_and_started_again(own_home, sample.INBOX, tmp_path / "killed", points=20, seed=7) >= 10
    assert told(tmp_path / "killed") == told(tmp_path / "whole")
