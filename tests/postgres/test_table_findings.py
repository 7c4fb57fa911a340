"""Every table of records is under forced row-level security, or stands on the allow-list with its reason; each slip is found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sild.postgres.doctor import Finding
from sild.postgres.roles import MIGRATE, after_migration_statements
from sild.postgres.supervisor import Server
from sild.postgres.table_findings import examine_tables

GOOD = [
    "CREATE TABLE record (id int PRIMARY KEY, owner text)",
    "ALTER TABLE record ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE record FORCE ROW LEVEL SECURITY",
    "CREATE POLICY own ON record USING (owner = (SELECT current_setting('sild.actor', true)))",
    "CREATE TABLE django_session (key text)",
    "CREATE VIEW shown WITH (security_invoker = true) AS SELECT id FROM record",
    "CREATE FUNCTION gate.entry() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS 'SELECT 1'",
    "ALTER FUNCTION gate.entry() OWNER TO sild_gate",
]
PARTS = "CREATE TABLE whole (n int) PARTITION BY LIST (n);CREATE TABLE part PARTITION OF whole DEFAULT"
DOOR = "CREATE FUNCTION door() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"
ALLOWED = {"django_session": "the framework's sessions: opaque keys, no record"}
GATES = {"gate.entry": "sign-in reads before there is an actor"}


@pytest.fixture(scope="module")
def good(server: Server) -> Iterator[Server]:
    server.execute([*GOOD, *after_migration_statements()], MIGRATE)
    yield server


def red(findings: list[Finding]) -> dict[str, str]:
    return {finding.code.removeprefix("tables."): finding.what for finding in findings if not finding.ok}


def test_a_well_kept_database_is_green(good: Server) -> None:
    findings = examine_tables(good.query(), ALLOWED, GATES)
    assert red(findings) == {}
    assert findings[0].what == "2 tables, 1 of them on the allow-list"


@pytest.mark.parametrize(
    ("code", "told", "spoil", "mend"),
    [
        ("forced", "bare is not under forced", "CREATE TABLE bare ()", "DROP TABLE bare"),
        (
            "forced",
            "record is not under forced",
            "ALTER TABLE record NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE record FORCE ROW LEVEL SECURITY",
        ),
        (
            "forced",
            "record is not under forced",
            "ALTER TABLE record DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE record ENABLE ROW LEVEL SECURITY",
        ),
        ("forced", "part is not under forced", PARTS, "DROP TABLE whole"),
        ("forced", "gate.hidden is not under forced", "CREATE TABLE gate.hidden ()", "DROP TABLE gate.hidden"),
        (
            "wide",
            "record has a policy that shows every row",
            "CREATE POLICY all_of_it ON record FOR SELECT USING (true)",
            "DROP POLICY all_of_it ON record",
        ),
        ("wide", "record has a policy", "CREATE POLICY all_of_it ON record TO sild_app USING (true)", "DROP POLICY all_of_it ON record"),
        ("owners", "record belongs to sild_migrate", "ALTER TABLE record OWNER TO sild_migrate", "ALTER TABLE record OWNER TO sild_owner"),
        ("rights", "sild_app has TRUNCATE on record", "GRANT TRUNCATE ON record TO sild_app", "REVOKE TRUNCATE ON record FROM sild_app"),
        ("rights", "PUBLIC has SELECT on record", "GRANT SELECT ON record TO PUBLIC", "REVOKE SELECT ON record FROM PUBLIC"),
        ("rights", "sild_backup has DELETE on record", "GRANT DELETE ON record TO sild_backup", "REVOKE DELETE ON record FROM sild_backup"),
        ("views", "eyes shows rows", "CREATE VIEW eyes AS SELECT id FROM record", "DROP VIEW eyes"),
        ("views", "eyes shows rows", "CREATE MATERIALIZED VIEW eyes AS SELECT id FROM record", "DROP MATERIALIZED VIEW eyes"),
        ("gates", "door is not on the list of gates", DOOR, "DROP FUNCTION door()"),
        (
            "gates",
            "gate.entry runs as sild_owner",
            "ALTER FUNCTION gate.entry() OWNER TO sild_owner",
            "ALTER FUNCTION gate.entry() OWNER TO sild_gate",
        ),
        (
            "gates",
            "gate.entry does not pin",
            "ALTER FUNCTION gate.entry() RESET search_path",
            "ALTER FUNCTION gate.entry() SET search_path = public, pg_temp",
        ),
        (
            "gates",
            "everybody may call gate.entry",
            "GRANT EXECUTE ON FUNCTION gate.entry() TO PUBLIC",
            "REVOKE EXECUTE ON FUNCTION gate.entry() FROM PUBLIC",
        ),
    ],
)
def test_a_slip_is_found(good: Server, code: str, told: str, spoil: str, mend: str) -> None:
    good.execute(spoil.split(";"))
    try:
        assert told in red(examine_tables(good.query(), ALLOWED, GATES))[code]
    finally:
        good.execute([mend])
    assert red(examine_tables(good.query(), ALLOWED, GATES)) == {}


def test_the_allow_list_must_be_true_and_reasoned(good: Server) -> None:
    slips = {"django_session": " ", "gone": "it was there once", "record": "not needed any more"}
    told = red(examine_tables(good.query(), slips, GATES))["allow_list"]
    assert "django_session is on the allow-list without a reason" in told
    assert "gone is on the allow-list and does not exist" in told
    assert "record is on the allow-list and needs it no more" in told
    assert "gone is on the list of gates" in red(examine_tables(good.query(), ALLOWED, GATES | {"gone": "x"}))["gates"]
    assert "gate.entry is not on the list of gates" in red(examine_tables(good.query(), ALLOWED, {"gate.entry": ""}))["gates"]
