"""An original of several mechanisms or rooms stays in the store until the last of them lets it go."""

from django.db import migrations, models

STATEMENTS = [
    "grant select (id, mechanism_id, owner_id, compartment_id, digest, erased_at) on intake_message to sild_gate",
    "grant select (id, mechanism_id, owner_id, compartment_id, digest) on intake_bundle to sild_gate",
    "create policy gate_reads_digests on intake_message for select to sild_gate using (true)",
    "create policy gate_reads_digests on intake_bundle for select to sild_gate using (true)",
    """create function gate.original_elsewhere(digest text, room uuid) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
      select exists (
        select from intake_message one where one.digest = $1 and one.erased_at is null
          and (one.mechanism_id <> sild_mechanism() or one.owner_id <> sild_organisation() or one.compartment_id is distinct from $2)
      ) or exists (
        select from intake_bundle one where one.digest = $1
          and (one.mechanism_id <> sild_mechanism() or one.owner_id <> sild_organisation() or one.compartment_id is distinct from $2)
      )
    $$""",
    "alter function gate.original_elsewhere(text, uuid) owner to sild_gate",
    "revoke execute on function gate.original_elsewhere(text, uuid) from public",
    "grant execute on function gate.original_elsewhere(text, uuid) to sild_app",
]


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0014_second_opinions"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["digest"], name="message_by_digest"),
        ),
        migrations.RunSQL([*STATEMENTS], migrations.RunSQL.noop),
    ]
