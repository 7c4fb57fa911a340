"""The doctor of the running server: all green as we start it, and red on each thing that somebody could spoil."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from sild.postgres import doctor, settings, supervisor
from sild.postgres.doctor import Finding, examine, examine_own_cluster
from sild.postgres.supervisor import Server, running

Plant = Callable[[Server], AbstractContextManager[None]]


def red(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings if not finding.ok}


def in_sql(spoil: str, mend: str, database: str = "sild") -> Plant:
    @contextmanager
    def plant(server: Server) -> Iterator[None]:
        server.execute([spoil], database=database)
        try:
            yield
        finally:
            server.execute(mend.split(";"), database=database)

    return plant


@contextmanager
def trust_line(server: Server) -> Iterator[None]:
    path = server.place.settings / "pg_hba.conf"
    path.write_text("local all all trust\n")
    server.execute(["SELECT pg_reload_conf()"])
    try:
        yield
    finally:
        path.write_text(settings.HBA)
        server.execute(["SELECT pg_reload_conf()", "SELECT pg_sleep(0.2)"])


def mode(where: Callable[[Server], Path], to: int) -> Plant:
    @contextmanager
    def plant(server: Server) -> Iterator[None]:
        path = where(server)
        before = path.stat().st_mode & 0o777
        path.chmod(to)
        try:
            yield
        finally:
            path.chmod(before)

    return plant


PLANTED: list[tuple[str, str, Plant]] = [
    ("a line of trust", "hba", trust_line),
    ("a role that bypasses", "roles", in_sql("ALTER ROLE sild_app BYPASSRLS", "ALTER ROLE sild_app NOBYPASSRLS")),
    ("a gate that bypasses", "roles", in_sql("ALTER ROLE sild_gate BYPASSRLS", "ALTER ROLE sild_gate NOBYPASSRLS")),
    ("an owner who signs in", "roles", in_sql("ALTER ROLE sild_owner LOGIN", "ALTER ROLE sild_owner NOLOGIN")),
    ("a desk that is superuser", "roles", in_sql("ALTER ROLE sild_app SUPERUSER", "ALTER ROLE sild_app NOSUPERUSER")),
    ("a sequencer that makes roles", "roles", in_sql("ALTER ROLE sild_sequencer CREATEROLE", "ALTER ROLE sild_sequencer NOCREATEROLE")),
    ("a desk that is the owner too", "roles", in_sql("GRANT sild_owner TO sild_app", "REVOKE sild_owner FROM sild_app")),
    (
        "a desk that reads every file",
        "roles",
        in_sql("GRANT pg_read_server_files TO sild_app", "REVOKE pg_read_server_files FROM sild_app"),
    ),
    ("a desk that lends its rights", "roles", in_sql("GRANT sild_backup TO sild_sequencer", "REVOKE sild_backup FROM sild_sequencer")),
    (
        "a setting bound to a role",
        "roles",
        in_sql("ALTER ROLE sild_app SET session_replication_role = replica", "ALTER ROLE sild_app RESET session_replication_role"),
    ),
    (
        "a setting bound to the database",
        "roles",
        in_sql("ALTER DATABASE sild SET row_security = off", "ALTER DATABASE sild RESET row_security"),
    ),
    ("a stranger", "strangers", in_sql("CREATE ROLE mallory SUPERUSER LOGIN", "DROP ROLE mallory")),
    ("a stranger who cannot sign in", "strangers", in_sql("CREATE ROLE mallory NOLOGIN", "DROP ROLE mallory")),
    ("a system role that signs in", "strangers", in_sql("CREATE ROLE mallory LOGIN IN ROLE pg_monitor", "DROP ROLE mallory")),
    ("a desk that owns a table", "ownership", in_sql("CREATE TABLE own (); ALTER TABLE own OWNER TO sild_app", "DROP TABLE own")),
    ("a table that a migration kept", "ownership", in_sql("CREATE TABLE own (); ALTER TABLE own OWNER TO sild_migrate", "DROP TABLE own")),
    (
        "a desk that creates",
        "creation",
        in_sql("GRANT CREATE ON SCHEMA public TO sild_app", "REVOKE CREATE ON SCHEMA public FROM sild_app"),
    ),
    (
        "a desk that makes schemas",
        "creation",
        in_sql("GRANT CREATE ON DATABASE sild TO sild_app", "REVOKE CREATE ON DATABASE sild FROM sild_app"),
    ),
    (
        "temporary tables",
        "creation",
        in_sql("GRANT TEMPORARY ON DATABASE sild TO sild_app", "REVOKE TEMPORARY ON DATABASE sild FROM sild_app"),
    ),
    ("everybody in the schema", "public", in_sql("GRANT USAGE ON SCHEMA public TO PUBLIC", "REVOKE USAGE ON SCHEMA public FROM PUBLIC")),
    (
        "everybody in the database",
        "public",
        in_sql("GRANT CONNECT ON DATABASE sild TO PUBLIC", "REVOKE CONNECT ON DATABASE sild FROM PUBLIC"),
    ),
    ("a missing extension", "extensions", in_sql("DROP EXTENSION plpgsql", "CREATE EXTENSION plpgsql")),
    ("a world-readable password", "files", mode(lambda server: server.place.passwords / "sild_app", 0o644)),
    ("a password that a group reads", "files", mode(lambda server: server.place.passwords / "sild_backup", 0o640)),
    ("a world-readable log", "files", mode(lambda server: server.place.log, 0o644)),
    ("rules that others may write", "files", mode(lambda server: server.place.settings / "pg_hba.conf", 0o666)),
    ("an open directory of passwords", "directories", mode(lambda server: server.place.passwords, 0o755)),
    ("an open data directory", "directories", mode(lambda server: server.place.data, 0o755)),
    ("an open socket directory", "socket", mode(lambda server: server.place.socket, 0o777)),
]


OF_THE_CATALOG = {"roles", "strangers", "ownership", "creation", "public", "extensions"}


def test_everything_is_green_as_we_start_it(durable_server: Server) -> None:
    findings = examine(durable_server)
    assert red(findings) == set()
    assert len(findings) >= 20
    assert all(finding.what and not finding.next_step for finding in findings)


@pytest.mark.parametrize(("code", "plant"), [(code, plant) for _, code, plant in PLANTED], ids=[name for name, _, _ in PLANTED])
def test_the_doctor_finds(durable_server: Server, code: str, plant: Plant) -> None:
    with plant(durable_server):
        findings = _by_sql(durable_server) if code in OF_THE_CATALOG else examine(durable_server)
        assert f"database.{code}" in red(findings)
        assert all(finding.next_step for finding in findings if not finding.ok)
    assert red(_by_sql(durable_server)) == set()


def _by_sql(server: Server) -> list[Finding]:
    """The findings that answer from the catalog: the doors and files are left out where the plant is not theirs, to be quick."""
    return [*doctor._strangers(server.query()), *doctor._roles(server.query()), *doctor._rights(server.query())]


def test_trust_is_found_by_trying_a_wrong_password(durable_server: Server) -> None:
    with trust_line(durable_server):
        assert {"database.hba", "database.wrong_password"} <= red(examine(durable_server))


def test_a_password_that_is_not_kept_by_scram_is_found(durable_server: Server) -> None:
    verifier = durable_server.query()("SELECT rolpassword AS it FROM pg_authid WHERE rolname = 'sild_app'")[0][0]
    durable_server.execute(["ALTER ROLE sild_app PASSWORD NULL"])
    try:
        assert red(doctor._passwords(durable_server.query())) == {"database.passwords"}
    finally:
        durable_server.execute([f"ALTER ROLE sild_app PASSWORD '{verifier}'"])
    assert red(doctor._passwords(durable_server.query())) == set()


def test_a_network_port_is_found(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoilt = ["-c", "listen_addresses=127.54.32.1"]
    monkeypatch.setattr(supervisor, "command_options", lambda place, durable: settings.command_options(place, durable) + spoilt)
    monkeypatch.setattr(Server, "_prove", lambda self: None)
    with running(home, durable=False) as server:
        findings = examine(server)
    assert "database.no_tcp" in red(findings)
    told = next(finding.what for finding in findings if finding.code == "database.no_tcp")
    assert "listens on 127.54.32.1" in told
    assert "listens on TCP port 5432" in told


def test_a_server_that_cannot_be_asked_is_a_finding_beside_those_of_the_files(durable_server: Server) -> None:
    with mode(lambda one: one.place.passwords / "sild_superuser", 0o644)(durable_server):
        assert red(examine(durable_server)) == {"database.files", "database.answers"}


def test_a_throwaway_server_is_never_green(home: Path) -> None:
    with running(home, durable=False) as server:
        assert {"database.fsync", "database.full_page_writes", "database.synchronous_commit", "database.settings"} <= red(examine(server))


def test_an_own_cluster_is_examined_by_its_administrator(durable_server: Server) -> None:
    assert red(examine_own_cluster(durable_server.query())) == set()
    with in_sql("ALTER ROLE sild_app BYPASSRLS", "ALTER ROLE sild_app NOBYPASSRLS")(durable_server):
        assert red(examine_own_cluster(durable_server.query())) == {"database.roles"}


def test_an_administrator_who_may_not_see_passwords_still_gets_a_finding_about_them(durable_server: Server) -> None:
    findings = {finding.code: finding for finding in examine_own_cluster(durable_server.query("sild_migrate"))}
    assert findings["database.passwords"].ok
    assert "cannot see more" in findings["database.passwords"].what
