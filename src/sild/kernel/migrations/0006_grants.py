"""What people release beyond the rule is kept by itself; who belongs to a mechanism is known to all who do."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped

# A ceiling below a mechanism's own row would hide the mechanism from its own observers. Rows that are there were marked AMBER by default;
# the guard lets nobody lower a marking, so it is set aside for this one statement.
KNOWN_TO_ALL = [
    statement
    for table in ("kernel_mechanism", "kernel_organisation")
    for statement in (
        f"alter table {table} disable trigger guard",
        f"update {table} set marking = 0",
        f"alter table {table} enable trigger guard",
    )
]


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0005_jobs'),
    ]

    operations = [
        migrations.CreateModel(
            name='Grant',
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
                ('subject_model', models.CharField(max_length=60)),
                ('subject_id', models.UUIDField(db_index=True)),
                ('organisation_id', models.UUIDField()),
                ('withholds', models.BooleanField(default=False)),
                ('granted_by', models.UUIDField()),
                ('granted_by_name', models.CharField(max_length=300)),
                ('why', models.TextField()),
                ('recalled', models.BooleanField(default=False)),
            ],
        ),
        scoped("kernel_grant"),
        migrations.RunSQL([*KNOWN_TO_ALL], migrations.RunSQL.noop),
    ]
