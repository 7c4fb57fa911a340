"""Ceilings, compartments, embargoes; accounts and their seats; the history record by record."""

import django.contrib.postgres.fields
import django.core.serializers.json
import uuid
from django.db import migrations, models

from sild.kernel.scope import ACTOR_FUNCTIONS, GUARD, OWN, VISIBLE, WITHIN, scoped


ROLES = "sild_app, sild_sequencer, sild_gate, sild_backup"

FUNCTIONS = [
    *ACTOR_FUNCTIONS,
    f"grant execute on function sild_ceiling(), sild_compartments(), sild_auditor(), sild_moment() to {ROLES}",
    "create table kernel_cache (cache_key varchar(255) primary key, value text not null, expires timestamptz not null)",
    "create index kernel_cache_expires on kernel_cache (expires)",
]

# Acts kept until now hold their images as one list; an inner act's images stand in the outer one's list too, which is the one undone.
KEPT_IMAGES = """insert into kernel_change (id, mechanism_id, owner_id, releasable_to, marking, act_id, root_id, place, model, record_id, before, after)
    select gen_random_uuid(), act.mechanism_id, act.owner_id, '{}', coalesce((image.value -> 3 ->> 'marking')::int, (image.value -> 2 ->> 'marking')::int, 2),
           act.id, act.id, image.place - 1, image.value ->> 0, (image.value ->> 1)::uuid,
           nullif(image.value -> 2, 'null'::jsonb), nullif(image.value -> 3, 'null'::jsonb)
    from kernel_act act cross join jsonb_array_elements(act.images) with ordinality as image(value, place)
    where act.parent_id is null or not exists (
        select from kernel_act outer_act where outer_act.id = act.parent_id and jsonb_array_length(outer_act.images) > 0)"""
KEPT_ACTS = [
    """update kernel_act act set root_id = coalesce(
         (select outer_act.id from kernel_act outer_act where outer_act.id = act.parent_id and jsonb_array_length(outer_act.images) > 0), act.id),
         marking = coalesce((select max(change.marking) from kernel_change change where change.act_id = act.id), 2)""",
    """do $$ begin
         if exists (select from kernel_act where root_id is null) then raise exception 'an act has no root'; end if;
         if (select count(*) from kernel_act act where jsonb_array_length(act.images) > 0 and act.root_id = act.id)
            <> (select count(distinct act_id) from kernel_change) then raise exception 'the images of an act were not kept'; end if;
       end $$""",
]

SEAT = """select member.id, member.name::text, member.organisation_id, member.mechanism_id, member.roles::text[], member.ceiling::integer,
         array(select compartment.id from kernel_compartment compartment
               where member.id = any(compartment.members) and not compartment.closed
                 and compartment.owner_id = member.organisation_id order by compartment.id),
         member.slug::text, mechanism.slug::text, mechanism.name::text, mechanism.exercise, organisation.name::text
  from kernel_member member
  join kernel_mechanism mechanism on mechanism.id = member.mechanism_id and mechanism.owner_id = member.owner_id
  join kernel_organisation organisation on organisation.id = member.organisation_id and organisation.mechanism_id = member.mechanism_id"""
ROW = """table (person uuid, name text, organisation uuid, mechanism uuid, roles text[], ceiling integer, compartments uuid[],
    member_slug text, mechanism_slug text, mechanism_name text, exercise boolean, organisation_name text)"""
