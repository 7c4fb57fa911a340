"""One statement asks every organisation what it keeps beside records, each under its own policies."""

from django.db import migrations

from sild.kernel.beside import BESIDE


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0016_entries_are_forgotten"),
    ]

    operations = [
        migrations.RunSQL([BESIDE], migrations.RunSQL.noop),
    ]
