"""`sild serve` as a person starts it: a process of its own on a free port, with its children, to be asked and to be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

import psutil

from sild.postgres.supervisor import Server

READY_WITHIN_S = 90.0
KINDS = {"web": "spawn_main", "worker": " worker --parent", "sequencer": " sequencer --parent"}


def free_port() -> int:
    """A port that nobody listens at in this moment."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Serving:
    """A served home. Use as a context: it is told to end at the end."""

    def __init__(self, home: Path, log: Path, *words: str) -> None:
        self.home, self.log, self.words = home, log, words
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where the desk is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Self:
        """Start, and wait until pages are answered. Raises AssertionError with the log where they are not."""
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SILD_TRACE", "SILD_BIND")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "sild", "--plain", "serve", "--port", str(self.port), *self.words],
                env=kept | {"SILD_HOME": str(self.home)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_for_an_answer()
        return self

    def wait_for_an_answer(self) -> None:
        """Wait until a page comes that needs the database."""
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            assert self.process is not None
            assert self.process.poll() is None, f"sild serve ended with {self.process.returncode}: {self.told()}"
            if self.status("/api/v1/problems") == 200 and self.status("/sign-in/") == 200:
                return
            time.sleep(0.1)
        raise AssertionError(f"no answer within {READY_WITHIN_S:.0f} s: {self.told()}")

    def status(self, path: str) -> int:
        """The status of a page, 0 where nobody answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except OSError:
            return 0

    def told(self) -> str:
        """The end of the log."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-3000:]

    def processes(self, kind: str) -> list[psutil.Process]:
        """The living processes of a kind: web, worker, sequencer, database, serve."""
        assert self.process is not None
        if kind == "serve":
            return [psutil.Process(self.process.pid)]
        if kind == "database":
            number = Server(self.home).pid
            return [psutil.Process(number)] if number is not None else []
        found = []
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.Error):
                if KINDS[kind] in " ".join(child.cmdline()) and child.status() != psutil.STATUS_ZOMBIE:
                    found.append(child)
        return found

    def family(self) -> list[psutil.Process]:
        """All processes that serve started, itself among them."""
        assert self.process is not None
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def kill(self, kind: str) -> bool:
        """kill -9 one process of the kind; returns whether there was one."""
        for process in self.processes(kind)[:1]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
                return True
        return False

    def end(self, within_s: float = 40.0) -> int:
        """Tell it to end; returns its code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(within_s)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.end()


def all_gone(processes: list[psutil.Process], within_s: float = 20.0) -> list[psutil.Process]:
    """Those that still live after this time; what nobody has buried yet is gone."""
    deadline = time.monotonic() + within_s
    alive = [process for process in processes if _lives(process)]
    while alive and time.monotonic() < deadline:
        time.sleep(0.1)
        alive = [process for process in alive if _lives(process)]
    return alive


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
