"""The tables of notices before something is said and of their receipts, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0003_influence'),
    ]

    operations = [
        migrations.CreateModel(
            name='NoticeReceipt',
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
                ('notice_id', models.UUIDField(db_index=True)),
                ('words', models.CharField(blank=True, max_length=2000)),
                ('office', models.CharField(max_length=300)),
                ('read_by', models.UUIDField()),
                ('read_by_name', models.CharField(max_length=300)),
                ('read_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'receipt of a notice',
            },
        ),
        migrations.CreateModel(
            name='SpeakingNotice',
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
                ('title', models.CharField(max_length=400)),
                ('at', models.DateTimeField()),
                ('says', models.CharField(max_length=4000)),
                ('earlier', models.CharField(blank=True, max_length=4000)),
                ('watch', models.CharField(blank=True, max_length=4000)),
                ('study_id', models.UUIDField(null=True)),
                ('to', models.JSONField(default=list)),
                ('written_by', models.UUIDField()),
                ('written_by_name', models.CharField(max_length=300)),
                ('written_at', models.DateTimeField()),
                ('recalled', models.BooleanField(default=False)),
                ('recalled_why', models.CharField(blank=True, max_length=2000)),
            ],
            options={
                'verbose_name': 'notice before speaking',
            },
        ),
        scoped('signals_speakingnotice', 'signals_noticereceipt'),
    ]
