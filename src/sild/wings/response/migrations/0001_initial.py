"""The tables of response, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import sild.wings.response.rules.words
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0019_carried_withholdings'),
    ]

    operations = [
        migrations.CreateModel(
            name='EssentialWord',
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
                ('essential', models.CharField(max_length=12)),
                ('stand', models.CharField(max_length=12)),
                ('words', models.CharField(max_length=2000)),
                ('body', models.CharField(blank=True, max_length=300)),
                ('on', models.DateField(null=True)),
                ('need_id', models.UUIDField(null=True)),
                ('written_by_name', models.CharField(max_length=300)),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'word on one of the three things',
            },
        ),
        migrations.CreateModel(
            name='Response',
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
                ('title', models.CharField(max_length=300)),
                ('summary', models.TextField(blank=True)),
                ('case_id', models.UUIDField(db_index=True, null=True)),
                ('incident_id', models.UUIDField(db_index=True, null=True)),
                ('state', models.CharField(default=sild.wings.response.rules.words.ResponseState['OPEN'], max_length=12)),
                ('opened_at', models.DateTimeField()),
                ('opened_by_name', models.CharField(max_length=300)),
                ('ended_why', models.CharField(blank=True, max_length=2000)),
            ],
            options={
                'verbose_name': 'response',
            },
        ),
        migrations.CreateModel(
            name='PickedOption',
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
                ('option', models.CharField(max_length=60)),
                ('why', models.CharField(max_length=2000)),
                ('level', models.CharField(default=sild.wings.response.rules.words.DeliveryLevel['UNKNOWN'], max_length=16)),
                ('state', models.CharField(default=sild.wings.response.rules.words.OptionState['PROPOSED'], max_length=12)),
                ('preconditions', models.JSONField(default=dict)),
                ('steps', models.JSONField(default=list)),
                ('picked_by_name', models.CharField(max_length=300)),
                ('picked_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'picked option',
                'constraints': [models.UniqueConstraint(fields=('owner_id', 'response_id', 'option'), name='one_pick_of_an_option')],
            },
        ),
        scoped('response_essentialword'),
        scoped('response_response'),
        scoped('response_pickedoption'),
    ]
