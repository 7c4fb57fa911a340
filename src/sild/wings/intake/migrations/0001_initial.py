"""The tables of the intake wing, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from sild.kernel.migrations._first_scope import scoped


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0002_scope'),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('digest', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=500)),
                ('size', models.BigIntegerField()),
                ('format', models.CharField(blank=True, max_length=20)),
                ('channel', models.CharField(blank=True, max_length=20)),
                ('subject', models.TextField(blank=True)),
                ('sender', models.CharField(blank=True, max_length=500)),
                ('sent_at', models.DateTimeField(null=True)),
                ('envelope', models.JSONField(default=dict)),
                ('state', models.CharField(max_length=12)),
                ('why', models.TextField(blank=True)),
                ('remarks', models.JSONField(default=list)),
                ('again', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mechanism_id', 'owner_id', 'digest'), name='message_digest_in_organisation')],
            },
        ),
        migrations.CreateModel(
            name='Replay',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('key', models.CharField(max_length=64)),
                ('act', models.CharField(max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mechanism_id', 'owner_id', 'key'), name='replay_once_in_organisation')],
            },
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=500)),
                ('seen_on', models.DateField()),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.message')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('message', 'name'), name='sighting_of_message')],
            },
        ),
        scoped("intake_message", "intake_replay", "intake_sighting"),
    ]
