"""The tables of incidents and of the ties between them, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import sild.wings.signals.rules.incidents
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0017_kept_beside'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tie',
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
                ('incident_id', models.UUIDField(db_index=True)),
                ('other_id', models.UUIDField(db_index=True)),
                ('kind', models.CharField(default=sild.wings.signals.rules.incidents.TieKind['SAME_CAMPAIGN'], max_length=16)),
                ('reason', models.CharField(max_length=2000)),
                ('ruled_by', models.CharField(max_length=300)),
            ],
            options={
                'verbose_name': 'tie between incidents',
            },
        ),
        migrations.CreateModel(
            name='Incident',
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
                ('title', models.CharField(max_length=400)),
                ('kind', models.CharField(default=sild.wings.signals.rules.incidents.IncidentKind['CYBER'], max_length=16)),
                ('summary', models.CharField(blank=True, max_length=4000)),
                ('begins', models.DateField(db_index=True, null=True)),
                ('begins_precision', models.CharField(default=sild.wings.signals.rules.incidents.Precision['UNKNOWN'], max_length=8)),
                ('ends', models.DateField(null=True)),
                ('ends_precision', models.CharField(default=sild.wings.signals.rules.incidents.Precision['UNKNOWN'], max_length=8)),
                ('place', models.CharField(blank=True, max_length=300)),
                ('countries', models.JSONField(default=list)),
                ('victims', models.JSONField(default=list)),
                ('sectors', models.JSONField(default=list)),
                ('factors', models.JSONField(default=dict)),
                ('attributions', models.JSONField(default=list)),
                ('told', models.JSONField(default=dict)),
                ('state', models.CharField(default=sild.wings.signals.rules.incidents.IncidentState['REPORTED'], max_length=12)),
                ('why_not', models.CharField(blank=True, max_length=20)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('source_on', models.DateField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('address', models.CharField(blank=True, max_length=1000)),
                ('key', models.CharField(blank=True, max_length=200)),
                ('raw', models.JSONField(default=dict)),
                ('reading_of', models.UUIDField(null=True)),
                ('steps', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'incident',
                'indexes': [models.Index(fields=['source', 'key'], name='signals_incident_source_key')],
            },
        ),
        scoped('signals_incident', 'signals_tie'),
    ]
