"""The table of influence studies, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import sild.wings.signals.rules.influence
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0002_statements'),
    ]

    operations = [
        migrations.CreateModel(
            name='InfluenceStudy',
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
                ('asked', models.JSONField(default=dict)),
                ('statements', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('incidents', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('left_out', models.JSONField(default=dict)),
                ('state', models.CharField(default=sild.wings.signals.rules.influence.StudyState['WAITING'], max_length=12)),
                ('answer', models.JSONField(default=dict)),
                ('faults', models.JSONField(default=list)),
                ('refusal', models.CharField(blank=True, max_length=1000)),
                ('asked_by_name', models.CharField(max_length=300)),
                ('asked_on', models.DateField()),
            ],
            options={
                'verbose_name': 'influence study',
            },
        ),
        scoped('signals_influencestudy'),
    ]
