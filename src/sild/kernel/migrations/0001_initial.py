"""The kernel's tables."""

import django.contrib.postgres.fields
import django.core.serializers.json
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True)),
                ('owner_id', models.UUIDField()),
                ('action', models.CharField(max_length=80)),
                ('person_id', models.UUIDField()),
                ('person_name', models.CharField(max_length=200)),
                ('started_by', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('reason', models.TextField(blank=True)),
                ('parent_id', models.UUIDField(null=True)),
                ('images', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('undone_by', models.UUIDField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['mechanism_id', 'at'], name='kernel_act_mechani_c631a7_idx')],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField()),
                ('owner_id', models.UUIDField()),
                ('queued_at', models.DateTimeField()),
                ('plain', models.TextField()),
                ('salt', models.CharField(max_length=32)),
                ('commitment', models.CharField(max_length=64)),
                ('index', models.BigIntegerField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('index',), name='ledger_index_once')],
            },
        ),
        migrations.CreateModel(
            name='Mechanism',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('slug', models.SlugField(max_length=80)),
                ('name', models.CharField(max_length=300)),
                ('exercise', models.BooleanField(default=False)),
                ('spec', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('slug',), name='mechanism_slug_in_home')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('slug', models.SlugField(max_length=80)),
                ('name', models.CharField(max_length=300)),
                ('organisation_id', models.UUIDField()),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mechanism_id', 'slug'), name='member_slug_in_mechanism')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('slug', models.SlugField(max_length=80)),
                ('name', models.CharField(max_length=300)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mechanism_id', 'slug'), name='organisation_slug_in_mechanism')],
            },
        ),
    ]
