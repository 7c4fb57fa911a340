"""The table of hand-overs of military lines, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import sild.wings.clearance.rules.handovers
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('clearance', '0004_donations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
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
                ('to', models.CharField(max_length=300)),
                ('reference', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(default=sild.wings.clearance.rules.handovers.HandoverState['SENT'], max_length=16)),
                ('state_since', models.DateField()),
                ('due_on', models.DateField(null=True)),
                ('turns', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'hand-over',
            },
        ),
        scoped('clearance_handover'),
    ]
