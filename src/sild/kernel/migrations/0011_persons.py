"""The database is told who acts: acts, entries and words in nobody else's name; a lowering opens its own record alone."""

from django.db import migrations

from sild.kernel.persons import STATEMENTS
from sild.kernel.scope import GUARD, TWO_PEOPLE

COVERS = [
    # kept by the database alone: whatever the desk writes there is written over by the trigger
    "alter table kernel_lowering add column covers uuid[] not null default '{}'",
    # until the declarations of the models are known (kernel.inheritance.covered_sql, after the migrations): the record itself
    """create or replace function sild_covered(subject_model text, subject uuid) returns uuid[] language plpgsql stable
       set search_path = public, pg_temp as $$ begin return array[subject]; end $$""",
]


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0010_lowering_by_two"),
    ]

    operations = [
        migrations.RunSQL([*STATEMENTS, *COVERS, *TWO_PEOPLE, GUARD], migrations.RunSQL.noop),
    ]
