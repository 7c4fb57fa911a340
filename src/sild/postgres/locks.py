"""Locks that die with their process: who may start or stop a server, who uses it, and whether any of it still runs.

flock belongs to the open file, not to a process number, so kill -9 frees it and a reused pid cannot hold it.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sild.postgres.faults import DatabaseFault

PATIENCE_S = 120.0


class FileLock:
    """A lock on a file of ours, shared or alone; nothing is written into the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = -1
        self._shared = False

    @property
    def handle(self) -> int:
        """The open file, to be handed to a child that keeps the lock while it lives."""
        if self._handle < 0:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        return self._handle

    def share(self) -> None:
        """Hold it together with others; waits for a lone holder."""
        fcntl.flock(self.handle, fcntl.LOCK_SH)
        self._shared = True

    def try_alone(self) -> bool:
        """Hold it alone if nobody else has it. When refused, a share held before is held again."""
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if self._shared:  # the kernel drops the share before it refuses
                self.share()
            return False
        self._shared = False
        return True

    def in_place(self) -> bool:
        """Whether the file that we hold is still the one that others find at its path."""
        try:
            return os.path.samestat(os.fstat(self.handle), self.path.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let go, for every copy of this open file."""
        if self._handle >= 0:
            fcntl.flock(self._handle, fcntl.LOCK_UN)
            self.close()

    def close(self) -> None:
        """Close our copy only: a child that inherited the open file keeps the lock."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


@contextmanager
def one_at_a_time(place_lock: Callable[[], Path], patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Only one command at once starts or stops the server. Raises DatabaseFault when another takes longer than `patience_s`.

    `place_lock` tells where the lock file is, and makes its directory when missing: whoever held the lock before may
    have removed both, and a lock on a removed file would keep nobody out.
    """
    deadline = time.monotonic() + patience_s
    lock = FileLock(place_lock())
    try:
        while not (lock.try_alone() and lock.in_place()):
            if time.monotonic() > deadline:
                raise DatabaseFault(
                    f"Another command starts or stops the database for more than {patience_s:.0f} s ({lock.path}): wait for it, or end it."
                )
            time.sleep(0.02)
            if not lock.in_place():
                lock.release()
                lock = FileLock(place_lock())
        yield
    finally:
        lock.release()
