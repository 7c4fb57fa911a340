"""What givers say who see a need and cannot help with it, closed to everybody but them and the keeper of the need."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0002_arrived'),
    ]

    operations = [
        migrations.CreateModel(
            name='NoHelp',
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
                ('need_id', models.UUIDField(db_index=True)),
                ('who', models.CharField(max_length=300)),
                ('said_by', models.CharField(max_length=300)),
                ('said_on', models.DateField()),
                ('why', models.CharField(blank=True, max_length=20)),
                ('reason', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'word that a giver cannot help',
            },
        ),
        scoped('agreements_nohelp'),
    ]
