"""A new cluster (initdb), the refusal of one of another major version, and the way back when a password file was lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sild.postgres.binaries import CLEAN_ENVIRONMENT, Binaries
from sild.postgres.faults import DatabaseFault
from sild.postgres.places import Place, private_directory, write_private
from sild.postgres.processes import run_as
from sild.postgres.roles import DATABASE, SUPERUSER, scram_verifier

FOUND_WITHIN_S = 120.0


def server_major(place: Place) -> int | None:
    """The major version that made the data directory, or None when there is no data. Raises DatabaseFault when it is not one."""
    path = place.data / "PG_VERSION"
    try:
        return int(path.read_text().strip()[:4])
    except (FileNotFoundError, NotADirectoryError):
        if place.data.exists():
            raise DatabaseFault(
                f"{place.data} is not a data directory of PostgreSQL (no PG_VERSION): restore it, or move it away to begin an empty one."
            ) from None
        if (place.keys / "founded").exists():
            raise DatabaseFault(
                f"The database of {place.home} is gone: it was at {place.data}. "
                f"Put it back from its disk or backup; to begin an empty one, remove {place.keys}."
            ) from None
        return None
    except ValueError:
        raise DatabaseFault(f"{path} does not hold a version number: the data directory is damaged, restore it from a backup.") from None


def refuse_other_major(place: Place, binaries: Binaries) -> None:
    """Raise DatabaseFault with the way out when the data directory is of another major version."""
    found = server_major(place)
    if found is None or found == binaries.major:
        return
    first = f"runuser -u {place.account.name} -- " if place.account else ""
    connect = f"PGPASSWORD=$(cat {place.passwords}/{SUPERUSER})"
    whom = f"-h {place.socket} -U {SUPERUSER}"
    steps = [
        f"With the programs of PostgreSQL {found} (OLD is their bin folder):",
        f'  {first}OLD/pg_ctl -D {place.data} -w -o "-c listen_addresses= -k {place.socket}" start',
        f"  {connect} {binaries.program('pg_dump')} {whom} -Fc -f {place.home}/sild.dump {DATABASE}",
        f"  {first}OLD/pg_ctl -D {place.data} -w stop",
        f"  mv {place.data} {place.data}.{found}; rm {place.keys}/founded",
        "Then start Sild once, which makes an empty cluster, and while it runs:",
        f"  {connect} {binaries.program('pg_restore')} {whom} -d {DATABASE} --clean --if-exists {place.home}/sild.dump",
    ]
    raise DatabaseFault(
        f"The data at {place.data} was made by PostgreSQL {found} and this Sild brings {binaries.major}: "
        f"dump it with {found} and restore it with {binaries.major}, the commands follow.",
        "\n".join(steps),
    )


def found_cluster(place: Place, binaries: Binaries, password: str, durable: bool) -> None:
    """Make the data directory: scram for everybody, checksums, UTF-8. An unfinished one of before is cleared away."""
    fresh = place.base / f"data.{os.getpid()}.new"  # a name of its own: the initdb of a killed command may still be writing
    secret = place.base / "first-password"
    for left in place.base.glob("data.*.new"):
        shutil.rmtree(left, ignore_errors=True)
    owner = place.account.uid if place.account else os.geteuid()
    private_directory(fresh, owner=owner)
    write_private(secret, password + "\n")
    if place.account:
        os.chown(secret, place.account.uid, place.account.gid)
        os.chown(fresh, place.account.uid, place.account.gid)
    line = [
        binaries.program("initdb"), "-D", str(fresh), "-U", SUPERUSER, f"--pwfile={secret}", "--auth=scram-sha-256", "--data-checksums",
        "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--text-search-config=simple",
        *([] if durable else ["--no-sync"]),
    ]  # fmt: skip
    try:
        told = run_as(place.account, line, place.base, FOUND_WITHIN_S)
    except subprocess.TimeoutExpired as error:
        raise DatabaseFault(
            f"The database could not be made at {place.data} within {FOUND_WITHIN_S:.0f} s: is the disk very slow or full?"
        ) from error
    except OSError as error:
        raise DatabaseFault(f"The database could not be made at {place.data}: {error}.") from error
    finally:
        secret.unlink(missing_ok=True)
    if told.returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        raise DatabaseFault(f"The database could not be made at {place.data}: {_last_error(told.stderr)}.", told.stderr)
    fresh.rename(place.data)
    write_private(place.keys / "founded", f"{binaries.version[0]}.{binaries.version[1]}\n")


def reset_superuser(place: Place, binaries: Binaries, password: str) -> None:
    """Give the superuser a new password in single-user mode: who owns the files owns the cluster. The server must be stopped."""
    line = [binaries.program("postgres"), "--single", "-D", str(place.data), "-c", "log_min_messages=fatal", "template1"]
    statement = f"ALTER ROLE {SUPERUSER} PASSWORD '{scram_verifier(SUPERUSER, password)}'\n"
    account = place.account
    told = subprocess.run(
        line, input=statement, capture_output=True, text=True, cwd=place.base, env=CLEAN_ENVIRONMENT, timeout=FOUND_WITHIN_S, check=False,
        user=account.uid if account else None, group=account.gid if account else None, extra_groups=[] if account else None,
    )  # fmt: skip
    if told.returncode or "ERROR" in told.stderr:
        (Path(place.passwords) / SUPERUSER).unlink(missing_ok=True)
        raise DatabaseFault(f"The lost password of {SUPERUSER} could not be replaced: see below.", told.stderr)


def _last_error(text: str) -> str:
    found = [line for line in text.splitlines() if "error" in line.lower() or "FATAL" in line]
    return (
        (found[-1] if found else text.strip().splitlines()[-1] if text.strip() else "no reason given").removeprefix("initdb: ").rstrip(".")
    )
