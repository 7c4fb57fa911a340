"""The table of evacuation plans, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import sild.wings.continuity.rules.evacuation
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('continuity', '0002_standby'),
    ]

    operations = [
        migrations.CreateModel(
            name='EvacuationPlan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('compartment_id', models.UUIDField(editable=False, null=True)),
                ('embargo_until', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('marking', models.PositiveSmallIntegerField(default=3)),
                ('name', models.CharField(max_length=300)),
                ('state', models.CharField(default=sild.wings.continuity.rules.evacuation.EvacuationState['WAITING'], max_length=12)),
                ('posed', models.JSONField(default=dict)),
                ('answer', models.JSONField(default=dict)),
                ('supposed', models.JSONField(default=list)),
                ('faults', models.JSONField(default=list)),
                ('seconds', models.PositiveIntegerField(default=20)),
                ('after_id', models.UUIDField(null=True)),
                ('happened', models.CharField(blank=True, max_length=2000)),
                ('asked_by_name', models.CharField(max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('adopted_by_name', models.CharField(blank=True, max_length=300)),
                ('adopted_at', models.DateTimeField(null=True)),
                ('adopted_why', models.CharField(blank=True, max_length=2000)),
            ],
            options={
                'verbose_name': 'evacuation plan',
            },
        ),
        scoped('continuity_evacuationplan'),
    ]
