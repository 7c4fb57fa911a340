"""The tables of screening, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import sild.wings.screening.rules
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0017_kept_beside'),
    ]

    operations = [
        migrations.CreateModel(
            name='ScreeningList',
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
                ('name', models.CharField(max_length=200)),
                ('as_of', models.DateField()),
                ('digest', models.CharField(max_length=64)),
                ('size', models.BigIntegerField()),
                ('entries', models.PositiveIntegerField(null=True)),
                ('names', models.PositiveIntegerField(default=0)),
                ('passed_over', models.PositiveIntegerField(default=0)),
                ('unread', models.PositiveIntegerField(default=0)),
                ('faults', models.JSONField(default=list)),
                ('withdrawn', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'screening list',
            },
        ),
        migrations.CreateModel(
            name='Hit',
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
                ('party_id', models.UUIDField(db_index=True)),
                ('party', models.CharField(max_length=300)),
                ('list_id', models.UUIDField()),
                ('entry_id', models.CharField(max_length=300)),
                ('entry', models.JSONField(default=dict)),
                ('entry_digest', models.CharField(max_length=64)),
                ('names_digest', models.CharField(max_length=64)),
                ('party_name', models.CharField(max_length=300)),
                ('entry_name', models.CharField(max_length=300)),
                ('score', models.DecimalField(decimal_places=2, max_digits=5)),
                ('parts', models.JSONField(default=list)),
                ('state', models.CharField(default=sild.wings.screening.rules.HitState['OPEN'], max_length=12)),
                ('in_list', models.BooleanField(default=True)),
                ('rulings', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'screening hit',
                'constraints': [models.UniqueConstraint(fields=('owner_id', 'party_id', 'entry_id'), name='one_hit_of_party_and_entry')],
            },
        ),
        migrations.CreateModel(
            name='Screening',
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
                ('party_id', models.UUIDField(db_index=True)),
                ('list_id', models.UUIDField()),
                ('names_digest', models.CharField(max_length=64)),
                ('screened_on', models.DateField()),
                ('hits', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'screening',
                'constraints': [models.UniqueConstraint(fields=('owner_id', 'party_id'), name='screening_of_party')],
            },
        ),
        scoped('screening_screeninglist', 'screening_screening', 'screening_hit'),
    ]
