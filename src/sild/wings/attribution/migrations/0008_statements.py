"""The tables of statements, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('attribution', '0007_catalogues'),
    ]

    operations = [
        migrations.CreateModel(
            name='Statement',
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
                ('title', models.CharField(max_length=300)),
                ('audience', models.CharField(max_length=20)),
                ('source', models.CharField(max_length=2)),
                ('languages', models.JSONField(default=list)),
                ('speaker', models.CharField(max_length=300)),
                ('newest', models.PositiveIntegerField(default=0)),
                ('drafted_by_name', models.CharField(max_length=300)),
                ('said_version', models.PositiveIntegerField(null=True)),
                ('said_at', models.DateTimeField(null=True)),
                ('said_where', models.CharField(blank=True, max_length=500)),
                ('said_by_name', models.CharField(blank=True, max_length=300)),
                ('dropped_why', models.CharField(blank=True, max_length=2000)),
            ],
            options={
                'verbose_name': 'statement',
            },
        ),
        migrations.CreateModel(
            name='StatementApproval',
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
                ('statement_id', models.UUIDField(db_index=True)),
                ('number', models.PositiveIntegerField()),
                ('approved_by', models.UUIDField()),
                ('account', models.UUIDField(null=True)),
                ('approved_by_name', models.CharField(max_length=300)),
                ('approved_at', models.DateTimeField()),
                ('although', models.CharField(blank=True, max_length=2000)),
                ('withdrawn', models.BooleanField(default=False)),
                ('withdrawn_why', models.CharField(blank=True, max_length=2000)),
            ],
            options={
                'verbose_name': 'approval of a statement',
            },
        ),
        migrations.CreateModel(
            name='StatementVersion',
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
                ('statement_id', models.UUIDField(db_index=True)),
                ('number', models.PositiveIntegerField()),
                ('sentences', models.JSONField(default=list)),
                ('digest', models.CharField(max_length=64)),
                ('restores', models.PositiveIntegerField(null=True)),
                ('why', models.CharField(blank=True, max_length=2000)),
                ('written_by_name', models.CharField(max_length=300)),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'version of a statement',
                'constraints': [models.UniqueConstraint(fields=('statement_id', 'number'), name='version_of_statement')],
            },
        ),
        scoped('attribution_statement'),
        scoped('attribution_statementapproval'),
        scoped('attribution_statementversion'),
    ]
