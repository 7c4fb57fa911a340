"""The text of a message and the names under which it was seen are there for whoever sees the message, and for nobody else."""

from django.db import migrations

from sild.kernel.scope import WITHIN


def _as_message(table: str) -> list[str]:
    """The message's own policies decide: the look-up below runs with the reader's eyes."""
    return [
        f"drop policy if exists scope_read on {table}",
        f"create policy scope_read on {table} for select using ({WITHIN}"
        f" and exists (select from intake_message message where message.id = {table}.message_id))",
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0003_text_and_openings'),
    ]

    operations = [
        migrations.RunSQL([*_as_message("intake_messagetext"), *_as_message("intake_sighting")], migrations.RunSQL.noop),
    ]
