"""Whether something beyond a wall may overlap: keyed values beside lines, the questions, and the gate that compares them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import uuid
from django.db import migrations, models

from sild.kernel.scope import VISIBLE, scoped

BESIDE = (
    "mechanism_id = (select sild_mechanism()) and owner_id = (select sild_organisation())"
    " and exists (select from register_line where register_line.id = linkage_overlapmark.line_id)"
)
MARKS = [
    "alter table linkage_overlapmark enable row level security",
    "alter table linkage_overlapmark force row level security",
    f"create policy scope_beside on linkage_overlapmark using ({BESIDE}) with check ({BESIDE})",
    "grant select, insert, update, delete on linkage_overlapmark to sild_app",
]
"""A mark is seen and written beside its line, under the line's own policies."""

RED = 4
READ_BY_GATE = ("linkage_overlapmark", "linkage_overlapquestion", "linkage_overlapconsent")
GATE = [
    # Who asks has put down a question of their own that has no answer yet, so that none is asked past the ledger and the limits.
    # What is compared: lines that the caller does not see, nor the need or the offer that they speak of; never RED, never under an embargo;
    # of the caller's mechanism, or of another of this home where both files name each other; of a compartment where its members agreed.
    f"""create function gate.overlap(question uuid, wanted uuid[]) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $gate$
begin
  if not exists (
    select from linkage_overlapquestion asked where asked.id = question and asked.possible is null
      and asked.mechanism_id = sild_mechanism() and asked.owner_id = sild_organisation() and asked.asked_by = sild_person()
  ) then
    raise exception 'whether something may overlap is asked by a question that waits for its answer' using errcode = 'insufficient_privilege';
  end if;
  return exists (
    select from linkage_overlapmark mark
      join register_line line on line.id = mark.line_id
      join kernel_mechanism there on there.id = mark.mechanism_id
      join kernel_mechanism here on here.id = sild_mechanism()
    where mark.keys && wanted
      and line.marking < {RED} and (line.embargo_until is null or line.embargo_until <= sild_moment())
      and jsonb_typeof(here.spec -> 'overlap') = 'object' and jsonb_typeof(there.spec -> 'overlap') = 'object'
      and (there.id = here.id
           or (here.spec -> 'overlap' -> 'beside' ? there.slug and there.spec -> 'overlap' -> 'beside' ? here.slug))
      and (line.compartment_id is null
           or (there.spec -> 'overlap' @> '{{"compartments": true}}'
               and exists (select from linkage_overlapconsent consent
                           where consent.compartment_id = line.compartment_id and not consent.withdrawn)))
      and not exists (select from register_line where id = line.id and {VISIBLE})
      and not exists (select from register_need where id = line.need_id and {VISIBLE})
      and not exists (select from register_offer where id = line.offer_id and {VISIBLE})
  );
end $gate$""",
    "alter function gate.overlap(uuid, uuid[]) owner to sild_gate",
    "revoke execute on function gate.overlap(uuid, uuid[]) from public",
    "grant execute on function gate.overlap(uuid, uuid[]) to sild_app",
    f"grant select on {', '.join(READ_BY_GATE)} to sild_gate",
    *(f"create policy gate_read on {table} for select to sild_gate using (true)" for table in READ_BY_GATE),
]

class Migration(migrations.Migration):

    dependencies = [
        ('linkage', '0002_access'),
        ('register', '0004_planned_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='OverlapConsent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('compartment_id', models.UUIDField(editable=False, null=True)),
                ('embargo_until', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('given_by_name', models.CharField(max_length=300)),
                ('withdrawn', models.BooleanField(default=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OverlapMark',
            fields=[
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='register.line')),
                ('mechanism_id', models.UUIDField()),
                ('owner_id', models.UUIDField()),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['keys'], name='overlapmark_keys')],
            },
        ),
        migrations.CreateModel(
            name='OverlapQuestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('compartment_id', models.UUIDField(editable=False, null=True)),
                ('embargo_until', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('subject_model', models.CharField(max_length=60)),
                ('subject_id', models.UUIDField(db_index=True)),
                ('asked_by', models.UUIDField()),
                ('asked_by_name', models.CharField(max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('possible', models.BooleanField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['owner_id', 'asked_at'], name='overlap_asked_of_organisation')],
            },
        ),
        migrations.CreateModel(
            name='OverlapWord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('compartment_id', models.UUIDField(editable=False, null=True)),
                ('embargo_until', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('text', models.TextField()),
                ('said_by_name', models.CharField(max_length=300)),
                ('said_at', models.DateTimeField()),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='linkage.overlapquestion')),
            ],
            options={
                'abstract': False,
            },
        ),
        scoped("linkage_overlapconsent", "linkage_overlapquestion", "linkage_overlapword"),
        migrations.RunSQL([*MARKS, *GATE], migrations.RunSQL.noop),
    ]
