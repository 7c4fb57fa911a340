"""Other commands beside the test: a Python process that uses a home's server until it is told to end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOLD = """
import sys
from pathlib import Path
from sild.postgres.supervisor import running
with running(Path(sys.argv[1]), durable=sys.argv[2] == "durable") as server:
    print(server.pid, flush=True)
    sys.stdin.readline()
"""


class Command:
    """A command that holds the server open. `server` is the process id of the server it got."""

    def __init__(self, home: Path, durable: bool = False) -> None:
        words = [sys.executable, "-c", HOLD, str(home), "durable" if durable else "fast"]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.server = 0

    def wait_for_server(self) -> int:
        """Block until the command has its server."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.strip().isdigit(), f"the command ended without a server: {line!r}"
        self.server = int(line)
        return self.server

    def end(self) -> int:
        """Let the command end by itself; its exit code."""
        self.process.communicate("\n", timeout=60)
        return self.process.returncode

    def kill(self) -> None:
        """End it as the kernel does when memory is short: no farewell."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
