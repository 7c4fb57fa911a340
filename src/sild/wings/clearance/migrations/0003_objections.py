"""The table of objections, closed to everybody but the readers of its rows, who reply to them."""

import django.contrib.postgres.fields
import sild.wings.clearance.rules.objections
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('clearance', '0002_papers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Objection',
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
                ('line_id', models.UUIDField(db_index=True)),
                ('line_owner_id', models.UUIDField()),
                ('item', models.CharField(blank=True, max_length=400)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('provider', models.CharField(blank=True, max_length=300)),
                ('beneficiary', models.CharField(blank=True, max_length=300)),
                ('raised_by', models.CharField(max_length=300)),
                ('ground', models.CharField(max_length=30)),
                ('severity', models.CharField(max_length=12)),
                ('asks', models.TextField(blank=True)),
                ('state', models.CharField(default=sild.wings.clearance.rules.objections.ObjectionState['OPEN'], max_length=12)),
                ('state_since', models.DateField()),
                ('silence_until', models.DateField(null=True)),
                ('silence_says', models.TextField(blank=True)),
                ('conditions', models.JSONField(default=list)),
                ('decided_by', models.CharField(blank=True, max_length=300)),
                ('turns', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'objection',
            },
        ),
        scoped('clearance_objection'),
    ]
