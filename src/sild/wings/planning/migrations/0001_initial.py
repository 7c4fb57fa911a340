"""The tables of the planning wing, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from sild.kernel.migrations._first_scope import scoped


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0002_scope'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('subject', models.CharField(max_length=300)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('criterion', models.CharField(max_length=40)),
                ('value', models.DecimalField(decimal_places=3, max_digits=4)),
                ('source', models.CharField(max_length=300)),
                ('as_of', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(max_length=20)),
                ('subject', models.CharField(max_length=300)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('period', models.DateField(null=True)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('detail', models.JSONField(default=dict)),
                ('source', models.CharField(max_length=300)),
                ('as_of', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('made_on', models.DateField()),
                ('basis', models.CharField(max_length=12)),
                ('problem_digest', models.CharField(max_length=64)),
                ('problem', models.JSONField()),
                ('answer', models.JSONField()),
                ('summary', models.JSONField(default=dict)),
                ('findings', models.JSONField(default=list)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('need_id', models.UUIDField()),
                ('offer_id', models.UUIDField()),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=18)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('month', models.DateField(null=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='planning.plan')),
            ],
            options={
                'abstract': False,
            },
        ),
        scoped("planning_assessment", "planning_limit", "planning_plan", "planning_match"),
    ]
