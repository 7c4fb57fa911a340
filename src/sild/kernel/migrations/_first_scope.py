"""The policies as the first migrations made them, kept as they were: applied migrations do not change. The present ones: kernel.scope."""

from __future__ import annotations

from django.db import migrations

VISIBLE = (
    "mechanism_id = (select sild_mechanism()) and (owner_id = (select sild_organisation())"
    " or (select sild_organisation()) = any(releasable_to))"
)
OWN = "mechanism_id = (select sild_mechanism()) and owner_id = (select sild_organisation())"


GUARD = """create function sild_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.id <> old.id or new.mechanism_id <> old.mechanism_id or new.owner_id <> old.owner_id then
    raise exception 'a record keeps its id, its mechanism and its owner' using errcode = 'insufficient_privilege';
  end if;
  if old.owner_id is distinct from sild_organisation()
     and (new.marking <> old.marking or new.releasable_to <> old.releasable_to) then
    raise exception 'marking and release are for the owner of a record' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$"""


def scope_statements(table: str) -> list[str]:
    """The statements that close a record table to everybody but the rows' own readers."""
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy scope_read on {table} for select using ({VISIBLE})",
        f"create policy scope_insert on {table} for insert with check ({OWN})",
        f"create policy scope_update on {table} for update using ({VISIBLE}) with check ({VISIBLE})",
        f"create policy scope_delete on {table} for delete using ({OWN})",
        f"create trigger guard before update on {table} for each row execute function sild_guard()",
        f"grant select, insert, update, delete on {table} to sild_app",
    ]


def scoped(*tables: str) -> migrations.RunSQL:
    """A migration step that puts the policies on the tables, in the migration that makes them."""
    return migrations.RunSQL(
        [statement for table in tables for statement in scope_statements(table)],
        migrations.RunSQL.noop,
    )
