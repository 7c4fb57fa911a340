"""The text of a ledger entry is forgotten without the reason of its act: its hash of images would confirm a guessed name."""

from django.db import migrations

from sild.kernel.erasure import ENTRIES


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0015_images_of_final_acts"),
    ]

    operations = [
        migrations.RunSQL([*ENTRIES], migrations.RunSQL.noop),
    ]
