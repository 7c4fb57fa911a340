"""Which PostgreSQL programs a pair of clusters runs with: Debian's, which speak TLS, or the embedded ones, for exercises alone."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from sild.postgres.binaries import CLEAN_ENVIRONMENT, Binaries, copied_binaries, find_binaries
from sild.postgres.faults import DatabaseFault
from sild.postgres.places import SYSTEM_ROOT, public_directory

DEBIAN = Path("/usr/lib/postgresql")
LOWEST_MAJOR = 15
NEEDED = ("initdb", "pg_basebackup", "pg_controldata", "pg_ctl", "pg_rewind", "postgres", "psql")


@dataclass(frozen=True, slots=True)
class Programs:
    """One installation of PostgreSQL that can keep a pair: whether it speaks TLS decides what the pair is good for."""

    binaries: Binaries
    tls: bool

    def path(self, name: str) -> str:
        """The full path of a program."""
        return self.binaries.program(name)


def debian_programs(wanted: Path | None = None) -> Programs:
    """The programs in the folder `wanted` (the one that holds bin), or the newest of Debian's.

    Raises DatabaseFault where there are none, one is missing, or they are older than 15.
    """
    folder = wanted if wanted is not None else _newest()
    if folder is None:
        raise DatabaseFault(
            f"There is no PostgreSQL of Debian's in {DEBIAN}: apt install postgresql-{LOWEST_MAJOR}, or name its folder with --programs."
        )
    return _looked_at(folder)


def embedded_programs(system_root: Path = SYSTEM_ROOT) -> Programs:
    """The programs that Sild brings, in a copy that the server's account can read where root starts them. They speak no TLS."""
    found = find_binaries()
    if os.geteuid() == 0:
        found = copied_binaries(found, public_directory(public_directory(system_root) / "pg"))
    return _looked_at(found.folder)


def _newest() -> Path | None:
    found = [path.parent.parent for path in DEBIAN.glob("*/bin/initdb") if path.parent.parent.name.isdigit()]
    fit = sorted((path for path in found if int(path.name) >= LOWEST_MAJOR), key=lambda path: int(path.name))
    return fit[-1] if fit else None


def _looked_at(folder: Path) -> Programs:
    missing = [name for name in NEEDED if not (folder / "bin" / name).is_file()]
    if missing:
        raise DatabaseFault(f"{folder}/bin lacks {', '.join(missing)}: a standby needs them. Install the whole server of one version.")
    told = _asked(folder / "bin" / "postgres", "--version")
    found = re.search(r"\b(\d+)(?:\.(\d+))?", told)
    version = (int(found[1]), int(found[2] or 0)) if found else (0, 0)
    if version[0] < LOWEST_MAJOR:
        raise DatabaseFault(f"{folder} is PostgreSQL {version[0]}; a standby needs {LOWEST_MAJOR} or newer.")
    config = folder / "bin" / "pg_config"
    tls = config.is_file() and re.search(r"--with-(openssl|ssl)", _asked(config, "--configure")) is not None
    return Programs(Binaries(folder, version), tls)


def _asked(program: Path, word: str) -> str:
    try:
        told = subprocess.run([program, word], capture_output=True, text=True, timeout=30, env=CLEAN_ENVIRONMENT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DatabaseFault(f"The PostgreSQL program {program} cannot be run ({error}): install it again.") from error
    return told.stdout
