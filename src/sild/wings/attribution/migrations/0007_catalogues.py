"""The tables of catalogues and of traits that were seen, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('attribution', '0006_round'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActorCatalogue',
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
                ('kind', models.CharField(default='intrusion-sets', max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('release', models.CharField(blank=True, max_length=80)),
                ('as_of', models.DateField(null=True)),
                ('digest', models.CharField(max_length=64)),
                ('counts', models.JSONField(default=dict)),
                ('content', models.JSONField(default=dict)),
                ('imported_at', models.DateTimeField()),
                ('imported_by_name', models.CharField(max_length=300)),
            ],
            options={
                'verbose_name': 'catalogue of actors',
            },
        ),
        migrations.CreateModel(
            name='SeenTrait',
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
                ('source_id', models.UUIDField(db_index=True)),
                ('trait', models.CharField(max_length=40)),
                ('called', models.CharField(max_length=300)),
                ('note', models.CharField(blank=True, max_length=2000)),
                ('entered_by_name', models.CharField(max_length=300)),
                ('entered_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'trait that was seen',
                'indexes': [models.Index(fields=['case_id', 'trait'], name='trait_of_case')],
            },
        ),
        scoped('attribution_actorcatalogue'),
        scoped('attribution_seentrait'),
    ]
