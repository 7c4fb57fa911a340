"""Vectors are read by the names of their lines alone: no category beside them, and no second copy of each in an index."""

from django.db import migrations

ALONE = [
    "drop trigger vector_follows on register_line",
    """create or replace function sild_vector_follows() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and (new.item, new.unit, new.subject, new.evidence) is not distinct from (old.item, old.unit, old.subject, old.evidence) then
    update linkage_vector set marking = new.marking, compartment_id = new.compartment_id where line_id = new.id;
  else
    delete from linkage_vector where line_id = old.id;
  end if;
  return null;
end $$""",
    "create trigger vector_follows after update of marking, compartment_id, item, unit, subject, evidence on register_line"
    " for each row when ((new.marking, new.compartment_id, new.item, new.unit, new.subject, new.evidence)"
    " is distinct from (old.marking, old.compartment_id, old.item, old.unit, old.subject, old.evidence))"
    " execute function sild_vector_follows()",
    "drop index linkage_vector_block",
    "alter table linkage_vector drop column category",
]


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0005_joined'),
        ('linkage', '0009_slot_editions'),
    ]

    operations = [migrations.RunSQL([*ALONE], migrations.RunSQL.noop)]
