"""The tables of hypotheses and of how readers rate evidence under them, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('attribution', '0002_evidence'),
    ]

    operations = [
        migrations.CreateModel(
            name='Hypothesis',
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
                ('words', models.CharField(max_length=300)),
                ('stance', models.CharField(max_length=12)),
                ('proposed_by_name', models.CharField(max_length=300)),
                ('withdrawn', models.BooleanField(default=False)),
                ('withdrawn_why', models.CharField(blank=True, max_length=2000)),
            ],
            options={
                'verbose_name': 'hypothesis',
            },
        ),
        migrations.CreateModel(
            name='EvidenceRating',
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
                ('evidence_id', models.UUIDField(db_index=True)),
                ('hypothesis_id', models.UUIDField()),
                ('rating', models.SmallIntegerField()),
                ('why', models.CharField(blank=True, max_length=2000)),
                ('rated_by', models.UUIDField()),
                ('rated_by_name', models.CharField(max_length=300)),
                ('rated_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'rating of evidence',
                'constraints': [models.UniqueConstraint(fields=('owner_id', 'evidence_id', 'hypothesis_id', 'rated_by'), name='one_rating_a_reader')],
            },
        ),
        scoped('attribution_hypothesis'),
        scoped('attribution_evidencerating'),
    ]
