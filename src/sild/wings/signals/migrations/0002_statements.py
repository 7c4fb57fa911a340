"""The table of public statements, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import sild.wings.signals.rules.incidents
import sild.wings.signals.rules.statements
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicStatement',
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
                ('title', models.CharField(max_length=400)),
                ('kind', models.CharField(default=sild.wings.signals.rules.statements.StatementKind['OTHER'], max_length=16)),
                ('who', models.CharField(max_length=300)),
                ('office', models.CharField(blank=True, max_length=300)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('on', models.DateField(db_index=True, null=True)),
                ('precision', models.CharField(default=sild.wings.signals.rules.incidents.Precision['UNKNOWN'], max_length=8)),
                ('countries', models.JSONField(default=list)),
                ('actor', models.CharField(blank=True, max_length=300)),
                ('summary', models.CharField(blank=True, max_length=4000)),
                ('languages', models.JSONField(default=list)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('source_on', models.DateField(null=True)),
                ('address', models.CharField(blank=True, max_length=1000)),
                ('withdrawn', models.BooleanField(default=False)),
                ('steps', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'public statement',
            },
        ),
        scoped('signals_publicstatement'),
    ]
