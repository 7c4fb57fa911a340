"""restic as it is called: Debian's program on a local folder or an S3-compatible store, its password through a pipe and nowhere else.

The password stands in no command line, no environment, no file and no message; output is read as JSON where restic gives it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sild.custody.faults import CustodyFault

PROGRAM = "restic"
LOWEST = (0, 14)
PASSED_ON = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_DEFAULT_REGION", "PATH", "HOME", "TMPDIR")
LONGEST_S = 24 * 3600
INCOMPLETE = 3
"""restic's own code for a copy from which a source file is missing."""
_ADDRESS = re.compile(r"s3:https?://[^\s@]+\Z|/[^\0]*\Z")


Step = Callable[[int], None]
"""Called with the bytes that are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A copy in a repository: restic's name of it, when it was made, from which folder, its tags."""

    id: str
    at: str
    paths: tuple[str, ...]
    tags: tuple[str, ...]


def program() -> str:
    """The path of restic. Raises CustodyFault where it is not installed, or is too old."""
    found = shutil.which(PROGRAM)
    if found is None:
        raise CustodyFault("restic is not installed, and custody copies are made with it: apt install restic")
    told = subprocess.run([found, "version"], capture_output=True, text=True, timeout=30, check=False).stdout
    version = re.search(r"restic (\d+)\.(\d+)", told)
    if version is None or (int(version[1]), int(version[2])) < LOWEST:
        raise CustodyFault(f"restic {LOWEST[0]}.{LOWEST[1]} or newer is needed; this is {told.strip() or 'none that tells its version'}.")
    return found


