"""What the roles may and may not do, tried on a real server; and the same on a cluster that an operator administers."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sild.postgres.binaries import find_binaries
from sild.postgres.connection import kept_password
from sild.postgres.doctor import examine_own_cluster
from sild.postgres.faults import DatabaseFault
from sild.postgres.own_cluster import prepare_own_cluster
from sild.postgres.places import private_directory
from sild.postgres.psql import Query, Session, psql_session
from sild.postgres.roles import (
    APP,
    BACKUP,
    LOGIN_ROLES,
    MIGRATE,
    OWNER,
    SEQUENCER,
    SUPERUSER,
    after_migration_statements,
    bootstrap_statements,
    scram_verifier,
)
from sild.postgres.supervisor import Server, running

MIGRATION = [
    "CREATE FUNCTION actor() RETURNS text LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('sild.actor', true), '') $$",
    "CREATE TABLE record (id int PRIMARY KEY, owner text NOT NULL, note text)",
    "ALTER TABLE record ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE record FORCE ROW LEVEL SECURITY",
    "CREATE POLICY own ON record USING (owner = (SELECT actor())) WITH CHECK (owner = (SELECT actor()))",
    "INSERT INTO record SELECT n, CASE WHEN n % 2 = 0 THEN 'even' ELSE 'odd' END, 'note' FROM generate_series(1, 10) n",
]


@pytest.fixture(scope="module")
def desk(server: Server) -> Iterator[Server]:
    """A server on which one migration ran as migrations do."""
    server.execute([*MIGRATION, *after_migration_statements()], MIGRATE)
    yield server


def count(server: Server, role: str, actor: str | None = None) -> int:
    """The records that the role sees, acting for somebody or nobody."""
    acting = f"set_config('sild.actor', '{actor}', true)" if actor else "'nobody'"
    return int(
        server.query(role)(f"WITH act AS MATERIALIZED (SELECT {acting} AS who) SELECT (SELECT count(*) FROM record) AS n FROM act")[0][0]
    )


FAST = {"database.fsync", "database.full_page_writes", "database.synchronous_commit"}  # what the doctor says of a throwaway cluster


def red(query: Query) -> set[str]:
    return {finding.code for finding in examine_own_cluster(query) if not finding.ok}


def run(server: Server, role: str, *statements: str) -> None:
    server.execute(list(statements), role)


def test_what_a_migration_makes_belongs_to_the_owner_who_cannot_sign_in(desk: Server) -> None:
    assert desk.query()("SELECT DISTINCT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE relname LIKE 'record%'") == [(OWNER,)]
    assert desk.query()("SELECT pg_get_userbyid(proowner) AS owner FROM pg_proc WHERE proname = 'actor'") == [(OWNER,)]
    assert desk.query()(f"SELECT rolcanlogin AS it FROM pg_roles WHERE rolname = '{OWNER}'") == [(False,)]


def test_a_second_migration_changes_tables_and_every_row_under_forced_policies(desk: Server) -> None:
    told = desk.query(MIGRATE)("SELECT count(*) AS n FROM record")
    assert told == [(10,)]
    run(
        desk,
        MIGRATE,
        "ALTER TABLE record ADD COLUMN IF NOT EXISTS more text",
        "UPDATE record SET more = 'x'",
        *after_migration_statements(),
    )
    assert desk.query(MIGRATE)("SELECT count(*) AS n FROM record WHERE more = 'x'") == [(10,)]


def test_the_owner_itself_would_have_changed_no_row_which_is_why_migrations_are_not_run_as_the_owner(desk: Server) -> None:
    run(desk, MIGRATE, f"SET ROLE {OWNER}", "UPDATE record SET note = 'lost' RETURNING id")
    assert desk.query(MIGRATE)("SELECT count(*) AS n FROM record WHERE note = 'lost'") == [(0,)]


def test_the_desk_sees_nothing_without_an_actor_and_its_own_with_one(desk: Server) -> None:
    assert count(desk, APP) == 0
    assert count(desk, APP, "even") == 5


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine ()",
        "CREATE TEMPORARY TABLE mine ()",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE record DISABLE ROW LEVEL SECURITY",
        "DROP TABLE record",
        "TRUNCATE record",
        "CREATE TRIGGER spy AFTER INSERT ON record EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "SET ROLE sild_owner",
        "SET ROLE sild_migrate",
        "SET ROLE sild_gate",
        "ALTER SYSTEM SET fsync = off",
        "COPY record TO '/tmp/out'",
        "COPY record TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT rolpassword FROM pg_authid",
        "DROP EXTENSION plpgsql",
        "INSERT INTO record VALUES (99, 'odd', 'not mine')",
    ],
)
def test_the_desk_may_not(desk: Server, statement: str) -> None:
    with pytest.raises(DatabaseFault, match=r"denied|must be|violates row-level security|ALTER SYSTEM is not allowed"):
        run(desk, APP, statement)


def test_the_backup_reads_everything_and_writes_nothing(desk: Server) -> None:
    assert count(desk, BACKUP) == 10
    for statement in ("DELETE FROM record", "SET default_transaction_read_only = off; DELETE FROM record", "CREATE TABLE mine ()"):
        with pytest.raises(DatabaseFault, match=r"denied|read-only"):
            run(desk, BACKUP, statement)


def test_a_dump_by_the_backup_holds_every_row_of_every_owner(desk: Server) -> None:
    words = desk.conninfo(BACKUP)
    line = [desk.binaries.program("pg_dump"), "-h", str(words["host"]), "-U", BACKUP, "--data-only", "--table=record", str(words["dbname"])]
    told = subprocess.run(line, env={"PGPASSWORD": str(words["password"])}, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert len(re.findall(r"^\d+\t(?:odd|even)\t", told.stdout, re.MULTILINE)) == 10
    line.remove("--table=record")
    assert subprocess.run(line, env={"PGPASSWORD": str(words["password"])}, capture_output=True, check=False).returncode == 0


def test_the_sequencer_has_nothing_that_no_migration_gave_it(desk: Server) -> None:
    with pytest.raises(DatabaseFault, match="permission denied for table record"):
        count(desk, SEQUENCER)


def test_nobody_else_may_call_a_function_that_a_migration_made(desk: Server) -> None:
    assert desk.query(APP)("SELECT actor() AS who") == [(None,)]
    with pytest.raises(DatabaseFault, match="permission denied for function actor"):
        desk.query(SEQUENCER)("SELECT actor() AS who")


def test_a_definer_function_of_the_gate_reads_only_what_its_policy_shows(desk: Server) -> None:
    run(
        desk, MIGRATE,
        "CREATE FUNCTION gate.owner_of(wanted int) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp"
        " AS $$ SELECT owner FROM record WHERE id = wanted $$",
        "ALTER FUNCTION gate.owner_of(int) OWNER TO sild_gate", "GRANT EXECUTE ON FUNCTION gate.owner_of(int) TO sild_app",
        "GRANT SELECT ON record TO sild_gate", "GRANT EXECUTE ON FUNCTION actor() TO sild_gate",
        "CREATE POLICY sign_in ON record FOR SELECT TO sild_gate USING (id < 4)", *after_migration_statements(),
    )  # fmt: skip
    assert desk.query(APP)("SELECT gate.owner_of(2) AS it") == [("even",)]
    assert desk.query(APP)("SELECT gate.owner_of(6) AS it") == [(None,)]
    with pytest.raises(DatabaseFault, match="permission denied for function owner_of"):
        desk.query(BACKUP)("SELECT gate.owner_of(2) AS it")
    with pytest.raises(DatabaseFault, match="permission denied for schema gate"):
        desk.query(SEQUENCER)("SELECT gate.owner_of(2) AS it")


def test_the_statements_may_be_run_again_and_mend_what_was_spoilt(server: Server) -> None:
    server.execute(
        ["ALTER ROLE sild_app BYPASSRLS CREATEDB PASSWORD NULL", "GRANT CREATE ON SCHEMA public TO PUBLIC", "ALTER ROLE sild_gate LOGIN"]
    )
    steps = bootstrap_statements({role: kept_password(server.place.passwords, role) for role in LOGIN_ROLES})
    server.execute(steps.cluster)
    server.execute(steps.database)
    assert red(server.query()) == FAST
    assert server.query(APP)("SELECT 1 AS one") == [(1,)]


def test_no_password_is_in_the_statements() -> None:
    passwords = {role: f"secret-of-{role}" for role in LOGIN_ROLES}
    steps = bootstrap_statements(passwords)
    text = "\n".join([*steps.cluster, steps.create, *steps.database])
    assert "secret-of" not in text
    assert steps == bootstrap_statements(passwords)
    assert steps.digest != bootstrap_statements(passwords | {APP: "another"}).digest


def test_the_verifier_is_that_of_the_standard(server: Server) -> None:
    server.execute([f"CREATE ROLE tried LOGIN PASSWORD '{scram_verifier('tried', 'word')}'", "GRANT CONNECT ON DATABASE sild TO tried"])
    try:
        words: dict[str, str | int] = server.conninfo() | {"user": "tried", "password": "word"}
        assert psql_session(server.binaries, words).query("SELECT current_user AS me") == [("tried",)]
        with pytest.raises(DatabaseFault, match="password authentication failed"):
            psql_session(server.binaries, words | {"password": "other"}).query("SELECT 1 AS one")
    finally:
        server.execute(["DROP OWNED BY tried", "DROP ROLE tried"])


@pytest.mark.parametrize("name", ["", "Sild", "sild; DROP DATABASE postgres", "sild-1", "дім", 'a"b'])
def test_a_database_name_that_needs_quotes_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="lower-case letters"):
        bootstrap_statements(dict.fromkeys(LOGIN_ROLES, "word"), name)


def test_a_missing_password_is_refused() -> None:
    with pytest.raises(ValueError, match="no password for sild_backup, sild_sequencer"):
        bootstrap_statements({MIGRATE: "word", APP: "word"})


@pytest.fixture
def operator(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A cluster without Sild's roles, whose administrator is no superuser: roles, databases and bypass only."""
    monkeypatch.setattr(Server, "_bootstrap", lambda self: None)
    with running(home, durable=False) as server:
        server.execute(
            [f"CREATE ROLE operator LOGIN CREATEDB CREATEROLE BYPASSRLS PASSWORD '{scram_verifier('operator', 'word')}'"],
            database="postgres",
        )
        yield server


