"""Doors: a reference for each message, by which door it came, and bundles that hold several."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0007_words_of_texts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bundle',
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
                ('name', models.CharField(max_length=500)),
                ('size', models.BigIntegerField()),
                ('door', models.CharField(blank=True, max_length=12)),
                ('left_aside', models.JSONField(default=list)),
                ('whole', models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name='message',
            name='reference',
            field=models.CharField(blank=True, max_length=7),
        ),
        migrations.AddField(
            model_name='sighting',
            name='door',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('mechanism_id', 'owner_id', 'reference'), name='message_reference_in_organisation'),
        ),
        migrations.AddConstraint(
            model_name='bundle',
            constraint=models.UniqueConstraint(fields=('mechanism_id', 'owner_id', 'digest'), name='bundle_digest_in_organisation'),
        ),
        scoped("intake_bundle"),
    ]
