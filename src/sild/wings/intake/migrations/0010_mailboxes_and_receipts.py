"""Mailboxes that are fetched from, what was asked by the web form, acknowledgements to senders, and what they answer."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from sild.kernel.scope import scoped

OWN = "mechanism_id = (select sild_mechanism()) and owner_id = (select sild_organisation())"
PLACES = [
    "alter table intake_mailboxplace enable row level security",
    "alter table intake_mailboxplace force row level security",
    f"create policy scope_own on intake_mailboxplace using ({OWN}) with check ({OWN})",
    "grant select, insert, update, delete on intake_mailboxplace to sild_app",
]
"""How far a mailbox was fetched is its organisation's to know, as who has a message open."""


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0009_sealing'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mailbox',
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
                ('name', models.SlugField(max_length=40)),
                ('host', models.CharField(max_length=253)),
                ('port', models.PositiveIntegerField()),
                ('security', models.CharField(max_length=10)),
                ('user', models.CharField(max_length=254)),
                ('secret', models.CharField(max_length=200)),
                ('folder', models.CharField(default='INBOX', max_length=200)),
                ('every_minutes', models.PositiveSmallIntegerField(default=5)),
                ('closed', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Receipt',
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
                ('to', models.CharField(max_length=320)),
                ('language', models.CharField(max_length=8)),
                ('subject', models.CharField(max_length=300)),
                ('text', models.TextField()),
                ('in_reply_to', models.CharField(blank=True, max_length=260)),
                ('state', models.CharField(max_length=8)),
                ('why', models.CharField(blank=True, max_length=20)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('fault', models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='Reply',
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
                ('word', models.CharField(max_length=10)),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('reason', models.TextField(blank=True)),
                ('evidence', models.TextField()),
                ('sender', models.CharField(blank=True, max_length=320)),
                ('expected', models.BooleanField(default=False)),
                ('authentication', models.JSONField(default=list)),
                ('state', models.CharField(max_length=10)),
                ('decided_by', models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='Asked',
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
                ('message_id', models.UUIDField()),
                ('token_digest', models.CharField(max_length=64)),
                ('reference', models.CharField(max_length=7)),
                ('language', models.CharField(max_length=8)),
                ('added_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.asked')),
            ],
        ),
        migrations.CreateModel(
            name='MailboxPlace',
            fields=[
                ('mailbox', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='intake.mailbox')),
                ('mechanism_id', models.UUIDField()),
                ('owner_id', models.UUIDField()),
                ('uidvalidity', models.BigIntegerField(default=0)),
                ('last_uid', models.BigIntegerField(default=0)),
                ('fetched_at', models.DateTimeField(null=True)),
                ('taken', models.PositiveIntegerField(default=0)),
                ('fault', models.TextField(blank=True)),
                ('faults', models.PositiveIntegerField(default=0)),
                ('passed_over', models.JSONField(default=list)),
            ],
        ),
        migrations.AddConstraint(
            model_name='mailbox',
            constraint=models.UniqueConstraint(fields=('mechanism_id', 'owner_id', 'name'), name='mailbox_name_in_organisation'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='message',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.message'),
        ),
        migrations.AddField(
            model_name='reply',
            name='about',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.message'),
        ),
        migrations.AddField(
            model_name='reply',
            name='message',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.message'),
        ),
        migrations.AddIndex(
            model_name='asked',
            index=models.Index(fields=['mechanism_id', 'message_id'], name='asked_by_message'),
        ),
        migrations.AddConstraint(
            model_name='asked',
            constraint=models.UniqueConstraint(condition=models.Q(('token_digest', ''), _negated=True), fields=('mechanism_id', 'owner_id', 'token_digest'), name='asked_by_token'),
        ),
        migrations.AddIndex(
            model_name='receipt',
            index=models.Index(fields=['mechanism_id', 'state', 'due_at'], name='receipt_by_when_due'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('message',), name='receipt_of_message'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(fields=['mechanism_id', 'state'], name='reply_by_state'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.UniqueConstraint(fields=('message', 'about'), name='reply_about_message'),
        ),
        scoped("intake_mailbox", "intake_asked", "intake_receipt", "intake_reply"),
        migrations.RunSQL([*PLACES], migrations.RunSQL.noop),
    ]
