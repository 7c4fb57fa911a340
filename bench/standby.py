"""Measure the standby: switch-overs under load, the loss of the standby, and what PostgreSQL itself does (docs/benchmarks.md).

python bench/standby.py traps      what a commit that waits for a lost standby is answered, without and with the guard's ways
python bench/standby.py switches   20 switch-overs under load, synchronous and asynchronous: acknowledged writes that are gone
python bench/standby.py lost       the standby is killed or frozen under load: how long until writes are refused or go on
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from sild.postgres.psql import Session
from sild.postgres.roles import scram_verifier
from sild.postgres.standby import Pair, made, streams
from sild.postgres.standby_guard import LOOK_EVERY_S, Guard, OnLoss, State
from sild.postgres.standby_moves import forget, promote, switch, take_back
from sild.postgres.standby_nodes import Node
from sild.postgres.standby_programs import debian_programs, embedded_programs
from sild.postgres.standby_promise import BEFORE, is_asked_for, is_proved
from sild.postgres.standby_settings import GUARD, Shape, slot_of

WRITERS = 4
PORTS = (25411, 25412)
"""Below those that the system gives to clients: a client could hold the port of a cluster that is down."""
STALLED_S = 0.3
WHO, WHY = "the bench", "measured"


def quiet(_text: str) -> None:
    """Nothing is said."""


@contextmanager
def pair_of(shape: Shape, *, embedded: bool = False) -> Iterator[Pair]:
    """A pair in a folder of its own, removed afterwards; the writers' table and role are made."""
    folder = Path(tempfile.mkdtemp(prefix="sild-standby-"))
    folder.chmod(0o755)
    pair = made(folder / "pair", embedded_programs() if embedded else debian_programs(), PORTS, shape, quiet)
    try:
        (pair.keys / "passwords" / "sild_app").write_text("word\n")
        pair.primary.execute(
            f"CREATE ROLE sild_app LOGIN PASSWORD '{scram_verifier('sild_app', 'word')}'",
            "CREATE TABLE kept (writer int, number int, PRIMARY KEY (writer, number))",
            "GRANT SELECT, INSERT ON kept TO sild_app",
        )
        yield pair
    finally:
        forget(pair)
        shutil.rmtree(folder, ignore_errors=True)


def words(pair: Pair, role: str) -> dict[str, str | int]:
    """How a client finds the primary: over TLS at either port, or at the home's socket where there is no TLS."""
    word = (pair.keys / "passwords" / role).read_text().strip()
    if not pair.kept.shape.tls:
        return pair.primary.conninfo("postgres", role)
    ports = ",".join(str(port) for port in pair.kept.ports.values())
    found = {"host": "localhost,localhost", "port": ports, "dbname": "postgres", "user": role, "password": word, "connect_timeout": 3}
    return found | {"sslmode": "verify-full", "sslrootcert": str(pair.folder / "ca.pem"), "target_session_attrs": "primary"}


@dataclass
class Writer:
    """Writes numbers one after the other as the desk does, and keeps which of them were answered with success."""

    pair: Pair
    number: int
    over: threading.Event
    acknowledged: list[int] = field(default_factory=list)
    unknown: int = 0
    refused: int = 0
    failed: int = 0
    slowest_s: float = 0.0
    times: list[tuple[float, float, str]] = field(default_factory=list)

    def run(self) -> None:
        """Until it is over; a lost connection is found again."""
        info, count = words(self.pair, "sild_app"), 0
        while not self.over.is_set():
            try:
                with closing(psycopg.connect(**info)) as connection:  # type: ignore[arg-type]  # libpq's words
                    while not self.over.is_set():
                        count += 1
                        self._write(connection, count)
            except psycopg.Error:
                self.failed += 1
                time.sleep(0.05)

    def _write(self, connection: psycopg.Connection, count: int) -> None:
        began, how = time.monotonic(), "unknown"
        try:
            with connection.transaction():
                connection.execute("INSERT INTO kept VALUES (%s, %s)", (self.number, count))
                row = connection.execute(BEFORE).fetchone()
            connection.autocommit = True
            asked = is_asked_for(row)
            if not asked or is_proved(lambda sql: connection.execute(sql.encode()).fetchone()):
                how = "success"
                self.acknowledged.append(count)
        except psycopg.errors.ReadOnlySqlTransaction:
            how = "refused"
            time.sleep(0.05)
        finally:
            if not connection.closed and connection.autocommit:
                connection.autocommit = False
            took = time.monotonic() - began
            self.slowest_s = max(self.slowest_s, took)
            self.times.append((began, took, how))
            self.unknown += how == "unknown"
            self.refused += how == "refused"


