"""What people say of conditions on lines, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('clearance', '0006_files_that_came'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConditionWord',
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
                ('line_id', models.UUIDField(db_index=True)),
                ('line_owner_id', models.UUIDField()),
                ('item', models.CharField(blank=True, max_length=400)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('provider', models.CharField(blank=True, max_length=300)),
                ('beneficiary', models.CharField(blank=True, max_length=300)),
                ('source', models.CharField(max_length=12)),
                ('record_id', models.UUIDField(db_index=True)),
                ('text', models.TextField()),
                ('stand', models.CharField(max_length=10)),
                ('words', models.TextField()),
                ('said_by', models.CharField(max_length=300)),
                ('office', models.CharField(max_length=300)),
                ('said_on', models.DateField()),
            ],
            options={
                'verbose_name': 'word on a condition',
            },
        ),
        scoped('clearance_conditionword'),
    ]
