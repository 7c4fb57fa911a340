"""The table of dossiers, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('attribution', '0003_hypotheses'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dossier',
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
                ('audience', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=300)),
                ('language', models.CharField(max_length=2)),
                ('printed', models.PositiveSmallIntegerField()),
                ('items', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('made_by_name', models.CharField(max_length=300)),
                ('made_at', models.DateTimeField()),
                ('recalled', models.BooleanField(default=False)),
                ('recalled_why', models.CharField(blank=True, max_length=2000)),
            ],
            options={
                'verbose_name': 'dossier',
            },
        ),
        scoped('attribution_dossier'),
    ]