def as_operator(server: Server, database: str) -> Session:
    return psql_session(find_binaries(), server.conninfo(SUPERUSER, database) | {"user": "operator", "password": "word"})


def test_an_operators_cluster_is_prepared_by_an_administrator_who_is_no_superuser(operator: Server, tmp_path: Path) -> None:
    passwords = private_directory(tmp_path / "passwords")
    for _ in range(2):
        prepare_own_cluster(lambda database: as_operator(operator, database), passwords)
    assert red(as_operator(operator, "sild").query) == FAST
    words = operator.conninfo(SUPERUSER) | {"user": MIGRATE, "password": kept_password(passwords, MIGRATE)}
    migrate = psql_session(find_binaries(), words)
    for statement in [*MIGRATION, *after_migration_statements()]:
        migrate.execute(statement)
    assert operator.query()("SELECT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE relname = 'record'") == [(OWNER,)]


def test_an_administrator_with_too_few_rights_is_told_which(operator: Server, tmp_path: Path) -> None:
    operator.execute(["ALTER ROLE operator NOBYPASSRLS"], database="postgres")
    with pytest.raises(DatabaseFault, match="CREATEROLE, CREATEDB and BYPASSRLS"):
        prepare_own_cluster(lambda database: as_operator(operator, database), private_directory(tmp_path / "passwords"))


def test_an_older_cluster_is_refused(tmp_path: Path) -> None:
    old = Session(lambda sql: [(140002,)], lambda sql: pytest.fail(f"something was run: {sql}"))
    with pytest.raises(DatabaseFault, match="is PostgreSQL 14, Sild needs 15"):
        prepare_own_cluster(lambda database: old, tmp_path)
