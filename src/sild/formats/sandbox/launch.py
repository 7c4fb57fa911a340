"""How the fork server is started: inside bubblewrap where a real trial succeeds, else under its limits alone, with the reason kept."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Literal

from sild.formats.sandbox import frames
from sild.formats.sandbox.server import ChildLimits

Strength = Literal["bubblewrap", "rlimits-only"]
_PACKAGES = ("sild", "docx", "lxml", "odfdo", "olefile", "pypdfium2", "python_calamine", "typing_extensions", "yaml")
_START_SECONDS = 30.0
_BOOT = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from sild.formats.sandbox.server import main; main(json.loads(sys.argv[2]))"
)
_SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/etc/ld.so.cache")
# own users, processes, messages, network and host name; the weaker form is for root in a container that forbids new users
_WALLS = (
    ("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"),
    ("--unshare-pid", "--unshare-ipc", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try", "--cap-drop", "ALL"),
)


@dataclass(slots=True)
class Server:
    """A running server, how strong its walls are, and why they are not stronger ("" where they are).

    `ready` is what it said when it was; `recognises` are the languages in which it can read pictures, by tesseract's names.
    """

    process: subprocess.Popen[bytes]
    strength: Strength
    reason: str
    recognises: tuple[str, ...] = ()
    ready: dict[str, Any] = field(default_factory=dict)

    @property
    def requests(self) -> int:
        """The descriptor that takes request frames."""
        assert self.process.stdin is not None
        return self.process.stdin.fileno()

    @property
    def answers(self) -> int:
        """The descriptor that gives answer frames."""
        assert self.process.stdout is not None
        return self.process.stdout.fileno()

    def stop(self) -> None:
        """End the server and everything in its sandbox."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


class CannotStart(Exception):
    """The server does not start at all, not even without bubblewrap: the message says why."""


def start(limits: ChildLimits, bubblewrap: bool = True) -> Server:
    """A fork server that has answered that it is ready, behind the strongest walls that this system allows."""
    paths = [str(path) for path in _module_paths()]
    command = [*interpreter(), "-c", _BOOT, json.dumps(paths), json.dumps(asdict(limits))]
    server = behind_walls(command, _visible(), bubblewrap=bubblewrap)
    server.recognises = tuple(str(one) for one in server.ready.get("recognises", ()))
    return server


def behind_walls(command: list[str], visible: Iterable[Path], *, bubblewrap: bool = True) -> Server:
    """A process that sent the frame {"ready": true, ...}, with the strongest walls around it that this system allows. Raises CannotStart.

    Inside it sees the system's libraries, Python's own, and what is `visible`, all read-only; no network, no environment.
    """
    reason = "bubblewrap was not wanted" if not bubblewrap else ""
    program = shutil.which("bwrap") if bubblewrap else None
    if bubblewrap and program is None:
        reason = "bubblewrap (bwrap) is not installed; install the package bubblewrap"
    bound = [*_python(), *visible]
    for walls in _WALLS if program else ():
        try:
            return _spawn([*_bubblewrap(str(program), walls, bound), *command], "bubblewrap", "")
        except CannotStart as error:
            reason = reason or f"bubblewrap is installed but does not work here: {error}"
    return _spawn(command, "rlimits-only", reason)


def _spawn(command: list[str], strength: Strength, reason: str) -> Server:
    with tempfile.TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, env={}, cwd="/", bufsize=0, close_fds=True
            )
        except OSError as error:
            raise CannotStart(f"{command[0]}: {error.strerror}") from error
        server = Server(process, strength, reason)
        try:
            head, _ = frames.receive(server.answers, time.monotonic() + _START_SECONDS)
        except (frames.Broken, frames.TooSlow) as error:
            server.stop()
            raise CannotStart(_last_line(complaints) or f"it did not answer ({error})") from error
        if head.get("ready") is not True:
            server.stop()
            raise CannotStart("it answered with something else than that it is ready")
        server.ready = head
        return server


def _last_line(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = [line for line in complaints.read(20_000).decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1].strip()[:300] if lines else ""


def interpreter() -> list[str]:
    """Python as it runs behind walls: no site, no environment, no bytecode written."""
    return [os.path.realpath(sys.executable), "-I", "-S", "-B"]


def _bubblewrap(program: str, walls: tuple[str, ...], visible: list[Path]) -> list[str]:
    """The command in front: a root of nothing but the system's libraries and what is visible, all read-only, nothing writable."""
    command = [program, *walls, "--die-with-parent", "--new-session", "--clearenv"]
    bound: list[Path] = []
    for path in [*map(Path, _SYSTEM), *visible]:
        if path.exists() and not any(path.is_relative_to(above) for above in bound):
            bound.append(path)
            command += ["--ro-bind", str(path), str(path)]
    return [*command, "--remount-ro", "/", "--chdir", "/", "--"]


def _module_paths() -> list[Path]:
    """Where modules are looked for: the standard library, then the folders that hold this package and its parsers."""
    found = [Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("platstdlib"))]
    found += [stdlib / "lib-dynload" for stdlib in found[:2]]
    found += [package.parent for package in _packages()]
    return [path for path in dict.fromkeys(found) if path.exists()]


def _python() -> Iterator[Path]:
    yield Path(os.path.realpath(sys.executable)).parent
    base = Path(sys.base_prefix)
    if base != Path("/"):
        yield base
    for path in (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")):
        yield Path(path)


def _visible() -> Iterator[Path]:
    """What the server must be able to read besides the system and Python: the parsers, and of a checkout the package alone."""
    for package in _packages():
        # the parsers' folder whole, for some read their own version from the metadata beside them
        yield package if package.name == "sild" else package.parent


def _packages() -> Iterator[Path]:
    for name in _PACKAGES:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise CannotStart(f"the package {name} is not installed; run make install")
        origin = Path(spec.origin)
        yield origin.parent if origin.name.startswith("__init__.") else origin
