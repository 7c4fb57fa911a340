"""The tables of co-attribution rounds, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('attribution', '0005_tracks'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseRound',
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
                ('case_id', models.UUIDField(db_index=True)),
                ('round_id', models.UUIDField(db_index=True)),
            ],
            options={
                'verbose_name': 'round of a case',
            },
        ),
        migrations.CreateModel(
            name='Round',
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
                ('title', models.CharField(max_length=300)),
                ('words', models.TextField(blank=True)),
                ('joint_text', models.TextField(blank=True)),
                ('t_hour', models.DateTimeField()),
                ('reply_by', models.DateTimeField()),
                ('names_others', models.BooleanField(default=False)),
                ('opened_by_name', models.CharField(max_length=300)),
            ],
            options={
                'verbose_name': 'co-attribution round',
            },
        ),
        migrations.CreateModel(
            name='RoundAnswer',
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
                ('invitation_id', models.UUIDField(db_index=True)),
                ('level', models.CharField(max_length=30)),
                ('words', models.TextField(blank=True)),
                ('came_how', models.CharField(blank=True, max_length=300)),
                ('said_at', models.DateTimeField()),
                ('said_by_name', models.CharField(max_length=300)),
            ],
            options={
                'verbose_name': 'answer to a round',
            },
        ),
        migrations.CreateModel(
            name='RoundInvitation',
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
                ('round_id', models.UUIDField(db_index=True)),
                ('invited_id', models.UUIDField(db_index=True, null=True)),
                ('country', models.CharField(max_length=300)),
                ('title', models.CharField(max_length=300)),
                ('words', models.TextField(blank=True)),
                ('joint_text', models.TextField(blank=True)),
                ('t_hour', models.DateTimeField()),
                ('reply_by', models.DateTimeField()),
                ('others', models.JSONField(default=list)),
                ('recalled', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'invitation to a round',
            },
        ),
        migrations.CreateModel(
            name='RoundSlice',
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
                ('round_id', models.UUIDField(db_index=True)),
                ('title', models.CharField(max_length=300)),
                ('text', models.TextField(blank=True)),
                ('aspect', models.CharField(max_length=20)),
                ('source_name', models.CharField(max_length=300)),
                ('reliability', models.CharField(max_length=1)),
                ('credibility', models.PositiveSmallIntegerField()),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('recalled', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'slice of evidence',
            },
        ),
        migrations.CreateModel(
            name='SliceProposal',
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
                ('case_id', models.UUIDField(db_index=True)),
                ('evidence_id', models.UUIDField(db_index=True)),
                ('round_id', models.UUIDField(db_index=True)),
                ('invitations', models.JSONField(default=list)),
                ('marks', models.PositiveSmallIntegerField()),
                ('why', models.CharField(max_length=2000)),
                ('state', models.CharField(max_length=12)),
                ('proposed_by', models.UUIDField()),
                ('proposed_by_account', models.UUIDField(null=True)),
                ('proposed_by_name', models.CharField(max_length=300)),
                ('second_name', models.CharField(blank=True, max_length=300)),
                ('slice_id', models.UUIDField(null=True)),
            ],
            options={
                'verbose_name': 'proposal to let evidence out',
            },
        ),
        scoped('attribution_round'),
        scoped('attribution_caseround'),
        scoped('attribution_roundinvitation'),
        scoped('attribution_roundanswer'),
        scoped('attribution_roundslice'),
        scoped('attribution_sliceproposal'),
    ]
