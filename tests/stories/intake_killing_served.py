"""kill -9 while the desk is served: the web process under uploads, the worker, the reading that it starts, and the sandbox under that.

Letters are sent to the API by several senders at once, each under one key until it is answered; what was answered with 202 was promised.
"""

from __future__ import annotations

import contextlib
import http.client
import random
import signal
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.cli.serving import Serving
from tests.stories.killing import asked

SERVED = ("upload", "worker", "reading", "sandbox")
SENDERS = 4
FEW, MANY = 8, 32
GIVE_UP_S = 120.0
_MARKS = {"reading": (" read ",), "sandbox": ("bwrap", "sild")}
_NOT_A_READER = "vectors"


@dataclass
class Sending:
    """Letters on their way by the API; `answered` counts those that were promised to be read."""

    port: int
    token: str
    answered: int = 0
    attempts: int = 0
    faults: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, letters: list[bytes], name: str) -> list[threading.Thread]:
        """Send them, SENDERS at once; returns the threads that do it."""
        waiting = list(enumerate(letters))

        def go() -> None:
            while True:
                with self._lock:
                    if not waiting:
                        return
                    number, data = waiting.pop()
                self._until_answered(f"/api/v1/messages?name={name}-{number}.eml", data)

        threads = [threading.Thread(target=go, daemon=True) for _ in range(SENDERS)]
        for thread in threads:
            thread.start()
        return threads

    def _until_answered(self, path: str, data: bytes) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "message/rfc822", "Idempotency-Key": str(uuid.uuid4())}
        begun, said = time.monotonic(), ""
        while time.monotonic() - begun < GIVE_UP_S:
            with self._lock:
                self.attempts += 1
            with (
                contextlib.suppress(OSError, http.client.HTTPException),
                contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection,
            ):
                connection.request("POST", path, data, headers)
                answer = connection.getresponse()
                said = f"{answer.status} {answer.read()[:200]!r}"
                if answer.status == 202:
                    with self._lock:
                        self.answered += 1
                    return
                if answer.status < 500 and answer.status not in (409, 429):
                    break
            time.sleep(0.1)
        with self._lock:
            self.faults.append(f"{path} was never taken: {said}")


def kills_while_served(home: Path, points: int, draw: random.Random, letters: Callable[[int], list[bytes]]) -> tuple[Counter[str], Sending]:
    """So many kills, in turn; at the end everything that was sent is answered and the desk ends by itself."""
    killed: Counter[str] = Counter()
    token = str(asked(home, "prepare")[0]["token"])
    serving = Serving(home, home.parent / "serve.log", "--workers", "2").start()
    sending = Sending(serving.port, token)
    try:
        for point in range(points):
            kind = SERVED[point % len(SERVED)]
            threads = sending.send(letters(MANY if kind == "upload" else FEW), f"served-{point}")
            killed[kind] += _kill(serving, kind, draw)
            for thread in threads:
                thread.join(GIVE_UP_S + 30)
                assert not thread.is_alive(), "a letter was never answered"
    finally:
        code = serving.end()
    if code != 0:
        sending.faults.append(f"sild serve ended with {code}: {serving.told()}")
    return killed, sending


def _kill(serving: Serving, kind: str, draw: random.Random) -> bool:
    """Kill one process of a kind at a random moment; for what lives for a moment only, soon after it is there."""
    if kind in ("upload", "worker"):
        # so long the letters take on a busy machine
        time.sleep(draw.uniform(0.0, 1.0 if kind == "upload" else 3.0))
        return serving.kill("web" if kind == "upload" else "worker")
    deadline = time.monotonic() + 20.0
    while time.monotonic() < deadline:
        for process in serving.family():
            with contextlib.suppress(psutil.Error):
                words = " ".join(process.cmdline()) + " "
                if all(mark in words for mark in _MARKS[kind]) and _NOT_A_READER not in words:
                    time.sleep(draw.uniform(0.0, 2.0 if kind == "reading" else 0.5))
                    process.send_signal(signal.SIGKILL)
                    return True
        time.sleep(0.02)
    return False
