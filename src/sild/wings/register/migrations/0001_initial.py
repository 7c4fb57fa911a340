"""The tables of the register wing, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import django.db.models.deletion
import sild.wings.register.rules
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
            name='Need',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('title', models.CharField(max_length=400)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('beneficiary', models.CharField(blank=True, max_length=300)),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('needed_by', models.DateField(null=True)),
                ('channel', models.CharField(default=sild.wings.register.rules.Channel['CIVIL'], max_length=12)),
                ('urgency', models.CharField(blank=True, max_length=12)),
                ('state', models.CharField(default=sild.wings.register.rules.NeedState['CAPTURED'], max_length=20)),
                ('first_asked', models.DateTimeField(null=True)),
                ('provisional', models.BooleanField(default=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('title', models.CharField(max_length=400)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('provider', models.CharField(blank=True, max_length=300)),
                ('beneficiary', models.CharField(blank=True, max_length=300)),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('value_amount', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('value_currency', models.CharField(blank=True, max_length=3)),
                ('available_from', models.DateField(null=True)),
                ('available_until', models.DateField(null=True)),
                ('conditions', models.JSONField(default=list)),
                ('withdrawn', models.BooleanField(default=False)),
                ('first_offered', models.DateTimeField(null=True)),
                ('provisional', models.BooleanField(default=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GateRuling',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('gate', models.CharField(max_length=20)),
                ('passed', models.BooleanField()),
                ('ruled_by', models.CharField(max_length=300)),
                ('reason', models.TextField()),
                ('ruled_on', models.DateField()),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.need')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField(db_index=True, editable=False)),
                ('owner_id', models.UUIDField(editable=False)),
                ('marking', models.PositiveSmallIntegerField(default=2)),
                ('releasable_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('message_id', models.UUIDField(db_index=True)),
                ('message_name', models.CharField(max_length=500)),
                ('message_digest', models.CharField(max_length=64)),
                ('sent_at', models.DateTimeField(null=True)),
                ('position', models.PositiveIntegerField()),
                ('part', models.CharField(max_length=500)),
                ('locator', models.CharField(max_length=600)),
                ('state', models.CharField(default=sild.wings.register.rules.LineState['DRAFT'], max_length=12)),
                ('kind', models.CharField(max_length=12)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('item', models.CharField(blank=True, max_length=400)),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('beneficiary', models.CharField(blank=True, max_length=300)),
                ('beneficiary_known', models.BooleanField(default=True)),
                ('provider', models.CharField(blank=True, max_length=300)),
                ('sent_by', models.CharField(blank=True, max_length=300)),
                ('relayed_by', models.CharField(blank=True, max_length=300)),
                ('needed_by', models.DateField(null=True)),
                ('available_from', models.DateField(null=True)),
                ('available_until', models.DateField(null=True)),
                ('value_amount', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('value_currency', models.CharField(blank=True, max_length=3)),
                ('conditions', models.JSONField(default=list)),
                ('channel', models.CharField(default=sild.wings.register.rules.Channel['UNDETERMINED'], max_length=12)),
                ('urgency', models.CharField(blank=True, max_length=12)),
                ('tlp', models.CharField(blank=True, max_length=20)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('reference', models.CharField(blank=True, max_length=200)),
                ('threads', models.JSONField(default=list)),
                ('subject', models.CharField(blank=True, max_length=500)),
                ('additional', models.BooleanField(null=True)),
                ('changes', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('evidence', models.JSONField(default=list)),
                ('fields', models.JSONField(default=dict)),
                ('need', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.need')),
                ('offer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.offer')),
            ],
            options={
                'abstract': False,
            },
        ),
        scoped("register_need", "register_offer", "register_gateruling", "register_line"),
    ]
