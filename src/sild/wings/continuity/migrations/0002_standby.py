"""The tables of the standby's moves, of lights-out drills and of the way home, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import sild.wings.continuity.rules.freezing
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('continuity', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Destruction',
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
                ('system_id', models.UUIDField(db_index=True)),
                ('what', models.CharField(max_length=2000)),
                ('method', models.CharField(max_length=2000)),
                ('destroyed_at', models.DateTimeField(null=True)),
                ('first_witness', models.CharField(blank=True, max_length=300)),
                ('second_witness', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(default=sild.wings.continuity.rules.freezing.DestructionState['WRITTEN'], max_length=12)),
                ('why', models.CharField(max_length=2000)),
                ('written_by_name', models.CharField(max_length=300)),
                ('written_by', models.UUIDField()),
                ('confirmed_by_name', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'verbose_name': 'destruction of a copy',
            },
        ),
        migrations.CreateModel(
            name='FreezePoint',
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
                ('system_id', models.UUIDField(db_index=True)),
                ('territory', models.CharField(blank=True, max_length=300)),
                ('since', models.DateTimeField()),
                ('decided_by', models.CharField(max_length=300)),
                ('act', models.CharField(max_length=300)),
                ('state', models.CharField(default=sild.wings.continuity.rules.freezing.FreezeState['HOLDS'], max_length=8)),
                ('why', models.CharField(max_length=2000)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_why', models.CharField(blank=True, max_length=2000)),
            ],
            options={
                'verbose_name': 'freeze point',
            },
        ),
        migrations.CreateModel(
            name='HomeStep',
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
                ('system_id', models.UUIDField(db_index=True)),
                ('what', models.CharField(max_length=2000)),
                ('doer', models.CharField(max_length=300)),
                ('changed_abroad', models.TextField(blank=True)),
                ('to_reconcile', models.TextField(blank=True)),
                ('state', models.CharField(default=sild.wings.continuity.rules.freezing.HomeStepState['PLANNED'], max_length=8)),
                ('ended_how', models.CharField(blank=True, max_length=2000)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by_name', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'verbose_name': 'step of the way home',
            },
        ),
        migrations.CreateModel(
            name='LightsOut',
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
                ('territories', models.TextField(blank=True)),
                ('clouds', models.TextField(blank=True)),
                ('vendors', models.TextField(blank=True)),
                ('crews', models.TextField(blank=True)),
                ('vendor_hours', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('crew_hours', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('fates', models.JSONField(default=list)),
                ('systems', models.PositiveIntegerField(default=0)),
                ('drilled_by_name', models.CharField(max_length=300)),
                ('drilled_at', models.DateTimeField()),
                ('again_by', models.DateField(null=True)),
                ('lesson', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'lights-out drill',
            },
        ),
        migrations.CreateModel(
            name='StandbyMove',
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
                ('kind', models.CharField(max_length=12)),
                ('primary', models.CharField(max_length=12)),
                ('person', models.CharField(blank=True, max_length=300)),
                ('why', models.CharField(max_length=2000)),
                ('how', models.CharField(blank=True, max_length=2000)),
                ('moved_at', models.DateTimeField()),
                ('stopped', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('taken_back', models.BigIntegerField(null=True)),
            ],
            options={
                'verbose_name': 'move of the standby',
            },
        ),
        scoped('continuity_standbymove'),
        scoped('continuity_lightsout'),
        scoped('continuity_freezepoint'),
        scoped('continuity_destruction'),
        scoped('continuity_homestep'),
    ]
