"""Lays the project's own environment in .venv from the hashed locks, then the project itself. Nothing outside the checkout changes.

A second call with the same locks does nothing. What is missing is said in one line that names the next step; exit 1.
Usage: install.py runtime|dev. `dev` holds all of `runtime`, in the same versions.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}
# measured on Debian 12: the finished environments hold 0.5 and 0.7 GB, and pip keeps its downloads beside them while it works
FREE_BYTES = {"runtime": 1_000_000_000, "dev": 1_300_000_000}
FREE_BYTES_FOR_A_CHANGE = 400_000_000
UNREACHABLE = re.compile(
    r"NewConnectionError|Failed to establish a new connection|name resolution|Name or service not known|ConnectTimeout|"
    r"ReadTimeout|Read timed out|ConnectionResetError|Connection refused|ProxyError|SSLError|CERTIFICATE_VERIFY|"
    r"No route to host|Network is unreachable",
)


class Missing(Exception):
    """Something that the installation needs is not there. The message is the line that a person reads."""


def say(text: str) -> None:
    print(text, flush=True)


def fingerprint(checkout: Path, kind: str) -> str:
    """What an environment depends on: lock, project file, this installer, the interpreter and the place (scripts carry it)."""
    digest = hashlib.sha256()
    for part in (checkout / LOCKS[kind], checkout / "pyproject.toml", Path(__file__)):
        digest.update(part.read_bytes())
    digest.update(f"{sys.version}\n{checkout}".encode())
    return digest.hexdigest()


def stamp_of(checkout: Path, kind: str) -> Path:
    return checkout / ".venv" / f"sild-{kind}.stamp"


def stands(checkout: Path, kind: str) -> bool:
    """Whether the environment was laid, whole, from what the checkout holds now."""
    try:
        return stamp_of(checkout, kind).read_text(encoding="ascii") == fingerprint(checkout, kind) and python_of(checkout).exists()
    except OSError:
        return False


def python_of(checkout: Path) -> Path:
    return checkout / ".venv" / "bin" / "python"


def check_python(version: tuple[int, int]) -> None:
    if version != (3, 11):
        raise Missing(f"Sild needs Python 3.11; this is {version[0]}.{version[1]}. Name one: make install PYTHON=/path/to/python3.11")


def check_venv_module() -> None:
    """Debian ships `venv` without the `ensurepip` that it needs; the package python3-venv brings it."""
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        raise Missing(
            "This Python has no complete `venv` module. On Debian: apt install python3-venv "
            "(as root, or ask your administrator), then try again."
        )


def check_writable(checkout: Path) -> None:
    try:
        with tempfile.TemporaryFile(dir=checkout):
            pass
    except OSError as problem:
        raise Missing(
            f"The folder {checkout} cannot be written to ({problem.strerror}). Use a copy of the project in a folder of your own."
        ) from problem


def check_space(checkout: Path, kind: str) -> None:
    needed = FREE_BYTES_FOR_A_CHANGE if usable(checkout) else FREE_BYTES[kind]
    for place in (checkout, Path(tempfile.gettempdir())):
        free = shutil.disk_usage(place).free
        if free < needed:
            raise Missing(
                f"Only {free / 1e9:.1f} GB are free under {place}; the installation needs {needed / 1e9:.1f} GB. "
                "Free some, or set TMPDIR to a roomier folder if it is the temporary one."
            )


@contextmanager
def alone(checkout: Path) -> Iterator[None]:
    """One installation at a time in one checkout: `make demo` and `make test` may be started together."""
    handle = os.open(checkout, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another installation is at work in this folder; waiting for it.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def usable(checkout: Path) -> bool:
    """Whether .venv holds a Python 3.11 with pip, made for this place."""
    probe = "import pip, sys; sys.exit(sys.version_info[:2] != (3, 11))"
    try:
        made_here = f"{checkout}{os.sep}.venv" in (checkout / ".venv" / "pyvenv.cfg").read_text(encoding="utf-8")
        return made_here and subprocess.run([python_of(checkout), "-Ic", probe], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def lay_environment(checkout: Path) -> None:
    if usable(checkout):
        return
    venv = checkout / ".venv"
    if venv.is_symlink() or (venv.exists() and any(venv.iterdir()) and not (venv / "pyvenv.cfg").exists()):
        raise Missing(f"{venv} is in the way and is no Python environment. Move it elsewhere, then try again.")
    say("[1/3] making the environment .venv")
    # --clear: a half-made or moved environment is laid again; pyvenv.cfg shows that it is one
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stdout + done.stderr).strip().splitlines()[-1:]
        raise Missing(f"`python -m venv .venv` failed: {' '.join(last)} On Debian: apt install python3-venv (as root), then try again.")


def reason_of(output: str) -> str:
    """The one line for what stopped pip, from the end of what it printed."""
    if "No space left on device" in output:
        return "The disk is full. Free some space (or set TMPDIR to a roomier folder), then try again: what is installed stays."
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "A downloaded package differs from the one in the lock and was refused. "
            "Try again; if it stays so, your package mirror alters files."
        )
    if UNREACHABLE.search(output):
        return (
            "The package registry cannot be reached. "
            "Check the network, the proxy (HTTPS_PROXY) or the mirror (pip config list), then try again."
        )
    wheel = re.search(r"No matching distribution found for (\S+)", output)
    if wheel:
        return (
            f"The package registry offers no ready-made {wheel[1]} for this machine. "
            "Sild installs wheels only: use x86-64 or arm64 Linux, or a fuller mirror."
        )
    return "pip failed; the whole of what it said is in .venv/install.log."


def run_pip(checkout: Path, arguments: list[str], total: int) -> None:
    """Run pip inside the environment, showing which package it is at. Raises Missing with the reason."""
    command = [str(python_of(checkout)), "-Im", "pip", "--no-input", "--disable-pip-version-check", *arguments]
    tail: deque[str] = deque(maxlen=60)
    begun = 0
    with (
        (checkout / ".venv" / "install.log").open("a", encoding="utf-8") as log,
        subprocess.Popen(command, cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as pip,
    ):
        for line in pip.stdout or ():
            log.write(line)
            tail.append(line)
            begun += line.startswith(("Collecting ", "Processing ", "Requirement already satisfied: "))
            show_step(line, begun, total)
    if sys.stdout.isatty():
        print("\r\033[K", end="", flush=True)
    if pip.returncode:
        raise Missing(reason_of("".join(tail)))


def show_step(line: str, begun: int, total: int) -> None:
    """One moving line on a terminal; elsewhere a plain line for each download."""
    downloading = re.match(r"\s*(?:Downloading|Using cached) (?:\S*/)?(\S+?)-\d\S*\.whl(?:\.metadata)? \((.+)\)", line)
    if downloading and ".metadata" not in line:
        text = f"      {begun}/{total} {downloading[1]} ({downloading[2]})"
    elif line.startswith("Installing collected packages"):
        text = "      unpacking"
    else:
        return
    print(f"\r\033[K{text}" if sys.stdout.isatty() else text, end="" if sys.stdout.isatty() else "\n", flush=True)


def locked(lock: Path) -> set[str]:
    """The names in a lock, spelled as package registries compare them."""
    return {canonical(name) for name in re.findall(r"^([A-Za-z0-9][\w.-]*)", lock.read_text(encoding="utf-8"), re.MULTILINE)}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def surplus(checkout: Path) -> list[str]:
    """What lies in the environment and in neither lock any more: it could change what runs, as a plugin does by being there."""
    told = subprocess.run(
        [
            python_of(checkout),
            "-Ic",
            "from importlib.metadata import distributions; print(*{one.name for one in distributions()}, sep='\\n')",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    wanted = {"pip", "sild"}.union(*(locked(checkout / lock) for lock in LOCKS.values()))
    return sorted(name for name in told.stdout.split() if canonical(name) not in wanted)


def install(checkout: Path, kind: str) -> None:
    lock = checkout / LOCKS[kind]
    total = len(locked(lock))
    for laid in LOCKS:
        stamp_of(checkout, laid).unlink(missing_ok=True)
    lay_environment(checkout)
    say(f"[2/3] installing {total} packages from {lock.name}, each checked against its hash")
    run_pip(checkout, ["install", "--require-hashes", "--only-binary", ":all:", "--retries", "3", "-r", str(lock)], total)
    if left_over := surplus(checkout):
        run_pip(checkout, ["uninstall", "--yes", *left_over], len(left_over))
    say("[3/3] installing Sild itself")
    run_pip(checkout, ["install", "--no-deps", "--no-build-isolation", "--no-index", "--quiet", "-e", str(checkout)], 1)
    # server processes write no bytecode: without this each would compile the whole house at its start
    subprocess.run([str(checkout / ".venv/bin/python"), "-m", "compileall", "-q", str(checkout / "src")], check=False)
    for laid in LOCKS if kind == "dev" else (kind,):
        stamp_of(checkout, laid).write_text(fingerprint(checkout, laid), encoding="ascii")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        say("usage: install.py runtime|dev")
        return 2
    kind, checkout = arguments[0], Path(__file__).resolve().parent.parent
    try:
        check_python(sys.version_info[:2])
        if stands(checkout, kind):
            return 0
        check_venv_module()
        check_writable(checkout)
        with alone(checkout):
            if not stands(checkout, kind):
                check_space(checkout, kind)
                install(checkout, kind)
    except Missing as missing:
        print(f"Not installed: {missing}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Start again when you like: what is installed stays.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
