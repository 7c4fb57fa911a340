"""The tables of tracks and decisions, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('attribution', '0004_dossiers'),
    ]

    operations = [
        migrations.CreateModel(
            name='BodyPosition',
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
                ('agency', models.CharField(max_length=60)),
                ('agency_name', models.CharField(max_length=300)),
                ('stand', models.CharField(max_length=12)),
                ('words', models.TextField(blank=True)),
                ('said_at', models.DateTimeField()),
                ('written_by_name', models.CharField(max_length=300)),
            ],
            options={
                'verbose_name': 'position of a body',
            },
        ),
        migrations.CreateModel(
            name='CitedIncident',
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
                ('incident_id', models.UUIDField(db_index=True)),
                ('why', models.CharField(max_length=2000)),
                ('cited_by_name', models.CharField(max_length=300)),
            ],
            options={
                'verbose_name': 'cited incident',
            },
        ),
        migrations.CreateModel(
            name='Decision',
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
                ('kind', models.CharField(max_length=20)),
                ('body', models.CharField(max_length=300)),
                ('person', models.CharField(max_length=300)),
                ('decided_at', models.DateTimeField()),
                ('responsible', models.CharField(blank=True, max_length=2000)),
                ('likelihood', models.CharField(blank=True, max_length=40)),
                ('confidence', models.CharField(blank=True, max_length=40)),
                ('grounds', models.TextField()),
                ('evidence', models.JSONField(default=list)),
                ('hypotheses', models.JSONField(default=list)),
                ('opinions', models.JSONField(default=list)),
                ('dissents', models.JSONField(default=list)),
                ('missing', models.JSONField(default=dict)),
                ('supersedes', models.UUIDField(null=True)),
                ('written_by_name', models.CharField(max_length=300)),
            ],
            options={
                'verbose_name': 'decision on a case',
            },
        ),
        migrations.CreateModel(
            name='TrackOpinion',
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
                ('track', models.CharField(max_length=12)),
                ('question', models.CharField(max_length=60)),
                ('answer', models.CharField(max_length=12)),
                ('reasoning', models.TextField()),
                ('evidence', models.JSONField(default=list)),
                ('said_by_name', models.CharField(max_length=300)),
                ('said_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'opinion in a track',
            },
        ),
        scoped('attribution_bodyposition'),
        scoped('attribution_citedincident'),
        scoped('attribution_decision'),
        scoped('attribution_trackopinion'),
    ]
