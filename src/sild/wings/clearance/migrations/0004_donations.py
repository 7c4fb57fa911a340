"""The table of decisions on giving dual-use things, closed to everybody but the readers of its rows, who say their positions."""

import django.contrib.postgres.fields
import sild.wings.clearance.rules.donations
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('clearance', '0003_objections'),
    ]

    operations = [
        migrations.CreateModel(
            name='Donation',
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
                ('purpose', models.TextField(blank=True)),
                ('potential', models.TextField(blank=True)),
                ('conditions', models.JSONField(default=list)),
                ('positions', models.JSONField(default=list)),
                ('precedents', models.JSONField(default=list)),
                ('state', models.CharField(default=sild.wings.clearance.rules.donations.DonationState['PREPARED'], max_length=20)),
                ('state_since', models.DateField()),
                ('decided_by', models.CharField(blank=True, max_length=300)),
                ('reason', models.TextField(blank=True)),
                ('turns', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'donation decision',
            },
        ),
        scoped('clearance_donation'),
    ]
