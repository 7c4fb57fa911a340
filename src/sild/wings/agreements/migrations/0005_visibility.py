"""How contributions are shown to others; those whose giver was not named stay so."""

import sild.wings.agreements.rules
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0004_lines'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='named_from',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='agreement',
            name='visibility',
            field=models.CharField(default=sild.wings.agreements.rules.Visibility['NAMED'], max_length=12),
        ),
        migrations.RunSQL(
            "update agreements_agreement set visibility = 'amount-only' where not giver_told",
            migrations.RunSQL.noop,
        ),
    ]
