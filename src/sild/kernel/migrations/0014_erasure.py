"""Words can be taken out of history and ledger; what was done, when and by whom stays, and so does every commitment."""

from django.db import migrations

from sild.kernel.erasure import STATEMENTS


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0013_leavers_and_sweeping"),
    ]

    operations = [
        migrations.RunSQL([*STATEMENTS], migrations.RunSQL.noop),
    ]
