"""The table of agreements, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import sild.wings.agreements.rules
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
            name='Agreement',
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
                ('need_id', models.UUIDField(db_index=True)),
                ('offer_id', models.UUIDField(db_index=True)),
                ('plan_id', models.UUIDField(null=True)),
                ('title', models.CharField(blank=True, max_length=400)),
                ('body', models.CharField(blank=True, max_length=300)),
                ('giver', models.CharField(blank=True, max_length=300)),
                ('giver_told', models.BooleanField(default=True)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('month', models.DateField(null=True)),
                ('proposed', models.DecimalField(decimal_places=3, max_digits=18)),
                ('accepted', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('committed', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('state', models.CharField(default=sild.wings.agreements.rules.AgreementState['PROPOSED'], max_length=12)),
                ('state_since', models.DateField()),
                ('conditions', models.JSONField(default=list)),
                ('steps', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'agreement',
            },
        ),
        scoped('agreements_agreement'),
    ]
