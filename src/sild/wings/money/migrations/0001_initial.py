"""The tables of flows, of what they keep back and of claims, closed to everybody but the readers of their rows."""

import django.contrib.postgres.fields
import sild.values.flow
import sild.wings.money.rules.moving
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0017_kept_beside'),
    ]

    operations = [
        migrations.CreateModel(
            name='Claim',
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
                ('source', models.CharField(max_length=300)),
                ('series', models.CharField(db_index=True, max_length=60)),
                ('topic', models.CharField(db_index=True, max_length=300)),
                ('label', models.CharField(blank=True, max_length=400)),
                ('said', models.CharField(blank=True, max_length=2000)),
                ('amount', models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                ('unit', models.CharField(blank=True, max_length=40)),
                ('at_least', models.BooleanField(default=False)),
                ('rounded_to', models.DecimalField(decimal_places=6, default=0, max_digits=24)),
                ('as_of', models.CharField(blank=True, max_length=40)),
                ('cited', models.JSONField(default=list)),
                ('note', models.CharField(blank=True, max_length=2000)),
                ('boundary', models.JSONField(default=dict)),
                ('told_in', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'claim of a source',
            },
        ),
        migrations.CreateModel(
            name='Withheld',
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
                ('flow_id', models.UUIDField(db_index=True)),
                ('giver', models.CharField(blank=True, max_length=300)),
                ('through', models.CharField(blank=True, max_length=300)),
                ('told', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'what a flow keeps back',
            },
        ),
        migrations.CreateModel(
            name='Flow',
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
                ('need_id', models.UUIDField(db_index=True, null=True)),
                ('offer_id', models.UUIDField(db_index=True, null=True)),
                ('agreement_id', models.UUIDField(db_index=True, null=True)),
                ('parent_id', models.UUIDField(db_index=True, null=True)),
                ('within', models.BooleanField(default=False)),
                ('state', models.CharField(default=sild.values.flow.FlowState['INDICATED'], max_length=12)),
                ('state_since', models.DateField()),
                ('ended', models.BooleanField(default=False)),
                ('amount', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('currency', models.CharField(max_length=3)),
                ('value', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('value_currency', models.CharField(blank=True, max_length=3)),
                ('rate', models.DecimalField(decimal_places=8, max_digits=18, null=True)),
                ('rate_on', models.DateField(null=True)),
                ('rate_source', models.CharField(blank=True, max_length=300)),
                ('in_kind', models.BooleanField(default=False)),
                ('method', models.CharField(blank=True, max_length=500)),
                ('giver', models.CharField(blank=True, db_index=True, max_length=300)),
                ('through', models.CharField(blank=True, max_length=300)),
                ('body', models.CharField(blank=True, max_length=300)),
                ('title', models.CharField(blank=True, max_length=600)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('sector', models.CharField(blank=True, max_length=200)),
                ('on', models.DateField(null=True)),
                ('begins', models.DateField(null=True)),
                ('ends', models.DateField(null=True)),
                ('as_of', models.DateField(null=True)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('address', models.CharField(blank=True, max_length=1000)),
                ('series', models.CharField(blank=True, db_index=True, max_length=60)),
                ('key', models.CharField(blank=True, max_length=200)),
                ('view', models.BooleanField(default=False)),
                ('reading_of', models.UUIDField(null=True)),
                ('shown_as', models.CharField(default=sild.wings.money.rules.moving.ShownAs['NAMED'], max_length=12)),
                ('tags', models.JSONField(default=dict)),
                ('raw', models.JSONField(default=dict)),
                ('told_in', models.JSONField(default=list)),
                ('steps', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'flow',
                'indexes': [models.Index(fields=['source', 'key'], name='money_flow_source_key')],
            },
        ),
        scoped('money_flow'),
        scoped('money_withheld'),
        scoped('money_claim'),
    ]
