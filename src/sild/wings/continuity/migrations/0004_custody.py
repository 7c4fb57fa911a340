"""The tables of custody copies and of what was done with them, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import sild.wings.continuity.rules.custody
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('continuity', '0003_evacuation'),
    ]

    operations = [
        migrations.CreateModel(
            name='CustodyCopy',
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
                ('dataset_id', models.UUIDField(db_index=True)),
                ('host_id', models.UUIDField(db_index=True, null=True)),
                ('keeper', models.CharField(max_length=300)),
                ('name', models.CharField(max_length=300)),
                ('state', models.CharField(default=sild.wings.continuity.rules.custody.CustodyState['KEPT'], max_length=12)),
                ('copy', models.CharField(max_length=64)),
                ('manifest', models.CharField(max_length=64)),
                ('key', models.CharField(max_length=64)),
                ('receipt', models.CharField(max_length=64)),
                ('files', models.PositiveBigIntegerField()),
                ('size', models.PositiveBigIntegerField()),
                ('seconds', models.DecimalField(decimal_places=3, max_digits=12)),
                ('made_at', models.DateTimeField()),
                ('needed', models.PositiveSmallIntegerField()),
                ('holders', models.JSONField(default=list)),
                ('readers', models.JSONField(default=list)),
                ('keep_until', models.DateField(null=True)),
                ('drill_days', models.PositiveSmallIntegerField(default=90)),
                ('written_by_name', models.CharField(max_length=300)),
                ('ended_why', models.CharField(blank=True, max_length=2000)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by_name', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'verbose_name': 'custody copy',
            },
        ),
        migrations.CreateModel(
            name='CustodyDeed',
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
                ('copy_id', models.UUIDField(db_index=True)),
                ('deed', models.CharField(max_length=12)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField()),
                ('seconds', models.DecimalField(decimal_places=3, max_digits=12)),
                ('sound', models.BooleanField()),
                ('finding', models.CharField(blank=True, max_length=2000)),
                ('checked_by', models.CharField(blank=True, max_length=100)),
                ('receipt', models.CharField(max_length=64)),
                ('told_by_name', models.CharField(max_length=300)),
            ],
            options={
                'verbose_name': 'deed with a custody copy',
            },
        ),
        scoped('continuity_custodycopy'),
        scoped('continuity_custodydeed'),
    ]
