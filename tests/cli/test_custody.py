"""The commands of custody, from keys of three officers to a restore by two of them; what goes wrong is one sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sild.cli.app import app
from sild.cli.errors import ended_with
from tests.custody.conftest import register, restic

__all__ = ["register", "restic"]


def sild(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """Run a command in this process; its code and what it said."""
    monkeypatch.setattr("sys.argv", ["sild", *(str(word) for word in words)])
    code = ended_with(app)
    told = capsys.readouterr()
    return code, told.out + told.err


def test_three_officers_make_a_key_and_two_of_them_restore(
    restic: str, register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: object) -> tuple[int, str]:
        return sild(monkeypatch, capsys, *words)

    named = []
    for name in ("anna", "bohdan", "celine"):
        code, told = run("seal-key", tmp_path / f"{name}.key")
        assert code == 0
        named += ["--officer", f"{name}={re.search('age1[0-9a-z]+', told)[0]}"]  # type: ignore[index]  # it is there
    assert run("custody", "keys", tmp_path / "keys", *named, "--needed", 2)[0] == 0
    for name in ("anna", "celine"):
        assert run("unseal", tmp_path / "keys" / f"share-{name}.age", "--key", tmp_path / f"{name}.key")[0] == 0
    shares = ["--share", tmp_path / "keys" / "share-anna", "--share", tmp_path / "keys" / "share-celine"]
    ring = ["--keyring", tmp_path / "keys" / "keyring.json"]
    place = tmp_path / "custody"
    code, told = run("custody", "copy", register, place, "--name", "register", *shares, *ring, "--receipt", tmp_path / "copied.json")
    assert code == 0 and "4 files" in told
    receipt = json.loads((tmp_path / "copied.json").read_text())
    assert (receipt["deed"], receipt["sound"], receipt["key"]) == (
        "copied",
        True,
        json.loads((tmp_path / "keys" / "keyring.json").read_text())["fingerprint"],
    )
    assert run("custody", "key", "--out", tmp_path / "whole.key", *shares)[0] == 0
    assert "register" in run("custody", "list", place, "--key-file", tmp_path / "whole.key")[1]
    check = tmp_path / "check.sh"
    check.write_text("#!/bin/sh\ngrep -q nobody rows.csv\n")
    check.chmod(0o700)
    code, told = run("custody", "restore", place, tmp_path / "back", "--name", "register", *shares, "--check", check)
    assert code == 1 and "NOT AS IT SHOULD BE" in told
    assert (tmp_path / "back" / "rows.csv").read_text() == (register / "rows.csv").read_text()
    code, told = run("custody", "list", place, "--share", tmp_path / "keys" / "share-anna")
    assert code == 2 and "do not open the key" in told
    assert run("custody", "list", place)[0] == 2
    assert run("custody", "drop", place, "--name", "register", *shares)[0] == 2


def test_without_restic_it_is_said_how_to_get_it(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key = tmp_path / "whole.key"
    key.write_text("0f" * 32)
    key.chmod(0o600)
    monkeypatch.setenv("PATH", str(tmp_path))
    code, told = sild(monkeypatch, capsys, "custody", "copy", register, tmp_path / "custody", "--name", "a", "--key-file", key)
    assert (code, "apt install restic" in " ".join(told.split())) == (2, True)
