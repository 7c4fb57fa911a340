"""The embedded PostgreSQL server of one home: made, started, shared, proved and stopped.

Commands that run at once share one server: the first starts it, the last stops it, also when one of them was killed.
A server that died is started again by `ensure`. Every start writes the configuration anew and proves that it holds.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sild.postgres.binaries import Binaries, copied_binaries, find_binaries
from sild.postgres.connection import embedded_conninfo, kept_password
from sild.postgres.faults import DatabaseFault, plain_reason
from sild.postgres.founding import found_cluster, refuse_other_major, reset_superuser, server_major
from sild.postgres.locks import FileLock, one_at_a_time
from sild.postgres.places import SYSTEM_ROOT, Place, prepare_place, public_directory, remove_place, write_private
from sild.postgres.processes import disarm_pid_file, read_pid_file, serving_pid, spawn_server, tell, wait_until_gone
from sild.postgres.psql import Query, psql_query, run_script
from sild.postgres.roles import APP, DATABASE, LOGIN_ROLES, SUPERUSER, bootstrap_statements
from sild.postgres.settings import CHECKED, HBA, command_options, demanded, postgresql_conf

START_WITHIN_S = 60.0
STOP_WITHIN_S = 60.0
KILLED_STARTS = 2
LOG_KEPT_BYTES = 8_000_000


class Server:
    """The server of one home. `durable=False` is for throwaway clusters of tests: fast, and lost in a power cut."""

    def __init__(self, home: Path, *, durable: bool = True, system_root: Path = SYSTEM_ROOT) -> None:
        self.home = Path(home)
        self.durable = durable
        self._system_root = system_root
        self._guard = threading.RLock()
        self._place: Place | None = None
        self._binaries: Binaries | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._use: FileLock | None = None
        self._process = os.getpid()

    @property
    def place(self) -> Place:
        """The paths of the cluster, made when missing."""
        if self._place is None:
            self._place = prepare_place(self.home, self._system_root)
        return self._place

    @property
    def binaries(self) -> Binaries:
        """The programs that this home's server runs with: a readable copy when root starts it."""
        if self._binaries is None:
            found = find_binaries()
            self._binaries = copied_binaries(found, public_directory(self._system_root / "pg")) if self.place.account else found
        return self._binaries

    @property
    def pid(self) -> int | None:
        """The running server's main process, or None."""
        return serving_pid(self.place)

    def start(self) -> Server:
        """Start the server or join the running one; returns when it takes connections and its configuration is proved.

        Call `stop` as often as `start`, or use `running`. Raises DatabaseFault with one clear line.
        """
        with self._guard:
            if self._use is None:
                self._process = os.getpid()
                self._place = None  # look at the directories anew
                with one_at_a_time(self._turn):
                    self._use = FileLock(self.place.keys / "users.lock")
                    self._use.share()
                    try:
                        self._bring_up()
                    except BaseException:
                        self._leave()
                        raise
                atexit.register(self.stop)
            else:
                self.ensure()
        return self

    def ensure(self) -> None:
        """Start the server again if it died since `start`; nothing acknowledged is lost. Safe from several threads."""
        with self._guard:
            if self._use is None:
                raise DatabaseFault(f"The database of {self.home} was not started by this command: call start first.")
            noted = read_pid_file(self.place.data)
            if noted is not None and noted.ready and serving_pid(self.place) is not None:
                return
            with one_at_a_time(self._turn):
                self._bring_up()

    def stop(self) -> None:
        """Let go of the server; the last user of all commands stops it. Does nothing in a forked child or a second time."""
        with self._guard:
            if self._use is None or self._process != os.getpid():
                return
            atexit.unregister(self.stop)
            if not self.place.keys.exists():  # the home was deleted meanwhile: nobody else can find the server
                self._leave()
                return
            with one_at_a_time(self._turn):
                self._leave()

    def destroy(self) -> None:
        """Stop the server and forget the data and the passwords of this home. Raises DatabaseFault while others use it."""
        with self._guard:
            with one_at_a_time(self._turn):
                if self._use is not None:
                    atexit.unregister(self.stop)
                    self._use.release()
                    self._use = None
                users = FileLock(self.place.keys / "users.lock")
                try:
                    if not users.try_alone():
                        raise DatabaseFault(f"Another command uses the database of {self.home}: end it first, then forget the data.")
                    self._halt(signal.SIGQUIT)  # what is forgotten needs no farewell
                    remove_place(self.place)
                finally:
                    users.release()
            self._place = None

    def conninfo(self, role: str = APP, database: str = DATABASE) -> dict[str, str | int]:
        """libpq's words for a connection of the role: host, port, dbname, user, password."""
        return embedded_conninfo(self.place.socket, self.place.passwords, role, database)

    def query(self, role: str = SUPERUSER, database: str = DATABASE) -> Query:
        """A way to ask SELECTs as the role, over psql."""
        return psql_query(self.binaries, self.conninfo(role, database))

    def execute(self, statements: list[str], role: str = SUPERUSER, database: str = DATABASE) -> None:
        """Run statements as the role, one after the other, stopping at the first error."""
        run_script(self.binaries, self.conninfo(role, database), ";\n".join([*statements, ""]))

    def create_database(self, name: str, template: str | None = None) -> None:
        """Make one more database with the same roles and rights; from a template (which nobody may be using) it is a copy of it."""
        passwords = {role: kept_password(self.place.passwords, role) for role in LOGIN_ROLES}
        steps = bootstrap_statements(passwords, name)
        if not self.query(database="postgres")(f"SELECT 1 AS here FROM pg_database WHERE datname = '{name}'"):
            copy = f"CREATE DATABASE {name} OWNER sild_owner TEMPLATE {template} STRATEGY wal_log"
            self.execute([copy if template else steps.create], database="postgres")
        self.execute(steps.database, database=name)

    def drop_database(self, name: str) -> None:
        """Remove a database, ending the connections to it."""
        self.execute([f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"], database="postgres")

    def log_tail(self, lines: int = 15) -> str:
        """The last lines that the server said."""
        try:
            with self.place.log.open("rb") as file:
                file.seek(max(0, self.place.log.stat().st_size - 20_000))
                return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""

    def _turn(self) -> Path:
        """The lock of whoever starts or stops; its directory is made again if a command before us removed it."""
        if self._place is not None and not self._place.keys.exists():
            self._place = None
        return self.place.keys / "start.lock"

    def _bring_up(self) -> None:
        """Have a proved server, under the start lock. One that is killed while it starts is started again, twice."""
        for attempt in range(KILLED_STARTS + 1):
            try:
                self._bring_up_once()
                return
            except DatabaseFault:
                killed = self._child is not None and self._child.poll() == -signal.SIGKILL
                if not killed or attempt == KILLED_STARTS:
                    raise

    def _bring_up_once(self) -> None:
        """Found the cluster when there is none, then adopt the running server or start one, and prove it."""
        place = self.place
        refuse_other_major(place, self.binaries)
        superuser = kept_password(place.passwords, SUPERUSER) if (place.passwords / SUPERUSER).exists() else None
        if server_major(place) is None:
            self._refuse_without_room(500)
            superuser = kept_password(place.passwords, SUPERUSER)
            found_cluster(place, self.binaries, superuser, self.durable)
        if not self._adopt():
            self._refuse_without_room(50)
            if superuser is None:
                reset_superuser(place, self.binaries, kept_password(place.passwords, SUPERUSER))
            self._spawn()
        try:
            self._prove()
            self._bootstrap()
        except BaseException:
            if self._alone():
                self._halt()
            raise

    def _adopt(self) -> bool:
        """Join a server that runs already: another command's, or an orphan of a killed one. An orphan of other settings is stopped."""
        place, lock = self.place, FileLock(self.place.keys / "server.lock")
        deadline = time.monotonic() + START_WITHIN_S
        while not lock.try_alone():
            pid = serving_pid(place)
            noted = read_pid_file(place.data)
            if pid is not None and self._alone() and not (self._configured() and (place.passwords / SUPERUSER).exists()):
                self._halt()
            elif pid is not None and noted is not None and noted.ready:
                lock.close()
                return True
            if time.monotonic() > deadline:
                lock.close()
                raise DatabaseFault(
                    f"A server of {place.data} runs but is not ready after {START_WITHIN_S:.0f} s: see {place.log}.", self.log_tail()
                )
            time.sleep(0.02)
        lock.release()
        return False

    def _configured(self) -> bool:
        """Whether the files are those that we would write."""
        settings = self.place.settings
        try:
            return (settings / "postgresql.conf").read_text() == postgresql_conf(self.durable) and (
                settings / "pg_hba.conf"
            ).read_text() == HBA
        except OSError:
            return False

    def _spawn(self) -> None:
        """Write the configuration, start the server and wait until it takes connections."""
        place = self.place
        group = place.account.gid if place.account else -1
        mode = 0o640 if place.account else 0o600
        for name, text in (("postgresql.conf", postgresql_conf(self.durable)), ("pg_hba.conf", HBA), ("pg_ident.conf", "")):
            write_private(place.settings / name, text, mode, group)
        with suppress(FileNotFoundError):
            if place.log.stat().st_size > LOG_KEPT_BYTES:
                place.log.replace(place.log.with_suffix(".log.old"))
        lock = FileLock(place.keys / "server.lock")
        lock.try_alone()
        disarm_pid_file(place)
        try:
            self._child = spawn_server(self.binaries, place, command_options(place, self.durable), lock.handle)
        except (OSError, subprocess.SubprocessError) as error:
            raise DatabaseFault(f"The database server cannot be started: {error}.", self.log_tail()) from error
        finally:
            lock.close()  # the server keeps it
        self._await_ready(self._child)

    def _await_ready(self, child: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline:
            noted = read_pid_file(self.place.data)
            if noted is not None and noted.pid == child.pid and noted.ready:
                return
            if child.poll() is not None:
                raise DatabaseFault(
                    f"The database server ended while it started ({self._cause(child)}): see {self.place.log}.", self.log_tail()
                )
            time.sleep(0.01)
        self._halt()
        raise DatabaseFault(f"The database server was not ready within {START_WITHIN_S:.0f} s: see {self.place.log}.", self.log_tail())

    def _cause(self, child: subprocess.Popen[bytes]) -> str:
        """The signal that ended the server, or the server's own last fatal line."""
        if child.returncode == -signal.SIGKILL:
            return "something killed it, perhaps for want of memory"
        fatal = [line for line in self.log_tail().splitlines() if "FATAL:" in line or "PANIC:" in line]
        return fatal[-1].partition(": ")[2].strip() if fatal else "it gave no reason"

    def _prove(self) -> None:
        """See in the running server that it is ours and set as demanded. Raises DatabaseFault on any difference."""
        columns = ", ".join(f"current_setting('{name}', true) AS {name}" for name in CHECKED)
        row = self.query(database="postgres")(f"SELECT {columns}")[0]
        seen = dict(zip(CHECKED, row, strict=True))
        wanted = {name: value for name, value in demanded(self.place, self.durable).items() if name in CHECKED}
        wanted |= {"data_directory": str(self.place.data), "data_checksums": "on"}
        wrong = [f"{name} is {seen[name]!r} instead of {value!r}" for name, value in wanted.items() if seen[name] != value]
        if int(seen["server_version_num"]) < 180000:
            wrong.append(f"its version is {seen['server_version_num']}")
        if wrong:
            raise DatabaseFault(
                f"The server at {self.place.socket} is not as it must be: {'; '.join(wrong)}. End the other commands and start again."
            )

    def _bootstrap(self) -> None:
        """Roles, database and rights; left out when the database carries the mark that it was done with these statements."""
        steps = bootstrap_statements({role: kept_password(self.place.passwords, role) for role in LOGIN_ROLES})
        mark = f"sild {steps.digest}"
        ask = self.query(database="postgres")
        found = ask(f"SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = '{steps.name}'")
        if self._child is None and found == [(mark,)]:
            return
        closed = ["REVOKE ALL ON DATABASE postgres FROM PUBLIC", "REVOKE ALL ON DATABASE template1 FROM PUBLIC"]
        self.execute([*steps.cluster, *closed, *([] if found else [steps.create])], database="postgres")
        self.execute([*steps.database, f"COMMENT ON DATABASE {steps.name} IS '{mark}'"])

    def _alone(self) -> bool:
        """Whether no other command uses the server. Under the start lock, so that nobody joins meanwhile."""
        if self._use is None or not self._use.try_alone():
            return False
        self._use.share()
        return True

    def _leave(self) -> None:
        """Let go; the last one stops the server. Under the start lock."""
        if self._use is None:
            return
        if self._use.try_alone():
            self._halt()
        self._use.release()
        self._use = None
        if self._child is not None:
            _LEFT_RUNNING.append(self._child)
            self._child = None

    def _halt(self, first: signal.Signals = signal.SIGINT) -> None:
        """Stop the server, ending sessions; if it does not listen, at once (which recovery makes good)."""
        child = self._child if self._child is not None and self._child.poll() is None else None
        pid = child.pid if child else serving_pid(self.place)
        for what, patience_s in ((first, STOP_WITHIN_S), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
            if pid is None:
                return
            tell(pid, what)
            if wait_until_gone(self.place, pid, child, patience_s):
                self._child = None
                return

    def _refuse_without_room(self, megabytes: int) -> None:
        try:
            free = shutil.disk_usage(self.place.base).free
        except OSError as error:
            raise DatabaseFault(f"The directory {self.place.base} cannot be looked at: {plain_reason(error)}.") from error
        if free < megabytes * 1_000_000:
            raise DatabaseFault(
                f"There are {free // 1_000_000} MB free at {self.place.base}, the database needs {megabytes}: "
                "free some space, or set SILD_HOME to another disk."
            )


_LEFT_RUNNING: list[subprocess.Popen[bytes]] = []
# servers of ours that other commands still use: kept, so that the interpreter does not warn about them


@contextmanager
def running(home: Path, *, durable: bool = True, system_root: Path = SYSTEM_ROOT) -> Iterator[Server]:
    """The home's server, for as long as the block lasts."""
    server = Server(home, durable=durable, system_root=system_root).start()
    try:
        yield server
    finally:
        server.stop()