@contextmanager
def load(pair: Pair) -> Iterator[list[Writer]]:
    """Writers at work for the length of the block."""
    over = threading.Event()
    writers = [Writer(pair, number, over) for number in range(WRITERS)]
    threads = [threading.Thread(target=writer.run) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        yield writers
    finally:
        over.set()
        for thread in threads:
            thread.join()


def gone(pair: Pair, writers: list[Writer]) -> int:
    """How many acknowledged writes the primary does not have."""
    have = set(pair.primary.query()("SELECT writer, number FROM kept"))
    return sum((writer.number, number) not in have for writer in writers for number in writer.acknowledged)


def processes(node: Node) -> list[int]:
    """The main process of a cluster and all its children."""
    main = int((node.data / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    return [main, *(int(child) for child in children)]


def kill(node: Node, what: signal.Signals = signal.SIGKILL) -> list[int]:
    """Send a signal to every process of the cluster, as if its machine was lost (or froze)."""
    found = processes(node)
    for pid in found:
        try:
            os.kill(pid, what)
        except ProcessLookupError:
            continue
    return found


def switches(count: int, *, synchronous: bool) -> None:
    """Planned and unplanned switch-overs by turns, under load; prints what is gone."""
    stopped: dict[str, list[float]] = {"planned": [], "unplanned": []}
    taken_back, lost_rows = 0, 0
    with pair_of(Shape(synchronous=synchronous)) as pair, load(pair) as writers:
        for turn in range(count):
            time.sleep(1.5)
            if turn % 2 == 0:
                stopped["planned"].append(switch(pair, WHO, WHY, quiet).writes_stopped_s)
                continue
            old = pair.primary
            # the line stalls before the machine is lost: what was answered meanwhile is what an asynchronous standby does not have
            frozen = kill(pair.standby, signal.SIGSTOP)
            time.sleep(STALLED_S)
            kill(old)
            for pid in frozen:
                os.kill(pid, signal.SIGCONT)
            while Path(f"/proc/{(old.data / 'postmaster.pid').read_text().split()[0]}").exists():
                time.sleep(0.01)
            stopped["unplanned"].append(promote(pair, WHO, WHY, "killed by the bench", quiet).writes_stopped_s)
            time.sleep(0.5)
            taken_back += take_back(pair, WHO, WHY, quiet).taken_back_bytes or 0
            pair.primary.wait("the standby", streams(slot_of(pair.standby.name)), 30)
        time.sleep(0.5)
        for writer in writers:
            writer.over.set()
        time.sleep(1)
        lost_rows = gone(pair, writers)
    told = sum(len(writer.acknowledged) for writer in writers)
    unknown = sum(writer.unknown for writer in writers)
    print(
        f"{'synchronous' if synchronous else 'asynchronous'}: {count} switch-overs, {told} writes acknowledged, {lost_rows} of them gone;"
    )
    print(f"  {unknown} told as not known, {taken_back} bytes of log taken back at the returns")
    for kind, seconds in stopped.items():
        print(f"  {kind}: writes stood still {statistics.median(seconds):.2f} s (median), {max(seconds):.2f} s (longest)")


def lost(on_loss: OnLoss, what: signal.Signals) -> None:
    """The standby is killed or frozen under load with the guard at work; then it comes back."""
    with pair_of(Shape()) as pair, load(pair) as writers:
        over = threading.Event()
        seen: list[tuple[float, State, int]] = []

        def watch() -> None:
            with closing(psycopg.connect(**words(pair, GUARD), autocommit=True)) as connection:  # type: ignore[arg-type]
                session = Session(lambda sql: connection.execute(sql.encode()).fetchall(), lambda sql: connection.execute(sql.encode()))
                guard = Guard(session, on_loss)
                while not over.wait(LOOK_EVERY_S):
                    look = guard.look()
                    seen.append((time.monotonic(), look.state, look.ended))

        watching = threading.Thread(target=watch)
        watching.start()
        time.sleep(3)
        at = time.monotonic()
        pids = kill(pair.standby, what)
        time.sleep(12)
        back = time.monotonic()
        if what is signal.SIGSTOP:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)
        else:
            pair.start(quiet)
        time.sleep(8)
        over.set()
        watching.join()
        away = [entry for writer in writers for entry in writer.times if at <= entry[0] + entry[1] and entry[0] < back]
        ok_alone = sum(how == "success" and began > at + 0.2 for began, _took, how in away)
        first = min((began + took - at for began, took, how in away if how == "refused"), default=None)
        again = min(
            (began + took - back for w in writers for began, took, how in w.times if began > back and how == "success"), default=None
        )
        resumed = min((began + took - at for began, took, how in away if began > at + 0.2 and how == "success"), default=None)
        acted = next((moment - at for moment, state, _ended in seen if state in (State.REFUSING, State.ALONE)), None)
        regained = next((moment - back for moment, state, _ended in seen if moment > back and state is State.SYNCHRONOUS), None)
        killed = "killed" if what is signal.SIGKILL else "frozen"
        print(f"standby {killed}, {on_loss}: the guard acted after {acted:.1f} s; longest write {max(took for _b, took, _h in away):.1f} s")
        shown = [f"{len(away)} writes while it was away: {sum(how == 'refused' for *_x, how in away)} refused"]
        shown.append(f"{sum(how == 'unknown' for *_x, how in away)} told as not known, {ok_alone} with success")
        print("  " + ", ".join(shown))
        print(
            f"  first refusal after {_s(first)}, writing again after {_s(resumed)};"
            f" after its return: writes {_s(again)}, guard {_s(regained)}"
        )


def _s(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:.1f} s"


def traps(*, embedded: bool) -> None:
    """What PostgreSQL answers a commit that waits for a standby that is gone, by the way in which the wait is ended."""
    ways = {
        "nothing is done for 15 s": None,
        "the wait is cancelled": "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'",
        "the setting is taken away": "ALTER SYSTEM SET synchronous_standby_names = ''; SELECT pg_reload_conf()",
        "the session is ended": "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'",
    }
    with pair_of(Shape(), embedded=embedded) as pair:
        print(f"PostgreSQL {'.'.join(str(part) for part in pair.programs.binaries.version)}, a commit whose standby was killed:")
        kill(pair.standby)
        for number, (way, sql) in enumerate(ways.items()):
            print(f"  {way}: {_answered(pair, number, sql)}")
            pair.primary.execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")


def _answered(pair: Pair, number: int, sql: str | None) -> str:
    told: list[str] = []

    def write() -> None:
        warned: list[str] = []
        try:
            with closing(psycopg.connect(**pair.primary.conninfo("postgres", "sild_app"))) as connection:  # type: ignore[arg-type]
                connection.add_notice_handler(lambda notice: warned.append(str(notice.message_primary)))
                connection.execute("INSERT INTO kept VALUES (99, %s)", (number,))
                connection.commit()
                connection.autocommit = True
                proved = is_proved(lambda sql: connection.execute(sql.encode()).fetchone(), 0.5)
                told.append(f"answered as success; warning: {warned or 'none'}; proved at the standby: {proved}")
        except psycopg.Error as error:
            told.append(f"answered as an error: {str(error).splitlines()[0]}")

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    thread.join(15 if sql is None else 2)
    if sql is None:
        hung = "it hangs still" if thread.is_alive() else "answered"
        pair.primary.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
        thread.join(5)
        return hung
    pair.primary.execute(sql)
    thread.join(10)
    return told[0] if told else "no answer within 10 s"


def main() -> None:
    """Run what is named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["traps", "switches", "lost"])
    parser.add_argument("--count", type=int, default=20)
    asked = parser.parse_args()
    if asked.what in (None, "traps"):
        traps(embedded=False)
        traps(embedded=True)
    if asked.what in (None, "switches"):
        switches(asked.count, synchronous=True)
        switches(asked.count, synchronous=False)
    if asked.what in (None, "lost"):
        for on_loss in OnLoss:
            for what in (signal.SIGKILL, signal.SIGSTOP):
                lost(on_loss, what)


if __name__ == "__main__":
    sys.exit(main())
