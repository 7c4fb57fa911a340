"""The table of terms, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import sild.wings.outlook.rules
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0017_kept_beside'),
    ]

    operations = [
        migrations.CreateModel(
            name='Term',
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
                ('kind', models.CharField(max_length=12)),
                ('title', models.CharField(max_length=300)),
                ('body', models.CharField(max_length=300)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('vendor', models.CharField(blank=True, max_length=300)),
                ('giver', models.CharField(blank=True, max_length=300)),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('ends_on', models.DateField()),
                ('state', models.CharField(default=sild.wings.outlook.rules.TermState['RUNNING'], max_length=12)),
                ('source', models.CharField(max_length=300)),
                ('steps', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'term',
            },
        ),
        scoped('outlook_term'),
    ]
