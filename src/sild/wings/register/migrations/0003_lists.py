"""Needs, offers and lines are found by their words, quickly at any number; requesters answer offers."""

import django.contrib.postgres.fields
import django.db.models.deletion
import sild.wings.register.rules.states
import uuid
from typing import Any

from django.db import migrations, models

from sild.kernel.finding import found_in
from sild.kernel.scope import scoped
from sild.kernel.words import words_of

SAID = {
    "Need": ("title", "beneficiary", "unit"),
    "Offer": ("title", "provider", "beneficiary", "unit"),
    "Line": ("item", "beneficiary", "provider", "sent_by", "relayed_by", "reference", "subject", "unit"),
}
PROVISIONAL = "case when provisional then 'provisional=yes' else 'provisional=no' end"


def word(apps: Any, schema_editor: Any) -> None:
    """Take the words of what is there already; says so where a row was not written."""
    for name, texts in SAID.items():
        model = apps.get_model("register", name)
        rows = model._default_manager.using(schema_editor.connection.alias)
        for record in rows.only("id", *texts).iterator(chunk_size=1000):
            if rows.filter(pk=record.pk).update(words=words_of(getattr(record, text) for text in texts)) != 1:
                raise RuntimeError(f"the words of {name} {record.pk} were not written")


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0002_access'),
    ]

    operations = [
        migrations.AddField(
            model_name='line',
            name='words',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='need',
            name='words',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='offer',
            name='answer',
            field=models.CharField(default=sild.wings.register.rules.states.Answer['OPEN'], max_length=20),
        ),
        migrations.AddField(
            model_name='offer',
            name='words',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, editable=False, size=None),
        ),
        migrations.CreateModel(
            name='OfferAnswer',
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
                ('answer', models.CharField(max_length=20)),
                ('answered_by', models.CharField(max_length=300)),
                ('reason', models.TextField()),
                ('answered_on', models.DateField()),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.offer')),
            ],
            options={
                'abstract': False,
            },
        ),
        scoped("register_offeranswer"),
        migrations.RunPython(word, migrations.RunPython.noop),
        found_in(
            "register_need",
            ["'state=' || state", "'category=' || category", "'beneficiary=' || beneficiary", "'urgency=' || urgency",
             "'channel=' || channel", PROVISIONAL],
        ),
        found_in(
            "register_offer",
            ["'answer=' || answer", "'category=' || category", "'provider=' || provider", "'beneficiary=' || beneficiary",
             "case when withdrawn then 'withdrawn=yes' else 'withdrawn=no' end", PROVISIONAL],
        ),
        found_in(
            "register_line",
            ["'state=' || state", "'category=' || category", "'beneficiary=' || beneficiary", "'provider=' || provider",
             "'kind=' || kind", "'urgency=' || urgency", "'language=' || language"],
        ),
    ]
