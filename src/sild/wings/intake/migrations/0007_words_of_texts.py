"""Messages are found by every word of their text, not only by their head and their lines."""

from typing import Any

import django.contrib.postgres.fields
from django.db import migrations, models

from sild.kernel.finding import found_in
from sild.wings.intake.models import words_in


def word(apps: Any, schema_editor: Any) -> None:
    """Take the words of the texts that are there already; says so where a row was not written."""
    alias = schema_editor.connection.alias
    heads = apps.get_model("intake", "Message")._default_manager.using(alias)
    rows = apps.get_model("intake", "MessageText")._default_manager.using(alias)
    for text in rows.only("id", "message_id", "document").iterator(chunk_size=100):
        name, subject, sender = heads.values_list("name", "subject", "sender").get(id=text.message_id)
        if rows.filter(pk=text.pk).update(words=words_in(name, subject, sender, text.document)) != 1:
            raise RuntimeError(f"the words of the text {text.pk} were not written")


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0006_drafts_of_message'),
    ]

    operations = [
        migrations.AddField(
            model_name='messagetext',
            name='words',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, editable=False, size=None),
        ),
        migrations.RunPython(word, migrations.RunPython.noop),
        found_in("intake_messagetext", ["'message=' || message_id::text"]),
    ]