DEFINER = "language sql stable security definer set search_path = public, pg_temp"
READ_BY_GATE = ("kernel_organisation", "kernel_compartment", "kernel_apitoken", "kernel_invitation")
GATE_FUNCTIONS = [
    "drop function gate.actor(text, text)",
    f"create function gate.actor(mechanism_slug text, member_slug text) returns {ROW} {DEFINER}"
    f" as $$ {SEAT} where mechanism.slug = $1 and member.slug = $2 $$",
    f"create function gate.seats(account uuid) returns {ROW} {DEFINER}"
    f" as $$ {SEAT} where member.account_id = $1 order by mechanism.slug, organisation.name, member.slug $$",
    f"create function gate.token(digest text) returns {ROW} {DEFINER}"
    f" as $$ {SEAT} join kernel_apitoken token on token.member_id = member.id and token.owner_id = member.organisation_id"
    " where token.digest = $1 and not token.withdrawn and token.expires_at > sild_moment() $$",
    f"create function gate.invitation(digest text) returns table (mechanism_slug text, mechanism_name text, member uuid, member_name text,"
    f" organisation_name text, email text, recovers boolean, invitation uuid) {DEFINER}"
    """ as $$ select mechanism.slug::text, mechanism.name::text, member.id, member.name::text, organisation.name::text,
           invitation.email::text, invitation.recovers, invitation.id
         from kernel_invitation invitation
         join kernel_member member on member.id = invitation.member_id
         join kernel_mechanism mechanism on mechanism.id = member.mechanism_id and mechanism.owner_id = member.owner_id
         join kernel_organisation organisation on organisation.id = member.organisation_id
           and (invitation.owner_id = organisation.id or invitation.owner_id = mechanism.owner_id)
         where invitation.digest = $1 and invitation.used_at is null and not invitation.withdrawn and invitation.expires_at > sild_moment()
           and (not invitation.recovers or invitation.confirmed_by is not null) $$""",
    *(f"alter function gate.{name} owner to sild_gate" for name in ("actor(text, text)", "seats(uuid)", "token(text)", "invitation(text)")),
    "grant execute on function gate.actor(text, text), gate.seats(uuid), gate.token(text), gate.invitation(text) to sild_app",
    f"grant select on {', '.join(READ_BY_GATE)} to sild_gate",
    *(f"create policy gate_read on {table} for select to sild_gate using (true)" for table in READ_BY_GATE),
]

# Who, when and why is read by the act's organisation and by the mechanism's auditors; what was written, by the record's owner too.
_ACT = (
    "mechanism_id = (select sild_mechanism()) and marking <= (select sild_ceiling())"
    " and compartments <@ (select sild_compartments())::uuid[]"
)
_OWN_ACT = f"{_ACT} and owner_id = (select sild_organisation())"
_MINE = "mechanism_id = (select sild_mechanism()) and owner_id = (select sild_organisation())"
_TAKES_PART = "(owner_id = (select sild_organisation()) or (select sild_organisation()) = any(releasable_to))"
# a record's owner sees who changed it, also where that was another organisation
_TOUCHED = (
    "exists (select from kernel_change change where change.act_id = kernel_act.id and change.owner_id = (select sild_organisation()))"
)
HISTORY = [
    "drop policy own_read on kernel_act",
    "drop policy own_insert on kernel_act",
    "drop policy own_update on kernel_act",
    f"create policy own_read on kernel_act for select using"
    f" ({_ACT} and (owner_id = (select sild_organisation()) or (select sild_auditor()) or {_TOUCHED}))",
    f"create policy own_insert on kernel_act for insert with check ({_OWN_ACT})",
    f"create policy own_update on kernel_act for update using ({_OWN_ACT}) with check ({_OWN_ACT})",
    "alter table kernel_change enable row level security",
    "alter table kernel_change force row level security",
    f"create policy scope_read on kernel_change for select using ({VISIBLE})",
    f"create policy take_part on kernel_change for insert with check ({WITHIN} and {_TAKES_PART})",
    "revoke update, delete on kernel_change from sild_app",
    # a record that is closed further closes its history with it
    f"create policy close on kernel_change for update using ({OWN}) with check (mechanism_id = (select sild_mechanism()))",
    "grant update (marking, compartment_id, record_id) on kernel_change to sild_app",
    "alter table kernel_answered enable row level security",
    "alter table kernel_answered force row level security",
    f"create policy own on kernel_answered using ({_MINE}) with check ({_MINE})",
]


