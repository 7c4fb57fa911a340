"""The processes that `sild serve` keeps: the database and the children beside the web processes. What dies is started again."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sild.kernel.log import told
from sild.postgres.faults import DatabaseFault

LINES = logging.getLogger("sild.serve")
LOOK_EVERY_S = 0.25
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 30.0
LIVED_S = 20.0
"""After a life as long as this a death counts as the first again."""
END_WITHIN_S = 15.0


@dataclass(slots=True)
class Child:
    """One command of this program, run beside us, and how it fared."""

    verb: str
    process: subprocess.Popen[bytes] | None = None
    born: float = 0.0
    wait_s: float = FIRST_WAIT_S
    not_before: float = 0.0

    def start(self) -> None:
        """Run it in a session of its own: Ctrl-C at our terminal reaches us alone, and we end it."""
        line = [sys.executable, "-m", "sild", "--plain", self.verb, "--parent", str(os.getpid())]
        self.process = subprocess.Popen(line, stdin=subprocess.DEVNULL, start_new_session=True)
        self.born = time.monotonic()

    def look(self) -> None:
        """Start it when it is due; note when it died, and let it wait a little longer each time."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            code, self.process = self.process.returncode, None
            self.wait_s = FIRST_WAIT_S if now - self.born > LIVED_S else min(self.wait_s * 2, LONGEST_WAIT_S)
            self.not_before = now + self.wait_s
            LINES.warning("the %s ended with %s; it is started again in %.1f s", self.verb, code, self.wait_s)
        if self.process is None and now >= self.not_before:
            self.start()


@dataclass(slots=True)
class Keeper:
    """Looks after the database (by `ensure`, which starts it when it died) and the children, in a thread of its own."""

    verbs: Sequence[str]
    ensure: Callable[[], None] | None
    _children: list[Child] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._children = [Child(verb) for verb in self.verbs]
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the children: they are asked, and killed when they do not listen."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + END_WITHIN_S
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _keep(self) -> None:
        wait_s = FIRST_WAIT_S
        while not self._over.wait(LOOK_EVERY_S):
            try:
                if self.ensure is not None:
                    self.ensure()
                for child in self._children:
                    child.look()
                wait_s = FIRST_WAIT_S
            except (DatabaseFault, OSError) as fault:
                LINES.exception("the database could not be started again (%s); the next try is in %.1f s", told(fault), wait_s)
                self._over.wait(wait_s)
                wait_s = min(wait_s * 2, LONGEST_WAIT_S)
