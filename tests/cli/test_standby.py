"""`sild standby` and `sild guard` where there is nothing to stand by: each says what is missing, and a desk works with a real pair."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from sild.postgres.standby import opened
from tests.cli.conftest import start
from tests.postgres.test_standby import free_ports, programs

EMBEDDED = {"debian": (), "embedded": ("--embedded",)}


def test_without_a_pair_every_verb_says_so(tmp_path: Path) -> None:
    folder = ("--folder", str(tmp_path / "none"))
    by = ("--by", "A", "--reason", "b")
    for words in (("status",), ("start",), ("switch", *by), ("return", *by), ("promote", *by, "--fenced", "c", "--yes")):
        told = start(tmp_path / "home", "standby", *words, *folder)
        assert (told.returncode, "There is no standby at" in told.stderr) == (2, True), told.stderr


def test_a_switch_over_is_asked_for_with_a_name_a_reason_and_a_fence(tmp_path: Path) -> None:
    for words, missing in ((("switch", "--reason", "b"), "--by"), (("promote", "--by", "A", "--reason", "b"), "--fenced")):
        told = start(tmp_path / "home", "standby", *words)
        assert (told.returncode, missing in told.stderr) == (2, True), told.stderr


def test_a_port_that_a_client_could_hold_is_refused(tmp_path: Path) -> None:
    told = start(tmp_path / "home", "standby", "exercise", "--port", Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    assert (told.returncode, "gives to clients" in told.stderr) == (2, True), told.stderr


def test_a_guard_without_a_standby_is_refused(tmp_path: Path) -> None:
    told = start(tmp_path / "home", "guard")
    assert (told.returncode, "There is no standby to guard" in told.stderr) == (2, True)
    told = start(tmp_path / "home", "guard", SILD_STANDBY="perhaps")
    assert (told.returncode, "write refuse or go-on" in told.stderr) == (2, True)


@pytest.mark.parametrize("kind", ["debian", pytest.param("embedded", marks=pytest.mark.slow)])
def test_the_exercise_brings_every_row_home(tmp_path: Path, kind: str) -> None:
    if kind == "debian":
        programs()
    told = start(tmp_path / "home", "--plain", "standby", "exercise", "--rows", "1000", "--port", str(free_ports()[0]), *EMBEDDED[kind])
    assert told.returncode == 0, told.stdout + told.stderr
    lines = [line.strip() for line in told.stdout.splitlines()]
    assert sum("written abroad" in line and "1100 rows" in line for line in lines) == 2
    assert sum("returned" in line and "1200 rows" in line for line in lines) == 2
    assert "Every row came home, and both sides hold the same." in lines


ACT = """
import sys
import sild.config.start
from sild.kernel import house
from sild.wings.intake.commands import run_of
from sild.wings.planning.public import take_in
house.join()
actor = run_of(None)
for line in sys.stdin:
    try:
        take_in(actor, only_endorsed=len(line) > 2, reason="a test")
        print("done", flush=True)
    except Exception as fault:
        print(type(fault).__name__, flush=True)
"""


@pytest.mark.slow
def test_a_desk_on_a_pair_follows_the_switch_and_promises_nothing_when_its_standby_is_lost(tmp_path: Path) -> None:
    programs()
    folder, home, ports = Path(tempfile.mkdtemp(prefix="sild-pair-")), tmp_path / "home", free_ports()
    folder.chmod(0o755)
    pair = ("--folder", str(folder / "pair"))
    by = ("--by", "Duty officer", "--reason", "a test")
    told = start(home, "--plain", "standby", "make", *pair, "--port", str(ports[0]), "--standby-port", str(ports[1]))
    assert told.returncode == 0, told.stderr
    address = next(line.partition("'")[2].rstrip("'") for line in told.stdout.splitlines() if line.startswith("  DATABASE_URL='"))
    word = (folder / "pair" / "keys" / "passwords" / "sild_superuser").read_text().strip()
    administrator = f"postgresql://sild_superuser:{word}@:{ports[0]}/sild?host={folder / 'pair' / 'home' / 'socket'}"
    children: list[subprocess.Popen[str]] = []
    words = dict(os.environ) | {"SILD_HOME": str(home), "DATABASE_URL": address, "SILD_STANDBY": "refuse"}
    try:
        assert start(home, "init", DATABASE_URL=administrator).returncode == 0
        told = start(home, "--plain", "doctor", DATABASE_URL=address)
        assert [line for line in told.stdout.splitlines() if line.startswith("RED") and "sandbox" not in line] == []
        children.append(subprocess.Popen([sys.executable, "-m", "sild", "guard"], env=words, text=True))
        writer = subprocess.Popen([sys.executable, "-c", ACT], env=words, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        children.append(writer)
        assert writer.stdin is not None
        assert writer.stdout is not None

        def act(number: int) -> str:
            writer.stdin.write("x" * (number % 2 + 1) + "\n")  # type: ignore[union-attr]  # looked at above
            writer.stdin.flush()  # type: ignore[union-attr]
            return writer.stdout.readline().strip()  # type: ignore[union-attr]

        assert act(0) == "done"
        told = start(home, "--plain", "standby", "switch", *by, *pair, DATABASE_URL=address)
        assert (told.returncode, "could not be told" in told.stdout, "No desk" in told.stdout) == (0, False, False), told.stdout
        moves = opened(folder / "pair").primary.query("sild")("SELECT kind, person, why FROM continuity_standbymove")
        assert moves == [("planned", "Duty officer", "a test")]
        assert start(home, "ledger", "verify").returncode == 0
        told_once = act(1)  # its connection ended with the old primary; the next one is the new primary's
        assert told_once in ("done", "OperationalError", "InterfaceError")
        standby = int((folder / "pair" / "home" / "data" / "postmaster.pid").read_text().split()[0])
        assert act(1) == "done" or act(1) == "done"
        os.kill(standby, signal.SIGKILL)
        began = time.monotonic()
        assert act(0) == "NotKnownReplicated"
        assert time.monotonic() - began < 30, "it hung"  # a bound on hanging, no measure of speed
        answers = [act(number) for number in range(1, 3)]
        assert set(answers) <= {"WritesRefused", "OperationalError"}, answers
    finally:
        for child in children:
            child.kill()
            child.wait()
        start(home, "standby", "stop", *pair)
        shutil.rmtree(folder)
