"""What a plan does for each need, kept for those who are shown it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('planning', '0002_access'),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='shared_by',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.CreateModel(
            name='Outcome',
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
                ('asked', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('planned', models.DecimalField(decimal_places=3, max_digits=18)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('state', models.CharField(max_length=16)),
                ('first_month', models.DateField(null=True)),
                ('last_month', models.DateField(null=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='planning.plan')),
            ],
            options={
                'abstract': False,
            },
        ),
        scoped("planning_outcome"),
    ]
