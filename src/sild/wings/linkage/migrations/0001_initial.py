"""The tables of the linkage wing, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from sild.kernel.migrations._first_scope import scoped


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0002_scope'),
        ('register', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('relation', models.CharField(max_length=20)),
                ('judged_by', models.CharField(max_length=300)),
                ('reason', models.TextField()),
                ('withdrawn', models.BooleanField(default=False)),
                ('line_a', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.line')),
                ('line_b', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.line')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('relation', models.CharField(max_length=20)),
                ('score', models.FloatField()),
                ('reasons', models.JSONField(default=list)),
                ('joined', models.BooleanField()),
                ('why_apart', models.TextField(blank=True)),
                ('line_a', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.line')),
                ('line_b', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.line')),
            ],
            options={
                'abstract': False,
            },
        ),
        scoped("linkage_judgement", "linkage_link"),
    ]
