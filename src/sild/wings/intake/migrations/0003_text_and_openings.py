"""The text of messages as they were read, and who has one open."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped

OWN = "mechanism_id = (select sild_mechanism()) and owner_id = (select sild_organisation())"
OPENINGS = [
    "alter table intake_opening enable row level security",
    "alter table intake_opening force row level security",
    f"create policy scope_own on intake_opening using ({OWN}) with check ({OWN})",
    "grant select, insert, update, delete on intake_opening to sild_app",
]
"""An organisation sees who of its own people has a message open, and nothing of others."""


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_access'),
    ]

    operations = [
        migrations.CreateModel(
            name='MessageText',
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
                ('document', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mechanism_id', models.UUIDField()),
                ('owner_id', models.UUIDField()),
                ('message_id', models.UUIDField()),
                ('person_id', models.UUIDField()),
                ('person_name', models.CharField(max_length=300)),
                ('opened_at', models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(models.F('mechanism_id'), models.OrderBy(django.db.models.functions.comparison.Coalesce('sent_at', 'created_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='message_newest_first'),
        ),
        migrations.AddField(
            model_name='messagetext',
            name='message',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.message'),
        ),
        migrations.AddConstraint(
            model_name='opening',
            constraint=models.UniqueConstraint(fields=('mechanism_id', 'owner_id', 'message_id', 'person_id'), name='opening_of_person_in_organisation'),
        ),
        migrations.AddConstraint(
            model_name='messagetext',
            constraint=models.UniqueConstraint(fields=('mechanism_id', 'owner_id', 'message'), name='text_of_message_in_organisation'),
        ),
        scoped("intake_messagetext"),
        migrations.RunSQL([*OPENINGS], migrations.RunSQL.noop),
    ]