class Migration(migrations.Migration):

    # the framework's own tables point at accounts, which this step makes
    run_before = [("account", "0001_initial"), ("mfa", "0001_initial")]

    dependencies = [
        ('kernel', '0002_scope'),
    ]

    operations = [
        migrations.RunSQL([*FUNCTIONS], migrations.RunSQL.noop),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('theme', models.CharField(blank=True, max_length=8)),
                ('is_active', models.BooleanField(default=True)),
                ('demo', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField()),
                ('owner_id', models.UUIDField()),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('marking', models.PositiveSmallIntegerField()),
                ('compartment_id', models.UUIDField(null=True)),
                ('embargo_until', models.DateTimeField(null=True)),
                ('act_id', models.UUIDField(db_index=True)),
                ('root_id', models.UUIDField(db_index=True)),
                ('place', models.PositiveIntegerField()),
                ('model', models.CharField(max_length=60)),
                ('record_id', models.UUIDField(db_index=True)),
                ('before', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('after', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Compartment',
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
                ('name', models.CharField(max_length=200)),
                ('members', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('closed', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Lowering',
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
                ('to_marking', models.PositiveSmallIntegerField()),
                ('leaves_compartment', models.BooleanField(default=False)),
                ('ends_embargo', models.BooleanField(default=False)),
                ('proposed_by', models.UUIDField()),
                ('proposed_by_name', models.CharField(max_length=300)),
                ('why', models.TextField()),
                ('confirmed_by', models.UUIDField(null=True)),
                ('confirmed_by_name', models.CharField(blank=True, max_length=300)),
                ('declined', models.BooleanField(default=False)),
                ('applied', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Note',
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
                ('text', models.TextField()),
                ('written_by', models.UUIDField()),
                ('written_by_name', models.CharField(max_length=300)),
            ],
        ),
        migrations.AddField(
            model_name='act',
            name='compartments',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='act',
            name='marking',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='act',
            name='root_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='mechanism',
            name='compartment_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='mechanism',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='account_id',
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='ceiling',
            field=models.PositiveSmallIntegerField(default=4),
        ),
        migrations.AddField(
            model_name='member',
            name='compartment_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='ceiling',
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name='organisation',
            name='compartment_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='Answered',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField()),
                ('owner_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('member_id', models.UUIDField()),
                ('key', models.CharField(max_length=200)),
                ('request_digest', models.CharField(max_length=64)),
                ('status', models.PositiveSmallIntegerField(default=0)),
                ('headers', models.JSONField(default=dict)),
                ('body', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mechanism_id', 'owner_id', 'member_id', 'key'), name='answered_once')],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
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
                ('member_id', models.UUIDField()),
                ('name', models.CharField(max_length=200)),
                ('digest', models.CharField(max_length=64)),
                ('expires_at', models.DateTimeField()),
                ('withdrawn', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('digest',), name='token_digest_once')],
            },
        ),
        migrations.CreateModel(
            name='Handling',
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
                ('assignee_id', models.UUIDField(null=True)),
                ('assignee_name', models.CharField(blank=True, max_length=300)),
                ('next_step', models.CharField(blank=True, max_length=500)),
                ('next_step_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mechanism_id', 'owner_id', 'subject_model', 'subject_id'), name='handling_once')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
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
                ('member_id', models.UUIDField()),
                ('email', models.EmailField(max_length=254)),
                ('digest', models.CharField(max_length=64)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('withdrawn', models.BooleanField(default=False)),
                ('recovers', models.BooleanField(default=False)),
                ('asked_by', models.UUIDField()),
                ('confirmed_by', models.UUIDField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('digest',), name='invitation_digest_once')],
            },
        ),
        migrations.RunSQL([KEPT_IMAGES, *KEPT_ACTS], migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='act',
            name='images',
        ),
        migrations.RunSQL([GUARD], migrations.RunSQL.noop),
        scoped(
            "kernel_mechanism", "kernel_organisation", "kernel_member", "kernel_compartment", "kernel_lowering",
            "kernel_note", "kernel_handling", "kernel_apitoken", "kernel_invitation",
        ),
        migrations.RunSQL([*GATE_FUNCTIONS], migrations.RunSQL.noop),
        migrations.RunSQL([*HISTORY], migrations.RunSQL.noop),
    ]
