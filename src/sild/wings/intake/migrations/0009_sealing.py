"""Sealed messages: what bears a classification line, asked about in a room of its own."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0008_doors'),
    ]

    operations = [
        migrations.CreateModel(
            name='SealedMessage',
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
                ('digest', models.CharField(max_length=64)),
                ('size', models.BigIntegerField()),
                ('sender', models.CharField(blank=True, max_length=500)),
                ('sent_at', models.DateTimeField(null=True)),
                ('threads', models.JSONField(default=list)),
                ('mark', models.CharField(max_length=120)),
                ('place', models.CharField(max_length=12)),
                ('official_use', models.BooleanField(default=False)),
                ('state', models.CharField(max_length=12)),
                ('due_at', models.DateTimeField()),
                ('wrapped_key', models.BinaryField(default=bytes, editable=True)),
                ('opening_by', models.UUIDField(null=True)),
                ('opening_by_name', models.CharField(blank=True, max_length=300)),
                ('opening_by_account', models.UUIDField(null=True)),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(blank=True, max_length=300)),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['mechanism_id', 'state', 'due_at'], name='sealed_by_when_due')],
            },
        ),
        scoped("intake_sealedmessage"),
    ]
