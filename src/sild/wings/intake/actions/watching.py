"""A watched folder: what lies there when the watch begins, and what comes later, is taken in as soon as it is whole.

Nothing in the folder is moved, changed or deleted. A file that is still being written is waited for; whatever stops the watch, the next
one begins with everything that lies there, and what is known stays one message.
"""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import signal
import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from django.db import connections
from watchfiles import watch

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.home import Home
from sild.kernel.jobs import PASSING, defer
from sild.kernel.log import told
from sild.kernel.refusals import Refused
from sild.wings.intake.actions.taking import Reader, Taken, Taking
from sild.wings.intake.rules import Door, visible_name
from sild.wings.planning.public import REFRESH

LINES = logging.getLogger("sild.intake")
SETTLED_S = 2.0
"""So long a file must stand unchanged; where the system can tell, nobody may have it open for writing either."""
LOOK_EVERY_MS = 500
SWEEP_EVERY_S = 300.0
"""Folders of other machines tell nobody of changes: everything is looked at again this often."""
AGAIN_AFTER_S = 15.0
UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".temp", ".swp", "~")
"""Endings under which programs write what they rename when it is whole."""

Mark = tuple[int, int, int]
"""What tells that a file is another than before: its number on the disk, its size, its last change."""


@dataclass(slots=True)
class Watched:
    """What a watch knows of its folder."""

    folder: Path
    leases: bool = False
    waiting: dict[Path, tuple[Mark, float]] = field(default_factory=dict)
    done: dict[Path, Mark] = field(default_factory=dict)

    def look(self, path: Path, now: float) -> None:
        """Note a file that is new or changed; what is no file of its own, hidden or unfinished is left alone."""
        mark = _mark(path)
        if mark is None or _is_left_alone(self.folder, path):
            self.waiting.pop(path, None)
            return
        if self.done.get(path) == mark:
            return
        known = self.waiting.get(path)
        if known is None or known[0] != mark:
            self.waiting[path] = (mark, now)

    def sweep(self, now: float) -> None:
        """Note everything that lies in the folder and below it; forget what is gone."""
        there = set(_files_below(self.folder))
        for path in sorted(there):
            self.look(path, now)
        self.done = {path: mark for path, mark in self.done.items() if path in there}

    def whole(self, now: float) -> Iterator[tuple[Path, Mark]]:
        """The files that stood still for long enough and that nobody writes."""
        for path, (mark, since) in sorted(self.waiting.items()):
            current = _mark(path)
            if current != mark:
                self.look(path, now)
            elif now - since >= SETTLED_S and not (self.leases and _is_written(path)):
                yield path, mark


@action("intake.watch-folder", roles=frozenset({Role.SERVICE}), stepwise=True)
def watch_folder(
    actor: Actor, folder: Path, home: Home, reader: Reader, *, over: Event, said: Callable[[str, Taken], None] = lambda _name, _taken: None
) -> None:
    """Take in what lies in a folder and its subfolders and what comes into them, until `over` is set; `said` is told of each file.

    Links and hidden files are left alone. Raises Refused where there is no such folder.
    """
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder} to watch. Check the path and start again.")
    seen = Watched(folder, leases=_prepared_for_leases())
    swept = time.monotonic()
    seen.sweep(swept)
    _take_whole(actor, home, reader, seen, said)
    for changes in watch(
        folder, watch_filter=None, stop_event=over, rust_timeout=LOOK_EVERY_MS, yield_on_timeout=True, raise_interrupt=True, debounce=200
    ):
        now = time.monotonic()
        for _kind, path in changes:
            # what is written beneath a folder that was moved here in one piece is told of as that folder alone
            found = Path(path)
            for one in _files_below(found) if found.is_dir() and not found.is_symlink() else (found,):
                seen.look(one, now)
        if now - swept > SWEEP_EVERY_S:
            swept = now
            seen.sweep(now)
        _take_whole(actor, home, reader, seen, said)


def _take_whole(actor: Actor, home: Home, reader: Reader, seen: Watched, said: Callable[[str, Taken], None]) -> None:
    """Take what is whole; a file that cannot be taken now is tried again, and stands in nobody's way."""
    taking = Taking(actor, home, reader, Door.WATCHED)
    fresh = 0
    for path, mark in list(seen.whole(time.monotonic())):
        name = visible_name(str(path.relative_to(seen.folder)))
        try:
            taken = taking.file(path, name)
        except (OSError, Refused, *PASSING) as fault:
            LINES.warning("a watched file could not be taken in (%s); it is tried again", told(fault))
            if isinstance(fault, PASSING):
                connections.close_all()
            seen.waiting[path] = (mark, time.monotonic() + AGAIN_AFTER_S)
            continue
        seen.waiting.pop(path, None)
        if _mark(path) == mark:
            seen.done[path] = mark
        fresh += taken.fresh
        said(name, taken)
    if fresh:
        LINES.info("%d messages from the watched folder", fresh)
        defer(REFRESH, actor=actor)


def _files_below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, onerror=None, followlinks=False):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(files):
            yield Path(place, name)


def _is_left_alone(folder: Path, path: Path) -> bool:
    """Whether a path lies outside, is hidden, or bears an ending of what is not finished."""
    if not path.is_relative_to(folder):
        return True
    parts = path.relative_to(folder).parts
    return any(part.startswith(".") for part in parts) or parts[-1].lower().endswith(UNFINISHED)


def _mark(path: Path) -> Mark | None:
    """The mark of an ordinary file; None for anything else, or for what is gone."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return (status.st_ino, status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None


def _prepared_for_leases() -> bool:
    """Whether leases may be asked for here: whoever opens a leased file sends its holder a signal that would end it."""
    if threading.current_thread() is not threading.main_thread():
        return False
    signal.signal(signal.SIGIO, signal.SIG_IGN)
    return True


def _is_written(path: Path) -> bool:
    """Whether somebody has the file open for writing, where the system tells: a read lease is not given on such a file."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as refusal:
        return refusal.errno in (errno.EAGAIN, errno.EBUSY)
    finally:
        os.close(handle)
    return False
