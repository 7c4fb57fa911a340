"""The table of consignments, closed to everybody but the readers of its rows."""

import django.contrib.postgres.fields
import sild.wings.delivery.rules.consignments
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
            name='Consignment',
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
                ('agreement_id', models.UUIDField(db_index=True)),
                ('need_id', models.UUIDField(db_index=True)),
                ('offer_id', models.UUIDField()),
                ('title', models.CharField(blank=True, max_length=400)),
                ('body', models.CharField(blank=True, max_length=300)),
                ('giver', models.CharField(blank=True, max_length=300)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('kind', models.CharField(default=sild.wings.delivery.rules.consignments.ConsignmentKind['GOODS'], max_length=10)),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=18)),
                ('accepted', models.DecimalField(decimal_places=3, default=0, max_digits=18)),
                ('disputed', models.DecimalField(decimal_places=3, default=0, max_digits=18)),
                ('returned', models.DecimalField(decimal_places=3, default=0, max_digits=18)),
                ('lost', models.DecimalField(decimal_places=3, default=0, max_digits=18)),
                ('in_use', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('reported', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('stage', models.CharField(default=sild.wings.delivery.rules.consignments.State['PREPARED'], max_length=12)),
                ('state', models.CharField(default=sild.wings.delivery.rules.consignments.State['PREPARED'], max_length=12)),
                ('state_since', models.DateField()),
                ('due', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('renewal', models.CharField(default=sild.wings.delivery.rules.consignments.Renewal['UNKNOWN'], max_length=8)),
                ('renew_on', models.DateField(null=True)),
                ('legs', models.JSONField(default=list)),
                ('steps', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'consignment',
            },
        ),
        scoped('delivery_consignment'),
    ]
