"""A pair of clusters of Debian's: made over TLS, switched, promoted behind a fence, returned, and guarded when the standby is lost."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography import x509

from sild.postgres.faults import DatabaseFault
from sild.postgres.psql import Session
from sild.postgres.roles import scram_verifier
from sild.postgres.standby import ABROAD, HOME, Pair, bring_standby, made, opened, standing
from sild.postgres.standby_certificates import Authority
from sild.postgres.standby_guard import Guard, OnLoss, State
from sild.postgres.standby_moves import forget, promote, switch, take_back
from sild.postgres.standby_programs import Programs, debian_programs, embedded_programs
from sild.postgres.standby_promise import BEFORE, is_asked_for, is_proved
from sild.postgres.standby_settings import GUARD, Shape

WHO, WHY = "Duty officer", "the building is without power"


def quiet(_text: str) -> None:
    """Nothing is said."""


def programs() -> Programs:
    try:
        return debian_programs()
    except DatabaseFault as fault:
        if "own-cluster" in os.environ.get("SILD_REQUIRE", ""):
            pytest.fail(str(fault))
        pytest.skip(str(fault))


def free_ports() -> tuple[int, int]:
    """Two neighbours that nobody has, below those that clients get: one of them could hold the port of a cluster that is down."""
    for port in random.sample(range(20000, 32000, 2), 200):
        with closing(socket.socket()) as first, closing(socket.socket()) as second, suppress(OSError):
            first.bind(("127.0.0.1", port))
            second.bind(("127.0.0.1", port + 1))
            return port, port + 1
    raise AssertionError("no free port")


def new_pair(chosen: Programs, shape: Shape) -> Iterator[Pair]:
    folder = Path(tempfile.mkdtemp(prefix="sild-pair-"))
    folder.chmod(0o755)
    pair = made(folder / "pair", chosen, free_ports(), shape, quiet)
    try:
        yield pair
    finally:
        forget(pair)
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def kept_pair() -> Iterator[Pair]:
    """One synchronous pair for the tests of this file, with a table and a writer."""
    for pair in new_pair(programs(), Shape(durable=False, slot_mb=32)):
        (pair.keys / "passwords" / "sild_app").write_text("word\n")
        pair.primary.execute(
            f"CREATE ROLE sild_app LOGIN PASSWORD '{scram_verifier('sild_app', 'word')}'",
            "CREATE TABLE kept (number int)",
            "GRANT SELECT, INSERT ON kept TO sild_app",
        )
        yield pair


@pytest.fixture
def pair(kept_pair: Pair) -> Pair:
    """The pair with home as its primary, abroad streaming, and no rows."""
    standby = kept_pair.standby
    if not standby.runs:
        bring_standby(kept_pair, quiet, copy=False)
    if kept_pair.kept.primary != HOME:
        switch(kept_pair, WHO, WHY, quiet)
    kept_pair.primary.execute("TRUNCATE kept")
    assert standing(kept_pair).state == "streaming"
    return kept_pair


def client(pair: Pair, role: str = "sild_app") -> dict[str, Any]:
    """How a client finds the primary of the two, as the desk does."""
    ports = ",".join(str(port) for port in pair.kept.ports.values())
    word = (pair.keys / "passwords" / role).read_text().strip()
    tls = {"sslmode": "verify-full", "sslrootcert": str(pair.folder / "ca.pem")}
    found = {"host": "localhost,localhost", "port": ports, "dbname": "postgres", "user": role, "password": word}
    return found | tls | {"target_session_attrs": "primary", "connect_timeout": 5}


def numbers(node: Any) -> list[int]:
    return [number for (number,) in node.query()("SELECT number FROM kept ORDER BY 1")]


def kill(pids: list[int], what: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, what)


def processes(node: Any) -> list[int]:
    main = int((node.data / "postmaster.pid").read_text().split()[0])
    return [main, *(int(pid) for pid in Path(f"/proc/{main}/task/{main}/children").read_text().split())]


def guarding(pair: Pair, on_loss: OnLoss) -> tuple[Guard, psycopg.Connection[Any]]:
    """A guard without much patience, and its session."""
    connection = psycopg.connect(**client(pair, GUARD), autocommit=True)
    session = Session(lambda sql: connection.execute(sql.encode()).fetchall(), lambda sql: connection.execute(sql.encode()))
    return Guard(session, on_loss, patience_s=0.4), connection


def until(guard: Guard, state: State) -> int:
    """Look until the state is seen; how many sessions were ended on the way."""
    ended = 0
    for _look in range(100):
        seen = guard.look()
        ended += seen.ended
        if seen.state is state:
            return ended
        time.sleep(0.1)
    pytest.fail(f"the guard saw {seen.state}, never {state}")


def commit(pair: Pair, number: int, told: list[object]) -> threading.Thread:
    """A writer in a thread: what it was answered, and whether the desk may say that the standby has it."""

    def write() -> None:
        try:
            with closing(psycopg.connect(**client(pair))) as connection:
                connection.execute("INSERT INTO kept VALUES (%s)", (number,))
                told.append(is_asked_for(connection.execute(BEFORE).fetchone() or ("", "")))
                connection.commit()
                connection.autocommit = True
                told.append(is_proved(lambda sql: connection.execute(sql.encode()).fetchone() or (), 0.3))
        except psycopg.Error as error:
            told.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def wait_for(question: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not question():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def waiting(pair: Pair) -> int:
    return int(pair.primary.asked("SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event = 'SyncRep'"))


def test_a_certificate_is_good_for_its_servers_names_and_for_nothing_else(tmp_path: Path) -> None:
    today = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    authority = Authority(tmp_path, today)
    server = x509.load_pem_x509_certificate(authority.for_server(("localhost", "127.0.0.1")).certificate.encode())
    role = x509.load_pem_x509_certificate(authority.for_role("sild_replica").certificate.encode())
    for one in (server, role):
        one.verify_directly_issued_by(authority.certificate)
        assert one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
        assert one.not_valid_after_utc <= authority.certificate.not_valid_after_utc
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    assert [purpose.dotted_string for purpose in server.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value] == [
        "1.3.6.1.5.5.7.3.1"
    ]
    assert role.subject.rfc4514_string() == "CN=sild_replica"
    assert Authority(tmp_path, today).pem == authority.pem, "the authority is made once"
    (tmp_path / "ca.key").write_text("nothing")
    with pytest.raises(DatabaseFault, match="it is damaged"):
        Authority(tmp_path, today)


def test_the_standby_streams_over_tls_by_a_role_of_its_own_and_confirms_every_write(pair: Pair) -> None:
    found = standing(pair)
    assert (found.state, found.primary, found.synchronous, found.refusing) == ("streaming", HOME, True, False)
    assert found.slot_left_bytes is not None
    pair.primary.execute("INSERT INTO kept VALUES (1)")
    told = pair.primary.query()(
        "SELECT usename, version, sync_state FROM pg_stat_replication JOIN pg_stat_ssl USING (pid) WHERE application_name = 'sild_abroad'"
    )
    assert told == [("sild_replica", "TLSv1.3", "sync")]
    assert pair.primary.query()("SELECT slot_name, active FROM pg_replication_slots") == [("sild_abroad", True)]
    rights = pair.primary.query()("SELECT rolname, rolsuper, rolreplication FROM pg_roles WHERE rolname IN ('sild_replica', 'sild_guard')")
    assert sorted(rights) == [("sild_guard", False, False), ("sild_replica", False, True)]
    replica = client(pair, "sild_replica") | {"target_session_attrs": "any"}
    with pytest.raises(psycopg.OperationalError, match="certificate"):
        psycopg.connect(**replica)
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        psycopg.connect(**client(pair) | {"sslmode": "disable"})


def test_a_planned_switch_over_loses_nothing_and_the_desks_address_finds_the_new_primary(pair: Pair) -> None:
    with closing(psycopg.connect(**client(pair), autocommit=True)) as connection:
        connection.execute("INSERT INTO kept VALUES (1), (2)")
    moved = switch(pair, WHO, WHY, quiet)
    assert (moved.primary, moved.taken_back_bytes, opened(pair.folder).kept.primary) == (ABROAD, 0, ABROAD)
    with closing(psycopg.connect(**client(pair), autocommit=True)) as connection:
        connection.execute("INSERT INTO kept VALUES (3)")
    assert numbers(pair.node(ABROAD)) == [1, 2, 3]
    assert (standing(pair).state, standing(pair).synchronous) == ("streaming", True)
    slots = "SELECT slot_name AS name FROM pg_replication_slots"
    assert pair.node(HOME).query()(slots) == [], "a slot of its time as a primary would keep the log for nobody"


def test_a_switch_over_needs_a_name_and_a_standby_that_follows(pair: Pair) -> None:
    with pytest.raises(DatabaseFault, match="name the person"):
        switch(pair, " ", WHY, quiet)
    pair.standby.stop()
    with pytest.raises(DatabaseFault, match="abroad does not stream"):
        switch(pair, WHO, WHY, quiet)
    # a commit would wait for the standby here, and still nothing was closed
    assert pair.primary.asked("SELECT current_setting('default_transaction_read_only') AS it") == "off"


def test_nothing_is_promoted_while_the_old_primary_lives_and_the_former_one_returns(pair: Pair) -> None:
    pair.primary.execute("INSERT INTO kept VALUES (1)")
    with pytest.raises(DatabaseFault, match=r"its process \d+ runs; it answers at its socket; something listens on port"):
        promote(pair, WHO, WHY, "I pulled the plug", quiet)
    kill(processes(pair.primary), signal.SIGKILL)
    with pytest.raises(DatabaseFault, match="Say how"):
        promote(pair, WHO, WHY, " ", quiet)
    wait_for(lambda: not pair.primary.answers())
    promote(pair, WHO, WHY, "I pulled the plug", quiet)
    found = standing(pair)
    assert (found.state, found.primary, found.synchronous) == ("alone", ABROAD, False)
    assert found.fence is not None
    assert (found.fence.person, found.fence.how) == (WHO, "I pulled the plug")
    pair.primary.execute("INSERT INTO kept VALUES (2)")  # it waits for nobody
    pair.stop(quiet)
    pair.start(quiet)
    assert not pair.node(HOME).runs, "what is fenced off does not start"
    take_back(pair, WHO, WHY, quiet)
    assert (standing(pair).state, standing(pair).synchronous, pair.kept.fenced) == ("streaming", True, {})
    assert numbers(pair.node(HOME)) == [1, 2]
    events = [line for line in (pair.keys / "events.jsonl").read_text().splitlines() if WHO in line]
    assert ['"promoted"' in line or '"returned"' in line for line in events[-2:]] == [True, True]


def test_what_the_former_primary_wrote_alone_is_taken_back_and_counted(pair: Pair) -> None:
    pair.standby.stop()
    pair.primary.execute("SET synchronous_commit = local", "INSERT INTO kept SELECT generate_series(1, 1000)")
    kill(processes(pair.primary), signal.SIGKILL)
    wait_for(lambda: not pair.primary.answers())
    promote(pair, WHO, WHY, "cut", quiet)
    assert (take_back(pair, WHO, WHY, quiet).taken_back_bytes or 0) > 30_000
    assert numbers(pair.node(HOME)) == []


def test_a_standby_that_stayed_away_too_long_fills_no_disk_and_is_copied_anew(pair: Pair) -> None:
    pair.standby.stop()
    for _segment in range(4):
        pair.primary.execute("SET synchronous_commit = local", "INSERT INTO kept VALUES (7)", "SELECT pg_switch_wal()")
    pair.primary.execute("CHECKPOINT")
    assert standing(pair).state == "lost"
    take_back(pair, WHO, WHY, quiet)
    assert standing(pair).state == "streaming"
    assert numbers(pair.node(ABROAD)) == [7, 7, 7, 7]


def test_a_lost_standby_closes_the_desk_to_writes_and_who_waited_is_told_no_success(pair: Pair) -> None:
    guard, connection = guarding(pair, OnLoss.REFUSE)
    with closing(connection):
        until(guard, State.SYNCHRONOUS)
        kill(processes(pair.standby), signal.SIGKILL)
        told: list[object] = []
        writer = commit(pair, 1, told)
        wait_for(lambda: waiting(pair))
        assert until(guard, State.REFUSING) == 1
        writer.join(10)
        assert (told[0], isinstance(told[1], psycopg.OperationalError)) == (True, True), told
        again: list[object] = []
        commit(pair, 2, again).join(10)
        assert isinstance(again[0], psycopg.errors.ReadOnlySqlTransaction)
        bring_standby(pair, quiet, copy=False)
        until(guard, State.SYNCHRONOUS)
        commit(pair, 3, again).join(10)
        assert again[1:] == [True, True]
        # the first was written, here alone: nobody was told that it was safe, and it is not lost either
        assert numbers(pair.primary) == [1, 3]


def test_the_desk_goes_on_alone_where_the_operator_chose_so_and_who_waited_is_told_no_success(pair: Pair) -> None:
    guard, connection = guarding(pair, OnLoss.GO_ON)
    with closing(connection):
        until(guard, State.SYNCHRONOUS)
        frozen = processes(pair.standby)
        kill(frozen, signal.SIGSTOP)  # a line that is silent, not closed
        try:
            told: list[object] = []
            writer = commit(pair, 1, told)
            wait_for(lambda: waiting(pair))
            until(guard, State.ALONE)
            writer.join(10)
            assert isinstance(told[1], psycopg.OperationalError)
            commit(pair, 2, told).join(10)
            assert told[2:] == [False, False], "nothing was promised, and nothing was proved"
        finally:
            kill(frozen, signal.SIGCONT)
        until(guard, State.SYNCHRONOUS)
        assert standing(pair).synchronous


def test_what_somebody_else_has_not_committed_yet_does_not_make_a_commit_unknown(pair: Pair) -> None:
    with closing(psycopg.connect(**client(pair))) as connection, closing(psycopg.connect(**client(pair))) as other:
        connection.execute("INSERT INTO kept VALUES (1)")
        connection.execute(BEFORE)
        connection.commit()
        connection.autocommit = True
        # in the log behind the commit, and flushed by nobody until it is committed
        other.execute("INSERT INTO kept VALUES (2)")
        assert is_proved(lambda sql: connection.execute(sql.encode()).fetchone() or (), 1.0)


@pytest.mark.parametrize(
    "ending",
    [
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'",
        "ALTER SYSTEM SET synchronous_standby_names = ''; SELECT pg_reload_conf()",
    ],
    ids=["cancelled", "called off"],
)
def test_a_commit_that_postgresql_calls_a_success_without_the_standby_is_not_proved(pair: Pair, ending: str) -> None:
    pair.standby.stop()
    told: list[object] = []
    writer = commit(pair, 1, told)
    wait_for(lambda: waiting(pair))
    pair.primary.execute(ending)
    writer.join(10)
    pair.primary.execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
    assert told == [True, False]
    assert numbers(pair.primary) == [1], "PostgreSQL committed it"


def test_a_guard_takes_back_nothing_that_others_set(pair: Pair) -> None:
    guard, connection = guarding(pair, OnLoss.REFUSE)
    with closing(connection):
        pair.primary.execute("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
        until(guard, State.HELD)
        for _look in range(5):
            assert guard.look().state is State.HELD
        pair.primary.execute("ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")
        until(guard, State.SYNCHRONOUS)


@pytest.mark.slow
def test_an_exercise_runs_on_the_embedded_programs_over_the_private_socket() -> None:
    with contextmanager(new_pair)(embedded_programs(), Shape(durable=False)) as pair:
        assert standing(pair).synchronous
        with pytest.raises(DatabaseFault, match="speaks no TLS"):
            pair.address()
        switch(pair, WHO, WHY, quiet)
        kill(processes(pair.primary), signal.SIGKILL)
        wait_for(lambda: not pair.primary.answers())
        promote(pair, WHO, WHY, "killed", quiet)
        take_back(pair, WHO, WHY, quiet)
        assert standing(pair).state == "streaming"
