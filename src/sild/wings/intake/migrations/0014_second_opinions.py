"""What the second reader says of a message: there for whoever sees the message, and for nobody else."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from sild.kernel.scope import WITHIN, scoped

AS_MESSAGE = [
    "drop policy if exists scope_read on intake_secondopinion",
    f"create policy scope_read on intake_secondopinion for select using ({WITHIN}"
    " and exists (select from intake_message message where message.id = intake_secondopinion.message_id))",
]
"""The message's own policies decide: the look-up runs with the reader's eyes."""


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0013_sheets'),
    ]

    operations = [
        migrations.CreateModel(
            name='SecondOpinion',
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
                ('model', models.CharField(max_length=200)),
                ('state', models.CharField(max_length=8)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('asked_at', models.DateTimeField()),
                ('opinions', models.JSONField(default=list)),
                ('refused', models.JSONField(default=list)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.message')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('message',), name='second_opinion_of_message')],
            },
        ),
        scoped("intake_secondopinion"),
        migrations.RunSQL([*AS_MESSAGE], migrations.RunSQL.noop),
    ]
