"""One of the two clusters of a pair: founded, copied, started, stopped, promoted and turned back, with its files kept private.

A node has a folder of the server's account: data, socket, settings, certificates and log. What it is (primary or standby) stands in
its data directory, where PostgreSQL itself looks; what it was told last stands in its settings, which are written at every start.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sild.postgres.faults import DatabaseFault, plain_reason
from sild.postgres.places import Account, private_directory, write_private
from sild.postgres.processes import NOBODY_PID, command_line, read_pid_file, run_as
from sild.postgres.psql import Query, psql_query, run_script
from sild.postgres.roles import SUPERUSER
from sild.postgres.standby_programs import Programs
from sild.postgres.standby_settings import Shape, conf, hba, upstream

START_WITHIN_S, STOP_WITHIN_S, COPY_WITHIN_S = 60, 60, 24 * 3600
BACKED_BY = ("standby.signal", "recovery.signal")


@dataclass(frozen=True, slots=True)
class Node:
    """`name` is the folder's too. `passwords` is the folder of the roles' passwords, which the server cannot read."""

    folder: Path
    port: int
    programs: Programs
    account: Account | None
    passwords: Path
    shape: Shape

    @property
    def name(self) -> str:
        """Which of the two it is: home or abroad."""
        return self.folder.name

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "log"

    @property
    def made(self) -> bool:
        """Whether there is a data directory."""
        return (self.data / "PG_VERSION").is_file()

    @property
    def is_standby(self) -> bool:
        """Whether it starts as a standby."""
        return any((self.data / name).exists() for name in BACKED_BY)

    @property
    def runs(self) -> bool:
        """Whether its server's main process lives and answers at the socket."""
        noted = read_pid_file(self.data)
        if noted is None or not Path(f"/proc/{noted.pid}").exists():
            return False
        return self.answers()

    def conninfo(self, database: str = "postgres", role: str = SUPERUSER) -> dict[str, str | int]:
        """libpq's words for a role at the node's private socket."""
        word = (self.passwords / role).read_text(encoding="utf-8").strip()
        return {"host": str(self.folder / "socket"), "port": self.port, "dbname": database, "user": role, "password": word}

    def query(self, database: str = "postgres") -> Query:
        """A way to ask SELECTs as the superuser."""
        return psql_query(self.programs.binaries, self.conninfo(database))

    def execute(self, *statements: str, database: str = "postgres") -> str:
        """Run statements as the superuser, stopping at the first error."""
        return run_script(self.programs.binaries, self.conninfo(database), ";\n".join([*statements, ""]))

    def asked(self, sql: str) -> Any:
        """The one value of the one row that a SELECT gives."""
        return self.query()(sql)[0][0]

    def answers(self) -> bool:
        """Whether somebody answers at the socket, whatever the answer."""
        try:
            self.query()("SELECT 1 AS one")
        except DatabaseFault:
            return False
        return True

    def found(self, said: Callable[[str], None]) -> None:
        """Make an empty cluster. Raises DatabaseFault when there is one."""
        if self.made:
            raise DatabaseFault(f"There is a cluster at {self.data} already. If a making broke off, remove {self.folder.parent}.")
        said(f"{self.name}: an empty cluster is made at {self.data}")
        self._directories()
        secret = self.folder / "first-password"
        write_private(secret, (self.passwords / SUPERUSER).read_text(encoding="utf-8"))
        self._give(secret)
        words = ["-U", SUPERUSER, f"--pwfile={secret}", "--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8", "--locale=C"]
        words += ["--text-search-config=simple", *([] if self.shape.durable else ["--no-sync"])]
        try:
            self._run("initdb", "-D", str(self.data), *words, within_s=300)
        finally:
            secret.unlink(missing_ok=True)

    def copy_of(self, primary: Node, said: Callable[[str], None]) -> None:
        """Throw away what is here and copy the running primary's whole cluster, over the line that replication takes."""
        said(f"{self.name}: the cluster of {primary.name} is copied to {self.data}")
        if self.runs:
            self.stop()
        self._directories()
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        where = upstream(self.shape, self.folder, primary.folder, primary.port)
        sync = [] if self.shape.durable else ["--no-sync"]
        self._run(
            "pg_basebackup", "-D", str(fresh), "-d", where, "-X", "stream", "-c", "fast", "--no-password", *sync, within_s=COPY_WITHIN_S
        )
        shutil.rmtree(self.data, ignore_errors=True)
        fresh.rename(self.data)
        self.become_standby()

    def become_standby(self) -> None:
        """Make the stopped cluster start as a standby, with no setting of its past as a primary."""
        for name, text in (("standby.signal", ""), ("postgresql.auto.conf", "# Written by Sild: settings of the past are forgotten.\n")):
            self.keep_at(self.data / name, text or "\n")

    def rewind_to(self, primary: Node, said: Callable[[str], None]) -> bool:
        """Turn the stopped cluster back to where it parted from the running primary. Returns False where that cannot be done."""
        said(f"{self.name}: what {primary.name} does not know is taken back (pg_rewind)")
        self.clear_past()
        where = upstream(self.shape, self.folder, primary.folder, primary.port, database="postgres")
        words = ["-D", str(self.data), "--source-server", where, "--config-file", str(self.folder / "postgresql.conf")]
        told = run_as(
            self.account,
            [self.programs.path("pg_rewind"), *words, *([] if self.shape.durable else ["--no-sync"])],
            self.folder,
            COPY_WITHIN_S,
        )
        if told.returncode:
            said(f"{self.name}: it could not be turned back ({_last_line(told.stderr or told.stdout)})")
            return False
        self.become_standby()
        return True

    def settle_files(self, partner: Node, authority: str) -> None:
        """Write settings, rules and what the partner is reached by. The server reads them when it starts."""
        self._directories()
        where = upstream(self.shape, self.folder, partner.folder, partner.port)
        replica = (self.passwords / "sild_replica").read_text(encoding="utf-8").strip()
        files = {
            "postgresql.conf": conf(self.shape, self.folder, self.port, partner.name, where),
            "pg_hba.conf": hba(self.shape),
            "pg_ident.conf": "# nobody has another name\n",
            "passfile": f"*:*:*:sild_replica:{replica}\n",
        }
        if self.shape.tls:
            files["ca.pem"] = authority
        for name, text in files.items():
            self.keep(name, text)

    def keep(self, name: str, text: str) -> None:
        """Put a file of the server's account into the folder."""
        self.keep_at(self.folder / name, text)

    def keep_at(self, path: Path, text: str) -> None:
        """Put a file of the server's account at a path below the folder."""
        write_private(path, text)
        self._give(path)

    def clear_past(self) -> None:
        """Make what a killed server left harmless: a process number that is a zombie's or another's now would forbid the start.

        The number is replaced, not the file removed: it names the shared memory too, which PostgreSQL checks itself.
        """
        path = self.data / "postmaster.pid"
        noted = read_pid_file(self.data)
        if noted is not None and str(self.data) in command_line(noted.pid):
            return
        if noted is not None:
            self.keep_at(path, "\n".join([str(NOBODY_PID), *path.read_text(errors="replace").splitlines()[1:]]) + "\n")
        for left in (self.folder / "socket").iterdir():
            left.unlink(missing_ok=True)

    def start(self) -> None:
        """Start it and wait until it answers. Raises DatabaseFault with the last lines of its log."""
        self.clear_past()
        words = ["-D", str(self.data), "-l", str(self.log), "-w", "-t", str(START_WITHIN_S)]
        options = f'-c config_file="{self.folder / "postgresql.conf"}"'
        self._run("pg_ctl", *words, "-o", options, "start", within_s=START_WITHIN_S + 10)
        if not self.answers():
            raise DatabaseFault(f"The cluster {self.name} started and does not answer: see {self.log}.", self.log_tail())

    def stop(self, mode: str = "fast") -> None:
        """Stop it. `fast` ends sessions and hands everything that was written to a standby that listens; `immediate` does neither."""
        self._run("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "-t", str(STOP_WITHIN_S), "stop", within_s=STOP_WITHIN_S + 10)

    def promote(self) -> None:
        """Make the running standby a primary; returns when it takes writes."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-t", str(START_WITHIN_S), "promote", within_s=START_WITHIN_S + 10)

    def control(self) -> dict[str, str]:
        """What the stopped cluster's control file says, by the names that pg_controldata prints."""
        told = self._run("pg_controldata", "-D", str(self.data), within_s=30)
        pairs = (line.partition(":") for line in told.splitlines())
        return {name.strip(): value.strip() for name, _colon, value in pairs}

    def wait(self, what: str, sql: str, within_s: float, every_s: float = 0.1) -> None:
        """Wait until the SELECT gives true. Raises DatabaseFault that names `what`."""
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            if self.asked(sql):
                return
            time.sleep(every_s)
        raise DatabaseFault(f"{what} did not come about within {within_s:.0f} s: see {self.log}.", self.log_tail())

    def log_tail(self, lines: int = 12) -> str:
        """The last lines that the server said."""
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""

    def _directories(self) -> None:
        owner = self.account.uid if self.account else os.geteuid()
        try:
            private_directory(self.folder, owner=owner)
            private_directory(self.folder / "socket", owner=owner)
        except OSError as error:
            raise DatabaseFault(f"The folder {self.folder} cannot be made: {plain_reason(error)}.") from error

    def _give(self, path: Path) -> None:
        """Hand a file to the server's account."""
        if self.account:
            os.chown(path, self.account.uid, self.account.gid, follow_symlinks=False)

    def _run(self, program: str, *words: str, within_s: float) -> str:
        try:
            told = run_as(self.account, [self.programs.path(program), *words], self.folder, within_s)
        except subprocess.TimeoutExpired as error:
            raise DatabaseFault(f"{program} of the cluster {self.name} did not end within {within_s:.0f} s: see {self.log}.") from error
        except OSError as error:
            raise DatabaseFault(f"{program} of the cluster {self.name} cannot be run: {plain_reason(error)}.") from error
        if told.returncode:
            line = _last_line(told.stderr or told.stdout)
            raise DatabaseFault(f"{program} of the cluster {self.name} failed: {line}. See {self.log}.", told.stderr + self.log_tail())
        return told.stdout


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    named = [line for line in lines if "error" in line.lower() or "fatal" in line.lower()]
    return (named or lines or ["no reason given"])[-1].rstrip(".")
