"""Jobs: long work that people see going on, and the gate by which the worker finds who asked for it."""

import uuid

from django.db import migrations, models

ROW = """table (person uuid, name text, organisation uuid, mechanism uuid, roles text[], ceiling integer, compartments uuid[],
    member_slug text, mechanism_slug text, mechanism_name text, exercise boolean, organisation_name text)"""
GATE = [
    # a closed account asks for nothing, and what it asked for before is not done; a seat that nobody took acts from the command line
    f"""create function gate.member(member uuid) returns {ROW}
      language sql stable security definer set search_path = public, pg_temp
      as $$ select seat.* from kernel_member one
        join kernel_mechanism mechanism on mechanism.id = one.mechanism_id and mechanism.owner_id = one.owner_id
        join lateral gate.actor(mechanism.slug, one.slug) seat on seat.person = one.id
        where one.id = $1
          and (one.account_id is null
               or exists (select from kernel_account account where account.id = one.account_id and account.is_active)) $$""",
    "alter function gate.member(uuid) owner to sild_gate",
    "grant execute on function gate.member(uuid) to sild_app",
]

_MINE = "mechanism_id = (select sild_mechanism()) and owner_id = (select sild_organisation())"
SCOPE = [
    "alter table kernel_undertaking enable row level security",
    "alter table kernel_undertaking force row level security",
    f"create policy own on kernel_undertaking using ({_MINE}) with check ({_MINE})",
]


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0004_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="Undertaking",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("mechanism_id", models.UUIDField()),
                ("owner_id", models.UUIDField()),
                ("name", models.CharField(max_length=80)),
                ("asked_by_name", models.CharField(max_length=300)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("state", models.CharField(default="running", max_length=12)),
                ("stage", models.CharField(blank=True, max_length=200)),
                ("told", models.TextField(blank=True)),
            ],
            options={
                "indexes": [models.Index(fields=["mechanism_id", "name", "begun_at"], name="kernel_unde_mechani_jobs_idx")],
            },
        ),
        migrations.RunSQL([*GATE, *SCOPE], migrations.RunSQL.noop),
    ]
