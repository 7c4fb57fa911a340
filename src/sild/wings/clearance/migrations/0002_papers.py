"""The table of papers that were made of licence cases, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('clearance', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseDocument',
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
                ('kind', models.CharField(max_length=20)),
                ('languages', models.JSONField(default=list)),
                ('content', models.TextField(blank=True)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('made_by_name', models.CharField(max_length=300)),
                ('made_on', models.DateField()),
                ('case_version', models.PositiveIntegerField()),
                ('facts', models.JSONField(default=dict)),
                ('unknown', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'licence paper',
            },
        ),
        scoped('clearance_casedocument'),
    ]
