"""Every table of records is closed by the database itself; what is open stands on a list with its reason."""

from __future__ import annotations

import pytest
from django.apps import apps

from sild.kernel.record import Record
from sild.kernel.scope import GATES, UNSCOPED_TABLES
from sild.postgres.supervisor import Server
from sild.postgres.table_findings import examine_tables
from tests.cast import Cast


def red(server: Server) -> list[str]:
    return [finding.what for finding in examine_tables(server.query(), UNSCOPED_TABLES, GATES) if not finding.ok]


def test_every_table_forces_its_policies_or_stands_on_the_list(cast: Cast, server: Server) -> None:
    assert red(server) == []


@pytest.mark.parametrize(
    ("plant", "remove", "told"),
    [
        ("CREATE TABLE stray (id int)", "DROP TABLE stray", "stray is not under forced"),
        ("ALTER TABLE register_line NO FORCE ROW LEVEL SECURITY", "ALTER TABLE register_line FORCE ROW LEVEL SECURITY", "register_line"),
        (
            "CREATE POLICY wide ON register_need FOR SELECT USING (true)",
            "DROP POLICY wide ON register_need",
            "register_need has a policy that shows every row",
        ),
        ("CREATE VIEW peek AS SELECT * FROM register_line", "DROP VIEW peek", "peek"),
    ],
)
def test_a_planted_hole_is_found(cast: Cast, server: Server, plant: str, remove: str, told: str) -> None:
    server.execute([plant])
    try:
        assert any(told in what for what in red(server))
    finally:
        server.execute([remove])


def test_every_record_table_has_all_its_policies_and_its_guard(cast: Cast, server: Server) -> None:
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, Record)]
    assert len(tables) >= 15
    for table in tables:
        policies = server.query()(f"SELECT polname FROM pg_policy WHERE polrelid = '{table}'::regclass")
        guards = server.query()(f"SELECT tgname FROM pg_trigger WHERE tgrelid = '{table}'::regclass AND tgname = 'guard'")
        assert {"scope_read", "scope_insert", "scope_update", "scope_delete"} <= {row[0] for row in policies}, table
        assert guards, table
