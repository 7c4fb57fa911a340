"""The table of complaints, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('response', '0002_listing'),
    ]

    operations = [
        migrations.CreateModel(
            name='Complaint',
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
                ('response_id', models.UUIDField(db_index=True)),
                ('forum', models.CharField(max_length=40)),
                ('asked', models.TextField()),
                ('norms', models.TextField(blank=True)),
                ('written_by_name', models.CharField(max_length=300)),
                ('written_at', models.DateTimeField()),
                ('withdrawn', models.BooleanField(default=False)),
                ('withdrawn_why', models.CharField(blank=True, max_length=2000)),
            ],
            options={
                'verbose_name': 'complaint',
            },
        ),
        scoped('response_complaint'),
    ]
