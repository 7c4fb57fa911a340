"""The tables of cases and of what bodies owe to them, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import sild.wings.attribution.rules.cases
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0019_carried_withholdings'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgencyInput',
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
                ('stage', models.CharField(max_length=40)),
                ('what', models.CharField(max_length=300)),
                ('due_at', models.DateTimeField()),
                ('delivered_at', models.DateTimeField(null=True)),
                ('delivered_by_name', models.CharField(blank=True, max_length=300)),
                ('text', models.TextField(blank=True)),
                ('waived', models.BooleanField(default=False)),
                ('waived_why', models.CharField(blank=True, max_length=2000)),
            ],
            options={
                'verbose_name': 'agency input',
            },
        ),
        migrations.CreateModel(
            name='Case',
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
                ('summary', models.TextField(blank=True)),
                ('stage', models.CharField(max_length=40)),
                ('state', models.CharField(default=sild.wings.attribution.rules.cases.AttributionState['OPEN'], max_length=12)),
                ('opened_at', models.DateTimeField()),
                ('opened_by_name', models.CharField(max_length=300)),
                ('ended_why', models.CharField(blank=True, max_length=2000)),
            ],
            options={
                'verbose_name': 'attribution case',
            },
        ),
        scoped('attribution_case'),
        scoped('attribution_agencyinput'),
    ]
