"""Which needs plans take in, as officers said it."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('planning', '0005_said_of_needs'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanScope',
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
                ('only_endorsed', models.BooleanField()),
                ('said_by', models.CharField(max_length=300)),
                ('said_on', models.DateField()),
                ('reason', models.TextField()),
            ],
            options={
                'abstract': False,
            },
        ),
        scoped('planning_planscope'),
    ]
