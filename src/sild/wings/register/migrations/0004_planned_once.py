"""Lists and searches are planned once in a session: words and values become lexemes, with the readers in the same index."""

from django.db import migrations

from sild.kernel.finding import found_anew_in

PROVISIONAL = "case when provisional then 'provisional=yes' else 'provisional=no' end"


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0003_lists'),
    ]

    operations = [
        found_anew_in(
            "register_need",
            ["'state=' || state", "'category=' || category", "'beneficiary=' || beneficiary", "'urgency=' || urgency",
             "'channel=' || channel", PROVISIONAL],
        ),
        found_anew_in(
            "register_offer",
            ["'answer=' || answer", "'category=' || category", "'provider=' || provider", "'beneficiary=' || beneficiary",
             "case when withdrawn then 'withdrawn=yes' else 'withdrawn=no' end", PROVISIONAL],
        ),
        found_anew_in(
            "register_line",
            ["'state=' || state", "'category=' || category", "'beneficiary=' || beneficiary", "'provider=' || provider",
             "'kind=' || kind", "'urgency=' || urgency", "'language=' || language"],
        ),
    ]
