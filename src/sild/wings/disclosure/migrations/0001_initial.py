"""The table of reports, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import sild.wings.disclosure.rules.states
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
            name='Report',
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
                ('kind', models.CharField(max_length=12)),
                ('audience_id', models.UUIDField(db_index=True)),
                ('audience_name', models.CharField(max_length=300)),
                ('language', models.CharField(max_length=8)),
                ('state', models.CharField(default=sild.wings.disclosure.rules.states.ReportState['DRAFT'], max_length=12)),
                ('number', models.PositiveIntegerField(null=True)),
                ('as_of', models.DateField()),
                ('since', models.DateField(null=True)),
                ('base_id', models.UUIDField(null=True)),
                ('summary', models.CharField(blank=True, max_length=700)),
                ('content', models.JSONField(default=dict)),
                ('digest', models.CharField(max_length=64)),
                ('made_by_name', models.CharField(max_length=300)),
                ('issued_on', models.DateField(null=True)),
                ('recalled_why', models.TextField(blank=True)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('offers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('agreements', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('consignments', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('cases', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('flows', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('terms', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
            ],
            options={
                'verbose_name': 'situation report',
            },
        ),
        scoped('disclosure_report'),
    ]