class Repository:
    """A repository of restic: a folder (an absolute path) or an S3-compatible address (s3:http...), opened with its key."""

    def __init__(self, address: str, key: str) -> None:
        if not _ADDRESS.fullmatch(address):
            raise CustodyFault(
                f"{address[:200]!r} is no repository: an absolute path, or s3:https://host/bucket without a name or password in it."
            )
        self.address, self.key, self.program = address, key, program()

    def exists(self) -> bool:
        """Whether there is a repository that this key opens. Raises CustodyFault where there is one that it does not open."""
        ended = self._run(["cat", "config"], check=False)
        if ended.returncode == 0:
            return True
        if "wrong password" in ended.stderr or "no key found" in ended.stderr:
            raise CustodyFault(f"The key does not open {self.address}.")
        return False

    def make(self) -> None:
        """Make the repository where there is none yet. Raises CustodyFault."""
        if not self.exists():
            self._run(["init", "--repository-version", "2"])

    def copy(self, folder: Path, tags: Sequence[str], progress: Step) -> str:
        """Copy a folder; what an earlier, broken copy brought is used. Returns the snapshot's name. Raises CustodyFault."""
        self.unlock()
        summary: dict[str, Any] = {}
        for told in self._lines(["backup", "--json", *_tags(tags), "."], folder):
            if told.get("message_type") == "status":
                progress(int(told.get("bytes_done", 0)))
            elif told.get("message_type") == "summary":
                summary = told
        if not summary.get("snapshot_id"):
            raise CustodyFault(f"restic ended without a copy of {folder}. Start it again: what it stored is used.")
        # older versions tell the name's beginning alone
        begins = str(summary["snapshot_id"])
        return next((one.id for one in self.snapshots() if one.id.startswith(begins)), begins)

    def put(self, name: str, data: bytes, tags: Sequence[str]) -> None:
        """Put bytes beside a copy, as a snapshot of one file. Raises CustodyFault."""
        self._run(["backup", "--stdin", "--stdin-filename", name, *_tags(tags)], data=data)

    def read(self, snapshot: str, name: str) -> bytes:
        """The bytes of a file that was put. Raises CustodyFault."""
        return self._run(["dump", snapshot, f"/{name}"]).stdout_bytes

    def snapshots(self, tag: str = "") -> list[Snapshot]:
        """The copies, the oldest first, all or those with a tag. Raises CustodyFault."""
        told = json.loads(self._run(["snapshots", "--json", *_tags([tag] if tag else [])]).stdout or "null") or []
        rows = [
            Snapshot(id=one["id"], at=one["time"], paths=tuple(one.get("paths") or ()), tags=tuple(one.get("tags") or ())) for one in told
        ]
        return sorted(rows, key=lambda one: one.at)

    def restore(self, snapshot: str, target: Path) -> None:
        """Write a copy into a folder. Raises CustodyFault."""
        self._run(["restore", snapshot, "--target", str(target)])

    def verify(self) -> list[str]:
        """Read every byte that is stored against its hash; returns what is wrong in restic's words, nothing where all is well."""
        self.unlock()
        ended = self._run(["check", "--read-data"], check=False)
        if ended.returncode == 0:
            return []
        wrong = [line.strip() for line in (ended.stdout + "\n" + ended.stderr).splitlines() if _is_damage(line)]
        return wrong or [ended.stderr.strip().splitlines()[-1] if ended.stderr.strip() else f"restic ended with {ended.returncode}"]

    def forget(self, snapshots: Sequence[str]) -> None:
        """Take copies away for good, with all that nothing else needs. Raises CustodyFault."""
        self._run(["forget", "--prune", *snapshots])

    def unlock(self) -> None:
        """Take away the locks of processes that ended; those of living ones stay. Raises CustodyFault."""
        self._run(["unlock"])

    @contextmanager
    def _password(self) -> Iterator[tuple[int, dict[str, str]]]:
        reader, writer = os.pipe()
        try:
            os.write(writer, self.key.encode() + b"\n")
            os.close(writer)
            environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
            environment |= {"RESTIC_REPOSITORY": self.address, "RESTIC_PASSWORD_FILE": f"/dev/fd/{reader}", "LC_ALL": "C.UTF-8"}
            yield reader, environment
        finally:
            os.close(reader)

    def _run(self, words: Sequence[str], *, data: bytes | None = None, check: bool = True) -> Ended:
        with self._password() as (reader, environment):
            try:
                done = subprocess.run(
                    [self.program, "--no-cache", *words],
                    input=data,
                    stdin=None if data is not None else subprocess.DEVNULL,
                    capture_output=True,
                    pass_fds=(reader,),
                    env=environment,
                    timeout=LONGEST_S,
                    check=False,
                )
            except subprocess.TimeoutExpired as fault:
                raise CustodyFault(f"restic did not end within a day ({words[0]}). Look at the line to {self.address}.") from fault
        ended = Ended(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))
        if check and ended.returncode != 0:
            raise CustodyFault(self._reason(words[0], ended.returncode, ended.stderr))
        return ended

    def _lines(self, words: Sequence[str], folder: Path) -> Iterator[dict[str, Any]]:
        """What restic tells while it works, line by line. Raises CustodyFault at its end where it failed."""
        with self._password() as (reader, environment), tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(
                [self.program, "--no-cache", *words],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                pass_fds=(reader,),
                env=environment,
            )
            ending = threading.Timer(LONGEST_S, process.kill)
            ending.start()
            try:
                assert process.stdout is not None
                for line in process.stdout:
                    if line.startswith(b"{"):
                        yield json.loads(line)
                code = process.wait()
            finally:
                ending.cancel()
                if process.poll() is None:
                    process.terminate()
                    process.wait()
            errors.seek(0)
            if code != 0:
                raise CustodyFault(self._reason(words[0], code, errors.read().decode("utf-8", "replace")))

    def _reason(self, verb: str, code: int, told: str) -> str:
        if "wrong password" in told or "no key found" in told:
            return f"The key does not open {self.address}."
        if code == INCOMPLETE and verb == "backup":
            return (
                "A file of the folder could not be read, so this is no copy. Let the account that copies read all of it, and start again."
            )
        last = [line for line in told.strip().splitlines() if line.strip()]
        return f"restic {verb} failed at {self.address}: {_message(last[-1]) if last else f'it ended with {code}'}"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended."""

    returncode: int
    stdout_bytes: bytes
    stderr: str

    @property
    def stdout(self) -> str:
        """The output as text."""
        return self.stdout_bytes.decode("utf-8", "replace")


def _message(line: str) -> str:
    """restic's last word, out of its JSON where it gives that."""
    try:
        told = json.loads(line)
    except ValueError:
        return line[:400]
    return str(told.get("message") or told.get("error") or line)[:400] if isinstance(told, dict) else line[:400]


def _is_damage(line: str) -> bool:
    return (
        bool(re.search(r"error|damaged|not found|does not match|invalid|fatal|missing", line, re.IGNORECASE))
        and "no errors were found" not in line
    )


def _tags(tags: Sequence[str]) -> list[str]:
    return [word for tag in tags for word in ("--tag", tag)]
