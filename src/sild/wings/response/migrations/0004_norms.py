"""The table of norms that incidents touch, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('response', '0003_complaints'),
    ]

    operations = [
        migrations.CreateModel(
            name='TouchedNorm',
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
                ('incident_id', models.UUIDField(db_index=True)),
                ('norm', models.CharField(max_length=40)),
                ('touch', models.CharField(max_length=16)),
                ('why', models.CharField(max_length=2000)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('said_by_name', models.CharField(max_length=300)),
                ('said_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'norm that an incident touches',
            },
        ),
        scoped('response_touchednorm'),
    ]
