"""An act that is never undone keeps its images of others' records for their owners alone."""

from django.db import migrations

from sild.kernel.scope import WITHIN

TAKES_PART = "(owner_id = (select sild_organisation()) or (select sild_organisation()) = any(releasable_to) or releasable_to = '{}')"
POLICY = [
    "drop policy take_part on kernel_change",
    # whose act it is a trigger holds: the history of an act is written by who did it
    f"create policy take_part on kernel_change for insert with check ({WITHIN} and {TAKES_PART})",
]


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0014_erasure"),
    ]

    operations = [
        migrations.RunSQL([*POLICY], migrations.RunSQL.noop),
    ]
