"""Beside each line the vector of its words, as closed as the line; what is read of one category and compartment lies together."""

from django.db import migrations

MINE = "mechanism_id = (select sild_mechanism()) and owner_id = (select sild_organisation())"
OWN = (
    f"{MINE} and marking <= (select sild_ceiling())"
    " and (compartment_id is null or compartment_id = any((select sild_compartments())::uuid[]))"
)
# who was given a line reads its vector too; the line's own policies say who that is
READ = f"({OWN}) or exists (select from register_line where register_line.id = linkage_vector.line_id)"

# A vector tells about what its words say, so it is as closed as they; there is no journal of it, for it follows from the line.
TABLE = [
    "create table linkage_vector (line_id uuid primary key, mechanism_id uuid not null, owner_id uuid not null, marking smallint not null,"
    " compartment_id uuid, category text not null, model bytea not null, digest bytea not null, vector bytea not null,"
    " check (octet_length(model) = 8 and octet_length(digest) = 32 and octet_length(vector) in (0, 384)))",
    # the index holds all that reading a block takes: its vectors lie side by side there, and in the table they do not
    "create index linkage_vector_block on linkage_vector (owner_id, category, compartment_id, line_id)"
    " include (mechanism_id, marking, model, vector)",
    "create index linkage_vector_words on linkage_vector (owner_id, digest)",
    "alter table linkage_vector enable row level security",
    "alter table linkage_vector force row level security",
    f"create policy scope_read on linkage_vector for select using ({READ})",
    f"create policy scope_insert on linkage_vector for insert with check ({OWN})",
    f"create policy scope_update on linkage_vector for update using ({OWN}) with check ({OWN})",
    f"create policy scope_delete on linkage_vector for delete using ({MINE})",
    "grant select, insert, update, delete on linkage_vector to sild_app",
]
FOLLOW = [
    """create function sild_vector_follows() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and (new.item, new.unit, new.subject, new.evidence) is not distinct from (old.item, old.unit, old.subject, old.evidence) then
    update linkage_vector set marking = new.marking, compartment_id = new.compartment_id, category = new.category where line_id = new.id;
  else
    delete from linkage_vector where line_id = old.id;
  end if;
  return null;
end $$""",
    "create trigger vector_follows after update of marking, compartment_id, category, item, unit, subject, evidence on register_line"
    " for each row when ((new.marking, new.compartment_id, new.category, new.item, new.unit, new.subject, new.evidence)"
    " is distinct from (old.marking, old.compartment_id, old.category, old.item, old.unit, old.subject, old.evidence))"
    " execute function sild_vector_follows()",
    "create trigger vector_gone after delete on register_line for each row execute function sild_vector_follows()",
]
"""A vector is closed with its line and goes with it, and goes when the words change, whoever changes them."""


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0004_planned_once'),
        ('linkage', '0004_slots'),
    ]

    operations = [
        migrations.RunSQL([*TABLE, *FOLLOW], migrations.RunSQL.noop),
    ]
