"""Words by which an officer lets something go out although its light fails, closed to everybody but their keeper."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('delivery', '0002_asking'),
    ]

    operations = [
        migrations.CreateModel(
            name='LetOn',
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
                ('agreement_id', models.UUIDField(db_index=True)),
                ('against', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=600), default=list, size=None)),
                ('reason', models.TextField()),
                ('said_by', models.CharField(max_length=300)),
                ('said_on', models.DateField()),
            ],
            options={
                'verbose_name': 'word that lets something go out',
            },
        ),
        scoped('delivery_leton'),
    ]
