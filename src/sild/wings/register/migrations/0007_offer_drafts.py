"""Givers' own drafts of offers, closed to everybody but the house that writes them."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0006_states'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfferDraft',
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
                ('item', models.CharField(max_length=400)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('beneficiary', models.CharField(blank=True, max_length=300)),
                ('value_amount', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('value_currency', models.CharField(blank=True, max_length=3)),
                ('available_from', models.DateField(null=True)),
                ('available_until', models.DateField(null=True)),
                ('terms', models.TextField(blank=True)),
                ('stage', models.CharField(default='draft', max_length=20)),
                ('steps', models.JSONField(default=list)),
                ('message_id', models.UUIDField(null=True)),
                ('reference', models.CharField(blank=True, max_length=7)),
            ],
            options={
                'verbose_name': 'offer draft',
            },
        ),
        scoped('register_offerdraft'),
    ]
