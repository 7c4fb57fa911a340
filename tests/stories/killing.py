"""Kills under load: people write through the API while parts of the desk are killed; afterwards everything acknowledged is there, once.

`Load` writes and notes what was acknowledged; `kill_at_random` kills; `verdict` holds the database and the book against the notes. What
needs the database runs in a process of its own (`python -m tests.stories.killing`), so that nothing here holds a connection.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cli.serving import Serving

VICTIMS = ("web", "worker", "sequencer", "database", "serve")
WRITERS = 3
GIVE_UP_S = 120.0
PLANTED = "kill-that-was-never-written"


@dataclass(slots=True)
class Load:
    """Writers, each with one seat's token. `acknowledged` holds the words of every write that was answered as done."""

    port: int
    seats: list[dict[str, Any]]
    acknowledged: list[str] = field(default_factory=list)
    rulings: int = 0
    attempts: int = 0
    refused: Counter[int] = field(default_factory=Counter)
    longest_s: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Begin to write."""
        for number in range(WRITERS):
            seat = self.seats[number % len(self.seats)]
            self._threads.append(threading.Thread(target=self._write, args=(seat, random.Random(number)), daemon=True))
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let each writer end what it began."""
        self._over.set()
        for thread in self._threads:
            thread.join(GIVE_UP_S)
        assert not [thread for thread in self._threads if thread.is_alive()], "a write was never answered"

    def _write(self, seat: dict[str, Any], chance: random.Random) -> None:
        while not self._over.is_set():
            words = f"kill-{uuid.uuid4()}"
            rules = bool(seat["gate"]) and chance.random() < 0.5
            need = chance.choice(seat["needs"])
            told: dict[str, Any] = {"text": words}
            if rules:
                version = self._version_of(need, seat["token"])
                told = {"gate": seat["gate"], "passed": chance.random() < 0.9, "reason": words, "version": version}
            status = self._until_answered(f"/api/v1/needs/{need}/{'rulings' if rules else 'notes'}", told, seat["token"])
            if status in (201, 204):
                self.acknowledged.append(words)
                self.rulings += rules
            else:
                self.refused[status] += 1

    def _version_of(self, need: str, token: str) -> int:
        """The version of a need as it is read now; 0 while nobody answers, which no ruling fits."""
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError, KeyError):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
            with contextlib.closing(connection):
                connection.request("GET", f"/api/v1/needs/{need}", headers={"Authorization": f"Bearer {token}"})
                return int(json.load(connection.getresponse())["version"])
        return 0

    def _until_answered(self, path: str, told: dict[str, Any], token: str) -> int:
        """Send the same request, under one key, until somebody answers for it; returns the status."""
        key, begun = str(uuid.uuid4()), time.monotonic()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": key}
        while time.monotonic() - begun < GIVE_UP_S:
            self.attempts += 1
            with (
                contextlib.suppress(OSError, http.client.HTTPException),
                contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)) as connection,
            ):
                connection.request("POST", path, json.dumps(told).encode(), headers)
                status = connection.getresponse().status
                if status < 500:
                    self.longest_s = max(self.longest_s, time.monotonic() - begun)
                    return status
            time.sleep(0.1)
        raise AssertionError(f"{path} was not answered within {GIVE_UP_S:.0f} s")


def kill_at_random(serving: Serving, load: Load, points: int, chance: random.Random) -> Counter[str]:
    """Kill parts at random moments while the load goes on; returns how often each was killed."""
    killed: Counter[str] = Counter()
    order = [VICTIMS[number % len(VICTIMS)] for number in range(points)]
    chance.shuffle(order)
    for victim in order:
        before = len(load.acknowledged)
        time.sleep(chance.uniform(0.05, 1.5))
        while not serving.kill(victim):
            time.sleep(0.05)
        killed[victim] += 1
        if victim == "serve":
            assert serving.process is not None
            serving.process.wait(10)
            serving.start()
        # the next kill hits a desk that works again, as far as the writers can tell
        deadline = time.monotonic() + GIVE_UP_S
        while len(load.acknowledged) < before + 2:
            assert time.monotonic() < deadline, f"nothing is acknowledged after the {victim} was killed: {serving.told()}"
            time.sleep(0.05)
    return killed


def asked(home: Path, what: str, *words: str, given: object = None) -> Any:
    """What a process of its own says: `prepare` the home, or the `verdict` over it."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SILD_TRACE")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.stories.killing", what, *words],
        env=kept | {"SILD_HOME": str(home)},
        cwd=Path(__file__).resolve().parents[2],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a round of kills came to; `faults` must be empty."""

    killed: Counter[str]
    acknowledged: int
    rulings: int
    attempts: int
    longest_s: float
    refused: dict[int, int]
    seconds: float
    faults: list[str]
    told: dict[str, Any]


def round_of_kills(home: Path, log: Path, points: int, seed: int) -> Outcome:
    """Serve the prepared home, write and kill, let it come to rest, and judge."""
    seats = asked(home, "prepare")
    begun = time.monotonic()
    serving = Serving(home, log, "--workers", "2").start()
    try:
        load = Load(serving.port, seats)
        load.start()
        killed = kill_at_random(serving, load, points, random.Random(seed))
        load.stop()
        told = asked(home, "verdict", given=load.acknowledged)
        planted = asked(home, "verdict", given=[*load.acknowledged, PLANTED])["faults"]
    finally:
        code = serving.end()
    faults = list(told.pop("faults"))
    if f"lost: {PLANTED}" not in planted:
        faults.append("the verdict did not see a planted loss: it proves nothing")
    if code != 0:
        faults.append(f"sild serve ended with {code}: {serving.told()}")
    return Outcome(
        killed=killed,
        acknowledged=len(load.acknowledged),
        rulings=load.rulings,
        attempts=load.attempts,
        longest_s=load.longest_s,
        refused=dict(load.refused),
        seconds=time.monotonic() - begun,
        faults=faults,
        told=told,
    )


if __name__ == "__main__":
    import tests.stories.killing_inside as inside

    json.dump(inside.SAY[sys.argv[1]](json.load(sys.stdin)), sys.stdout)
