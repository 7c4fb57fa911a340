"""The few messages that wait are found by their drafts, however many messages were worked through."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0005_digest_in_the_open'),
        ('register', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(
            ["create index line_drafts_of_message on register_line (message_id) where state = 'draft'"],
            ["drop index line_drafts_of_message"],
        ),
    ]
