"""The tables of diplomacy, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import sild.wings.diplomacy.rules.kept
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0019_carried_withholdings'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactPoint',
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
                ('subject', models.CharField(db_index=True, max_length=40)),
                ('country', models.CharField(max_length=2)),
                ('contact_kind', models.CharField(default=sild.wings.diplomacy.rules.kept.ContactKind['DIPLOMATIC'], max_length=20)),
                ('office', models.CharField(max_length=300)),
                ('reach', models.TextField(default='')),
                ('confirmed_on', models.DateField(null=True)),
                ('pings', models.JSONField(default=list)),
                ('retired', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'contact point',
            },
        ),
        migrations.CreateModel(
            name='Duty',
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
                ('subject', models.CharField(db_index=True, max_length=40)),
                ('what', models.CharField(max_length=300)),
                ('every_months', models.PositiveSmallIntegerField(default=0)),
                ('due_on', models.DateField()),
                ('basis', models.CharField(default='', max_length=300)),
                ('done', models.JSONField(default=list)),
                ('ended', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'duty',
            },
        ),
        migrations.CreateModel(
            name='Implementation',
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
                ('subject', models.CharField(db_index=True, max_length=40)),
                ('what', models.TextField()),
                ('agency', models.CharField(default='', max_length=300)),
                ('progress', models.CharField(default=sild.wings.diplomacy.rules.kept.Progress['DONE'], max_length=12)),
                ('on', models.DateField(null=True)),
                ('proof', models.TextField(default='')),
            ],
            options={
                'verbose_name': 'implementation entry',
            },
        ),
        migrations.CreateModel(
            name='Position',
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
                ('topic', models.CharField(db_index=True, max_length=40)),
                ('country', models.CharField(max_length=2)),
                ('stance', models.CharField(default='', max_length=40)),
                ('said', models.TextField()),
                ('year', models.PositiveSmallIntegerField()),
                ('document', models.CharField(default='', max_length=300)),
                ('link', models.CharField(default='', max_length=1000)),
            ],
            options={
                'verbose_name': 'position',
            },
        ),
        migrations.CreateModel(
            name='TreatyStep',
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
                ('treaty', models.CharField(db_index=True, max_length=40)),
                ('country', models.CharField(max_length=2)),
                ('act', models.CharField(default=sild.wings.diplomacy.rules.kept.TreatyAct['SIGNED'], max_length=12)),
                ('on', models.DateField(null=True)),
                ('source', models.CharField(default='', max_length=1000)),
            ],
            options={
                'verbose_name': 'treaty act',
            },
        ),
        scoped(
            'diplomacy_contactpoint',
            'diplomacy_duty',
            'diplomacy_implementation',
            'diplomacy_position',
            'diplomacy_treatystep',
        ),
    ]
