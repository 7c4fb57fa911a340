"""What people say of needs by criterion, and priorities that they set over the arithmetic."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0017_kept_beside'),
        ('planning', '0004_adopted'),
    ]

    operations = [
        migrations.CreateModel(
            name='NeedAssessment',
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
                ('need_id', models.UUIDField(db_index=True)),
                ('criterion', models.CharField(max_length=40)),
                ('value', models.DecimalField(decimal_places=3, max_digits=4)),
                ('said_by', models.CharField(max_length=300)),
                ('said_on', models.DateField()),
                ('source', models.CharField(max_length=300)),
                ('reason', models.TextField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PriorityOverride',
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
                ('need_id', models.UUIDField(db_index=True)),
                ('value', models.DecimalField(decimal_places=2, max_digits=4, null=True)),
                ('said_by', models.CharField(max_length=300)),
                ('said_on', models.DateField()),
                ('reason', models.TextField()),
            ],
            options={
                'abstract': False,
            },
        ),
        scoped('planning_needassessment', 'planning_priorityoverride'),
    ]
