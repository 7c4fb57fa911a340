"""Bad input: one clear line that says what happened and what to do, a code that is not 0, and nothing changed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sild import sample
from tests.cli.conftest import start

EXERCISE_ONLY = "exercise: true\nacts: []\n"


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    (folder / "a.txt").write_text("Lviv City Council asks for 40 laptops.", encoding="utf-8")
    return folder


def refused(home: Path, *arguments: str, **environment: str) -> str:
    ended = start(home, *arguments, **environment)
    assert ended.returncode == 2, ended.stdout + ended.stderr
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 1, ended.stderr
    assert lines[0].startswith("sild: ")
    assert "Traceback" not in ended.stderr
    return lines[0]


def test_a_wrong_path(shared_home: Path, tmp_path: Path) -> None:
    assert "There is no folder" in refused(shared_home, "run", str(tmp_path / "nowhere"))


def test_a_file_in_place_of_a_folder(shared_home: Path, inbox: Path) -> None:
    assert "is not a folder" in refused(shared_home, "run", str(inbox / "a.txt"))


def test_a_bad_date(shared_home: Path, inbox: Path) -> None:
    assert "is not a date: write it as 2026-02-10" in refused(shared_home, "run", str(inbox), "--today", "31.02.2026")


def test_an_unknown_option_and_a_missing_argument(shared_home: Path, inbox: Path) -> None:
    assert "--partys" in refused(shared_home, "run", str(inbox), "--partys", "x")
    assert "inbox" in refused(shared_home, "run")


def test_a_malformed_parties_file(shared_home: Path, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_text("canonical_name,country,kind,sector\nX,UA,hospital,health\n", encoding="utf-8")
    assert "line 2, kind: 'hospital'" in refused(shared_home, "run", str(inbox), "--parties", str(tmp_path / "parties.csv"))
    assert "There is no parties file" in refused(shared_home, "run", str(inbox), "--parties", str(tmp_path / "absent.csv"))


def test_an_unknown_key_of_the_mechanism(shared_home: Path, inbox: Path, tmp_path: Path) -> None:
    text = sample.DEFAULT_MECHANISM.read_text(encoding="utf-8").replace("exercise:", "excercise:")
    (tmp_path / "mechanism.yaml").write_text(text, encoding="utf-8")
    told = refused(shared_home, "run", str(inbox), "--mechanism", str(tmp_path / "mechanism.yaml"))
    assert "excercise: is not a key of this file" in told


def test_decisions_are_not_replayed_outside_an_exercise(shared_home: Path, inbox: Path, tmp_path: Path) -> None:
    acts = [{"as": "officer", "on": "2026-02-01", "act": "accept", "where": {"kind": "request"}, "reason": "read"}]
    (tmp_path / "decisions.yaml").write_text(json.dumps({"exercise": True, "acts": acts}), encoding="utf-8")
    told = refused(shared_home, "run", str(inbox), "--decisions", str(tmp_path / "decisions.yaml"))
    assert "is not an exercise" in told


def test_a_decisions_file_without_the_flag(shared_home: Path, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "decisions.yaml").write_text("acts: []\n", encoding="utf-8")
    assert "exercise: " in refused(shared_home, "run", str(inbox), "--decisions", str(tmp_path / "decisions.yaml"))


def test_a_place_to_write_that_is_not_there(shared_home: Path, inbox: Path, tmp_path: Path) -> None:
    assert "Make it first" in refused(shared_home, "run", str(inbox), "--lines", str(tmp_path / "no" / "lines.jsonl"))


def test_a_database_that_is_down(tmp_path: Path, inbox: Path) -> None:
    url = f"postgresql://nobody:x@/sild?host={tmp_path}"
    assert "cannot be reached" in refused(tmp_path / "home", "run", str(inbox), DATABASE_URL=url)


def test_a_database_address_that_is_none(tmp_path: Path, inbox: Path) -> None:
    assert "DATABASE_URL" in refused(tmp_path / "home", "init", DATABASE_URL="mysql://x")


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert "Set SILD_HOME" in refused(tmp_path / "file", "init")


def test_a_folder_that_is_no_home_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    assert "is not a home of Sild" in refused(tmp_path, "reset", "--yes")
    assert (tmp_path / "photo.jpg").exists()


def test_a_desk_that_is_not_there_is_not_made_by_its_doctor(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    assert "There is no desk" in refused(tmp_path / "letters", "doctor")
    assert list((tmp_path / "letters").iterdir()) == []


def test_the_demo_reads_nothing_into_a_home_that_holds_more_than_exercises(shared_home: Path) -> None:
    before = sorted(str(path) for path in (shared_home / "originals").rglob("*"))
    told = refused(shared_home, "demo", "--no-serve")
    assert "no exercise" in told
    assert "Nothing was read." in told
    assert f"SILD_HOME={shared_home}-exercise sild demo" in told
    assert sorted(str(path) for path in (shared_home / "originals").rglob("*")) == before


def test_a_folder_without_messages(shared_home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "There are no messages" in refused(shared_home, "run", str(tmp_path / "empty"))


def test_a_key_that_is_no_key(shared_home: Path) -> None:
    assert "is not a verifier line" in refused(shared_home, "ledger", "verify", "--key", "foo")


def test_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    assert "There is no ledger" in refused(tmp_path / "home", "ledger", "verify")


@pytest.mark.parametrize("text", ["", "[", "[]", '{"needs": 3}', '{"needs": [{}], "offers": []}', "\x00"])
def test_a_problem_that_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "problem.json").write_text(text, encoding="utf-8")
    told = refused(tmp_path / "home", "solve", "allocation", str(tmp_path / "problem.json"), "--out", str(tmp_path / "answer.json"))
    assert "problem" in told
    assert not (tmp_path / "answer.json").exists()


def test_a_time_limit_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "problem.json").write_text('{"needs": [], "offers": [], "budgets": {}, "absorption": {}, "pairs": []}', encoding="utf-8")
    told = refused(
        tmp_path / "home", "solve", "allocation", str(tmp_path / "problem.json"), "--out", str(tmp_path / "a.json"), "--time-limit", "0"
    )
    assert "time limit" in told


def test_output_that_nobody_reads_ends_quietly(tmp_path: Path) -> None:
    ended = os.system(f"{os.sys.executable} -m sild --help | head -1 > {tmp_path / 'out'}")  # type: ignore[attr-defined]
    assert ended == 0
