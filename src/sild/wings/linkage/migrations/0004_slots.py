"""Beside each line the slots under which it is found again, keyed; those of lines that are there already are made."""

from typing import Any

from django.db import migrations

from sild.wings.linkage.migrations._filing import file_all

MINE = "mechanism_id = (select sild_mechanism()) and owner_id = (select sild_organisation())"
OWN = (
    f"{MINE} and marking <= (select sild_ceiling())"
    " and (compartment_id is null or compartment_id = any((select sild_compartments())::uuid[]))"
)

# As closed as its line, without a journal: what a line says and who may read it stands with the line, and this follows from it.
TABLE = [
    "create table linkage_slot (slot bigint not null, told_at timestamptz not null, line_id uuid not null, mechanism_id uuid not null,"
    " owner_id uuid not null, marking smallint not null, compartment_id uuid)",
    "create index linkage_slot_latest on linkage_slot (slot, told_at, line_id)",
    "create index linkage_slot_line on linkage_slot (line_id)",
    "alter table linkage_slot enable row level security",
    "alter table linkage_slot force row level security",
    f"create policy scope_read on linkage_slot for select using ({OWN})",
    f"create policy scope_insert on linkage_slot for insert with check ({OWN})",
    f"create policy scope_update on linkage_slot for update using ({OWN}) with check ({OWN})",
    f"create policy scope_delete on linkage_slot for delete using ({MINE})",
    "grant select, insert, update, delete on linkage_slot to sild_app",
]
FOLLOW = [
    """create or replace function sild_follow_line() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from linkage_slot where line_id = old.id;
  else
    update linkage_slot set marking = new.marking, compartment_id = new.compartment_id where line_id = new.id;
  end if;
  return null;
end $$""",
    "create trigger slots_closed after update of marking, compartment_id on register_line for each row when"
    " (new.marking <> old.marking or new.compartment_id is distinct from old.compartment_id) execute function sild_follow_line()",
    "create trigger slots_gone after delete on register_line for each row execute function sild_follow_line()",
]
"""Slots are closed with their line and go with it, whoever closes or removes it."""


def fill(apps: Any, schema_editor: Any) -> None:
    """Make the slots of the lines that are there."""
    file_all(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0004_planned_once'),
        ('linkage', '0003_overlap'),
    ]

    operations = [
        migrations.RunSQL([*TABLE, *FOLLOW], migrations.RunSQL.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
