"""The table of listing packs, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import sild.wings.response.rules.listing
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('response', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Listing',
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
                ('name', models.CharField(max_length=300)),
                ('subject', models.CharField(default=sild.wings.response.rules.listing.SubjectKind['PERSON'], max_length=12)),
                ('identifiers', models.JSONField(default=list)),
                ('ticks', models.JSONField(default=dict)),
                ('sentences', models.JSONField(default=list)),
                ('approvals', models.JSONField(default=list)),
                ('state', models.CharField(default=sild.wings.response.rules.listing.ListingState['DRAFT'], max_length=12)),
                ('content', models.JSONField(default=dict)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('language', models.CharField(default='en', max_length=2)),
                ('begun_by_name', models.CharField(max_length=300)),
                ('begun_at', models.DateTimeField()),
                ('frozen_at', models.DateTimeField(null=True)),
                ('recalled_why', models.CharField(blank=True, max_length=2000)),
            ],
            options={
                'verbose_name': 'listing pack',
            },
        ),
        scoped('response_listing'),
    ]
