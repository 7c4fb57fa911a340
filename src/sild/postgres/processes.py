"""The server's process: is it ours, is it alive, how it is started and told to stop.

A process number alone proves nothing: it may have been given to somebody else since. What proves it is the data
directory in the process's own command line, and the lock that the server and all its children inherit.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from sild.postgres.binaries import CLEAN_ENVIRONMENT, Binaries
from sild.postgres.places import Account, Place, write_private

NOBODY_PID = 2**31 - 1  # above every pid that Linux gives
CLOCK_SLACK_S = 120.0


@dataclass(frozen=True, slots=True)
class PidFile:
    """What postmaster.pid says: process, data directory, when it started (Unix time), whether it takes connections."""

    pid: int
    data: str
    started: int
    ready: bool


def read_pid_file(data: Path) -> PidFile | None:
    """The server's pid file, or None when there is none or it is not whole yet."""
    try:
        lines = (data / "postmaster.pid").read_text(errors="replace").splitlines()
        return PidFile(int(lines[0]), lines[1], int(lines[2]), len(lines) > 7 and lines[7].strip() == "ready")
    except (OSError, IndexError, ValueError):
        return None


def serving_pid(place: Place) -> int | None:
    """The process that serves this data directory, or None. A stale file, a reused number and a zombie are None."""
    noted = read_pid_file(place.data)
    if noted is None or noted.data != str(place.data) or noted.pid <= 1:
        return None
    return noted.pid if _serves(noted, place.data) else None


def _serves(noted: PidFile, data: Path) -> bool:
    words = command_line(noted.pid)
    if not words or Path(words[0]).name != "postgres" or "-D" not in words[:-1] or words[words.index("-D") + 1] != str(data):
        return False
    started = start_time(noted.pid)
    return started is None or started < noted.started + CLOCK_SLACK_S  # a later process than the file tells of is another one


def command_line(pid: int) -> list[str]:
    """The words that the process was started with; empty for a dead one and a zombie."""
    try:
        return [word.decode(errors="replace") for word in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[:-1]]
    except OSError:
        return []


def start_time(pid: int) -> float | None:
    """When the process started (Unix time), or None when the system does not tell."""
    try:
        ticks = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
        boot = next(line for line in Path("/proc/stat").read_text().splitlines() if line.startswith("btime"))
        return int(boot.split()[1]) + ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, StopIteration):
        return None


def disarm_pid_file(place: Place) -> None:
    """Make a pid file of the past harmless. Call only when no process of the server is left.

    The number is replaced, not the file removed: it also names the shared memory, which PostgreSQL checks itself
    before it starts, and that second look is worth keeping.
    """
    path = place.data / "postmaster.pid"
    try:
        lines = path.read_text(errors="replace").splitlines()
    except FileNotFoundError:
        lines = []
    if len(lines) >= 2 and lines[0].strip().isdigit():
        write_private(path, "\n".join([str(NOBODY_PID), *lines[1:]]) + "\n")
        if place.account:
            os.chown(path, place.account.uid, place.account.gid, follow_symlinks=False)
    else:
        path.unlink(missing_ok=True)
    for left in place.socket.iterdir():
        left.unlink(missing_ok=True)


def run_as(account: Account | None, line: list[str], cwd: Path, timeout_s: float) -> subprocess.CompletedProcess[str]:
    """Run one program to its end as the account (ours when None), with a clean environment and no input."""
    who = _identity(account)
    return subprocess.run(
        line, capture_output=True, text=True, errors="replace", cwd=cwd, timeout=timeout_s, env=CLEAN_ENVIRONMENT, umask=0o077,
        stdin=subprocess.DEVNULL, start_new_session=True, check=False, user=who.user, group=who.group, extra_groups=who.extra,
    )  # fmt: skip


def spawn_server(binaries: Binaries, place: Place, options: list[str], inherited: int) -> subprocess.Popen[bytes]:
    """Start the server in a session of its own (Ctrl-C does not reach it); it keeps the inherited lock while it lives."""
    who = _identity(place.account)
    handle = os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    try:
        return subprocess.Popen(
            [binaries.program("postgres"), "-D", str(place.data), *options], stdin=subprocess.DEVNULL, stdout=handle, stderr=handle,
            cwd=place.base, env=CLEAN_ENVIRONMENT, umask=0o077, start_new_session=True, pass_fds=(inherited,),
            user=who.user, group=who.group, extra_groups=who.extra,
        )  # fmt: skip
    finally:
        os.close(handle)


def wait_until_gone(place: Place, pid: int, child: subprocess.Popen[bytes] | None, within_s: float) -> bool:
    """Wait for the server's main process to end; reaps it when it is our child."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if child is not None and child.pid == pid:
            if child.poll() is not None:
                return True
        elif str(place.data) not in command_line(pid):
            return True
        time.sleep(0.01)
    return False


def tell(pid: int, what: signal.Signals) -> None:
    """Send a signal to a process that may be gone by now."""
    try:
        os.kill(pid, what)
    except ProcessLookupError:
        return


@dataclass(frozen=True, slots=True)
class _Identity:
    user: int | None
    group: int | None
    extra: list[int] | None


def _identity(account: Account | None) -> _Identity:
    return _Identity(account.uid, account.gid, []) if account else _Identity(None, None, None)


def listens_on_tcp(pid: int) -> list[int]:
    """The TCP ports that the process listens on, from the kernel; empty also where its open files cannot be seen."""
    try:
        links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return []
    inodes = {link[8:-1] for link in links if link.startswith("socket:[")}
    ports = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if table.exists():
            rows = [line.split() for line in table.read_text().splitlines()[1:]]
            ports |= {int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == "0A" and row[9] in inodes}
    return sorted(ports)
