"""The tables of the parties wing, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import sild.wings.parties.rules
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
            name='Party',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=300)),
                ('aliases', models.JSONField(default=list)),
                ('country', models.CharField(blank=True, max_length=3)),
                ('kind', models.CharField(blank=True, max_length=20)),
                ('sector', models.CharField(blank=True, max_length=80)),
                ('parent', models.CharField(blank=True, max_length=300)),
                ('status', models.CharField(default=sild.wings.parties.rules.PartyStatus['KNOWN'], max_length=12)),
                ('met_in', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), default=list, size=None)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mechanism_id', 'owner_id', 'name'), name='party_name_in_organisation')],
            },
        ),
        scoped("parties_party"),
    ]
